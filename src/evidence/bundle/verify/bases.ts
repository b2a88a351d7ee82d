import type { Text } from '../format/text.js';
import type { SignatureReport } from './report.js';

const NAMED: Readonly<Record<'public' | 'sandbox' | 'person', Text>> = {
  sandbox: { it: 'autorità della sandbox, nominata solo dal fascicolo: solo dimostrativo', en: 'authority of the sandbox, named by the bundle only: demonstration only' },
  person: { it: 'fidata da una persona, nominata solo dal fascicolo', en: 'trusted by a person, named by the bundle only' },
  public: { it: 'il fascicolo la dice pubblica, ma questo programma non la conosce', en: 'the bundle calls it public, but this program does not know it' },
};

/** How far a signature's authority reaches. */
export function bases({ kind, basis, named }: Pick<SignatureReport, 'kind' | 'basis' | 'named'>): Text {
  if (basis === 'public') return { it: 'autorità pubblica', en: 'public authority' };
  if (basis === 'given') return { it: 'autorità indicata con --anchors', en: 'authority given with --anchors' };
  if (basis === 'named') return named === null ? { it: 'autorità nominata solo dal fascicolo', en: 'authority named by the bundle only' } : NAMED[named];
  return kind === 'invoice' ? { it: 'autorità non verificata', en: 'authority not checked' } : { it: 'nessuna autorità la garantisce', en: 'no authority vouches for it' };
}
