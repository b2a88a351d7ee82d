import { decodeXml } from '../../fatturapa/index.js';
import { childElements, parseXml, textOf, verifySdiXadesTree, type XmlElement } from '../../signature/xml/index.js';
import { dateOf, instantOf } from './rome.js';
import { NAMESPACES, ROOTS, WITHOUT_FILE_NAME } from './roots.js';
import type { SdiErrore, SdiMessage, SdiMessageCode, SdiMessageFamily, SdiTrust } from './types.js';

export type SdiMessageReading =
  | { readonly ok: true; readonly message: SdiMessage }
  /** `claims`: its root stands in a namespace of SdI's messages. */
  | { readonly ok: false; readonly claims: boolean; readonly reason: string };

/** 200 errors with the longest texts that the schema allows come to 600,000 characters, each of up to six octets where it is written as a reference. */
const MAX_MESSAGE_BYTES = 4_000_000;
/** Lists and texts longer than the schema allows are cut, not refused (sdi.md 4.5). */
const MAX_ERRORS = 200;
const MAX_TEXT = 4_000;

class Unreadable extends Error {}

const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';

/** Children by local name, whatever their namespace; signatures are not data. Undefined when absent or empty; ambiguous when there are several. */
function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  const found = parent ? childElements(parent).filter((element) => element.local === name && element.namespace !== XMLDSIG) : [];
  if (found.length > 1) throw new Unreadable(`${name} occurs ${found.length} times`);
  return found[0];
}

function text(parent: XmlElement | undefined, name: string): string | undefined {
  const element = child(parent, name);
  if (!element) return undefined;
  const value = textOf(element).trim();
  return value === '' ? undefined : value.slice(0, MAX_TEXT);
}

/** One out of a few values; anything else makes the message unreadable, because it decides. */
function oneOf<T extends string>(parent: XmlElement | undefined, name: string, values: readonly T[]): T {
  const value = text(parent, name);
  const known = values.find((one) => one === value);
  if (known === undefined) throw new Unreadable(`${name} is neither ${values.join(' nor ')}`);
  return known;
}

