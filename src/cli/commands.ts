import type { Command, Text } from './command.js';

export interface CommandEntry {
  readonly summary: Text;
  /** Loaded only when called, so that `inspect` does not wait for what `start` needs. */
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command by its name, in the order in which help lists them. A new one is one line here and one file. */
export const COMMANDS: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  ['start', { summary: { it: 'avvia il servizio: API, cruscotto e lavori', en: 'starts the service: API, dashboard and workers' }, load: () => import('./start.js') }],
  ['validate', { summary: { it: 'dice se SdI accetterebbe una fattura e come correggerla', en: 'says whether SdI would take an invoice, and how to mend it' }, load: () => import('./validate/command.js') }],
  ['render', { summary: { it: 'la fattura come pagina leggibile e stampabile', en: 'the invoice as a page to read and to print' }, load: () => import('./render/command.js') }],
  ['inspect', { summary: { it: 'dice che cosa è un messaggio PEC e se ci si può fidare', en: 'says what a PEC message is and whether it may be trusted' }, load: () => import('./inspect.js') }],
  ['verify', { summary: { it: 'verifica un fascicolo delle prove, senza rete, e dice che cosa prova ciascun pezzo', en: 'verifies an evidence bundle offline and says what each piece proves' }, load: () => import('./verify/command.js') }],
  ['replay', { summary: { it: 'ricalcola ogni stato dalle prove conservate e dice che cosa non corrisponde', en: 'computes every state again from the stored evidence and says what differs' }, load: () => import('./replay/command.js') }],
]);
