import type { PecMessage } from '../../../pec/types.js';
import type { SdiMessage } from '../../../sdi/index.js';
import { canonicalJson } from '../../chain/index.js';
import type { EntryRecord } from '../format/records.js';

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

/** Facts that a notification's entry has beside its message's own: by which mark its invoice was found, which must be believed, and the documents that it is about, which are compared as such. */
const BESIDE = ['matchedBy', 'documents'];

/** Names of the facts that an entry states otherwise than its message, and of those that its message has no word for. */
export function misstatedFacts({ facts, source }: Pick<EntryRecord, 'facts' | 'source'>, proven: ReadonlyMap<string, unknown>): string[] {
  const text = (value: unknown): string => (value === undefined || value === '' ? '' : canonicalJson(value));
  const beside = source === 'sdi' ? BESIDE : [];
  return [
    ...[...proven].filter(([name, value]) => text(facts[name]) !== text(value)).map(([name]) => name),
    ...Object.keys(facts).filter((name) => !proven.has(name) && !beside.includes(name)),
    ...(facts['documents'] !== undefined && !Array.isArray(facts['documents']) ? ['documents'] : []),
  ];
}
