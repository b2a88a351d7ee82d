import type { PecMessage } from '../../../pec/types.js';
import type { SdiMessage } from '../../../sdi/index.js';
import { canonicalJson } from '../../chain/index.js';

/** The facts of an event that its message itself states: what the timeline shows of them must be the same, and nothing where the message says nothing. */
export function provenFacts(pec: PecMessage, sdi: SdiMessage | undefined): ReadonlyMap<string, unknown> {
  const { daticert, headers } = pec;
  if (!sdi) {
    return new Map<string, unknown>([
      ['identificativo', daticert?.identificativo],
      ['errore', daticert?.errore],
      ['consegna', daticert?.consegna],
      ['erroreEsteso', daticert?.erroreEsteso],
      ['gestoreEmittente', daticert?.gestoreEmittente],
      ['signer', headers.from],
    ]);
  }
  return new Map<string, unknown>([
    ['family', sdi.family],
    ['nomeFile', sdi.nomeFile],
    ['messageId', sdi.messageId],
    ['pecMessageId', sdi.pecMessageId],
    ['dataOraRicezione', sdi.dataOraRicezione],
    ['dataOraConsegna', sdi.dataOraConsegna],
    ['dataMessaADisposizione', sdi.dataMessaADisposizione],
    ['destinatario', sdi.destinatario],
    ['errori', sdi.listaErrori],
    ['riferimentoFattura', sdi.riferimentoFattura],
    ['descrizione', sdi.descrizione],
    ['hashFileOriginale', sdi.hashFileOriginale],
    ['note', sdi.note],
    ['told', daticert?.instant.toISOString()],
    ['signer', headers.from],
    ['codes', sdi.code === 'NS' ? sdi.listaErrori?.map(({ codice }) => codice) : undefined],
    ['esito', sdi.code === 'NE' ? sdi.esito : undefined],
  ]);
}

/** Names of the facts that an entry states otherwise than its message. */
export function misstatedFacts(facts: Readonly<Record<string, unknown>>, proven: ReadonlyMap<string, unknown>): string[] {
  const text = (value: unknown): string => (value === undefined || value === '' ? '' : canonicalJson(value));
  return [...proven].filter(([name, value]) => text(facts[name]) !== text(value)).map(([name]) => name);
}