/** Drops what is undefined, so that a message holds only what it says. */
function said<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function integer(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

function riferimentoFattura(parent: XmlElement): SdiMessage['riferimentoFattura'] {
  const element = child(parent, 'RiferimentoFattura');
  if (!element) return undefined;
  const numeroFattura = text(element, 'NumeroFattura');
  const annoFattura = text(element, 'AnnoFattura');
  // Without them the message would seem to be about the whole file.
  if (numeroFattura === undefined || annoFattura === undefined) throw new Unreadable('RiferimentoFattura names no invoice');
  const posizioneFattura = integer(text(element, 'PosizioneFattura'));
  return { numeroFattura, annoFattura, ...(posizioneFattura !== undefined && { posizioneFattura }) };
}

function listaErrori(root: XmlElement): SdiErrore[] {
  const list = child(root, 'ListaErrori');
  const entries = list ? childElements(list).filter((element) => element.local === 'Errore') : [];
  return entries.slice(0, MAX_ERRORS).map((entry) => {
    const suggerimento = text(entry, 'Suggerimento');
    return { codice: text(entry, 'Codice') ?? '', descrizione: text(entry, 'Descrizione') ?? '', ...(suggerimento !== undefined && { suggerimento }) };
  });
}

function pair(root: XmlElement, name: string, first: string, second: string): [string | undefined, string | undefined] | undefined {
  const element = child(root, name);
  const values: [string | undefined, string | undefined] = [text(element, first), text(element, second)];
  return values.every((value) => value === undefined) ? undefined : values;
}

/** By its namespace; undefined for what is not in one of SdI's. */
const familyOf = ({ namespace }: XmlElement): SdiMessageFamily | undefined => (Object.hasOwn(NAMESPACES, namespace) ? NAMESPACES[namespace] : undefined);

/** The family by namespace, where the root is of that family; else by the root's name, which only RicevutaConsegna shares (sdi.md 4.1, 4.4). */
function kindOf(root: XmlElement): { code: SdiMessageCode; family: SdiMessageFamily } {
  const stated = familyOf(root);
  if (!stated) throw new Unreadable(`the root ${root.local} is not in a namespace of SdI's messages`);
  for (const family of stated === 'pa' ? (['pa', 'private'] as const) : (['private', 'pa'] as const)) {
    const code = Object.hasOwn(ROOTS[family], root.local) ? ROOTS[family][root.local] : undefined;
    if (code) return { code, family };
  }
  throw new Unreadable(`the root ${root.local} is none of SdI's messages`);
}

function identificativo(root: XmlElement): string {
  const value = text(root, 'IdentificativoSdI');
  if (value === undefined || !/^[\x21-\x7e]{1,36}$/.test(value)) throw new Unreadable('IdentificativoSdI is missing or unreadable');
  return value;
}

function messageFrom(root: XmlElement): Omit<SdiMessage, 'signature'> {
  const { code, family } = kindOf(root);
  const nomeFile = text(root, 'NomeFile');
  if (nomeFile === undefined && !WITHOUT_FILE_NAME.includes(code)) throw new Unreadable('NomeFile is missing');
  // NE holds the office's EC whole; what the office said stands in there (sdi.md 4.3).
  const outcome = code === 'NE' ? child(root, 'EsitoCommittente') : code === 'EC' ? root : undefined;
  if (code === 'NE' && !outcome) throw new Unreadable('EsitoCommittente is missing');
  const id = identificativo(root);
  const copied = code === 'NE' ? text(outcome, 'IdentificativoSdI') : undefined;
  if (copied !== undefined && copied !== id) throw new Unreadable('EsitoCommittente is about another IdentificativoSdI');
  const destinatario = pair(root, 'Destinatario', 'Codice', 'Descrizione');
  const archivio = pair(root, 'RiferimentoArchivio', 'IdentificativoSdI', 'NomeFile');
  const time = (name: string): string | undefined => instantOf(text(root, name) ?? '');
  return {
    code,
    family,
    root: root.local,
    namespace: root.namespace,
    identificativoSdi: id,
    nomeFile: nomeFile ?? '',
    ...said({
      hash: text(root, 'Hash')?.toLowerCase(),
      dataOraRicezione: time('DataOraRicezione'),
      dataOraConsegna: time('DataOraConsegna'),
      dataMessaADisposizione: dateOf(text(root, 'DataMessaADisposizione') ?? ''),
      destinatario: destinatario && said({ codice: destinatario[0], descrizione: destinatario[1] }),
      riferimentoArchivio: archivio && said({ identificativoSdi: archivio[0], nomeFile: archivio[1] }),
      listaErrori: code === 'NS' ? listaErrori(root) : undefined,
      esito: outcome && oneOf(outcome, 'Esito', ['EC01', 'EC02']),
      scarto: code === 'SE' ? oneOf(root, 'Scarto', ['EN00', 'EN01']) : undefined,
      riferimentoFattura: riferimentoFattura(outcome ?? root),
      codiceDestinatario: text(root, 'CodiceDestinatario'),
      formato: text(root, 'Formato'),
      tentativiInvio: integer(text(root, 'TentativiInvio')),
      hashFileOriginale: text(root, 'HashFileOriginale')?.toLowerCase(),
      descrizione: text(root, 'Descrizione') ?? text(outcome, 'Descrizione'),
      messageId: text(root, 'MessageId'),
      messageIdCommittente: text(outcome ?? root, 'MessageIdCommittente'),
      pecMessageId: text(root, 'PecMessageId')?.replace(/^<|>$/g, ''),
      note: text(root, 'Note'),
    }),
  };
}

/** Text that cannot be parsed and yet names a namespace of SdI's messages where the root's stand. */
function claimsToBe(text: string): boolean {
  const beginning = text.slice(0, 4_000);
  return Object.keys(NAMESPACES).some((namespace) => beginning.includes(namespace));
}

/**
 * Reads a message of SdI, of either family, by its root element and namespace and never by subject or file name (sdi.md 3.4). Tolerant where reality is (sdi.md 4.5):
 * missing and empty elements are left out. Refused are a DOCTYPE, an unknown root, a missing IdentificativoSdI, and whatever would leave open what is decided. Never throws.
 *
 * The fields are read from the very tree that the signature was checked over; a message whose signature is `invalid` is still read: what to do with it is the caller's affair.
 *
 * @param trust whose signatures of SdI's count
 */
export function readSdiMessage(bytes: Buffer, trust: SdiTrust): SdiMessageReading {
  if (bytes.length > MAX_MESSAGE_BYTES) return { ok: false, claims: false, reason: 'larger than any message of SdI' };
  const decoded = decodeXml(bytes);
  if (!decoded.ok) return { ok: false, claims: false, reason: decoded.reason === 'malformed' ? 'not text in its encoding' : 'in an unknown encoding' };
  const parsed = parseXml(decoded.text);
  if (!parsed.ok) return { ok: false, claims: claimsToBe(decoded.text), reason: parsed.reason };
  try {
    return { ok: true, message: { ...messageFrom(parsed.document.root), signature: verifySdiXadesTree(parsed.document, trust) } };
  } catch (failure) {
    if (failure instanceof Unreadable) return { ok: false, claims: familyOf(parsed.document.root) !== undefined, reason: failure.message };
    throw failure;
  }
}
