import { SaxesParser } from 'saxes';
import { decodeXml } from '../../signature/xml/decode.js';
import { LIMITS } from '../limits.js';
import type { Daticert } from '../types.js';
import { bareMessageId } from '../message-id.js';
import { instantOf } from './instant.js';

export type DaticertFault = 'daticert-too-large' | 'daticert-doctype' | 'daticert-malformed' | 'daticert-encoding' | 'daticert-ambiguous' | 'daticert-incomplete';
export type DaticertReading = { readonly ok: true; readonly daticert: Daticert } | { readonly ok: false; readonly fault: DaticertFault };

const MAX_DEPTH = 32;

/** Leaves that are read, by their path; anything else is tolerated and passed over (pec.md 3.1). */
const LEAVES = {
  'postacert/intestazione/mittente': 'mittente',
  'postacert/intestazione/destinatari': 'destinatari',
  'postacert/intestazione/risposte': 'risposte',
  'postacert/intestazione/oggetto': 'oggetto',
  'postacert/dati/gestore-emittente': 'gestoreEmittente',
  'postacert/dati/data/giorno': 'giorno',
  'postacert/dati/data/ora': 'ora',
  'postacert/dati/identificativo': 'identificativo',
  'postacert/dati/msgid': 'msgid',
  'postacert/dati/consegna': 'consegna',
  'postacert/dati/ricezione': 'ricezione',
  'postacert/dati/errore-esteso': 'erroreEsteso',
} as const;
type Leaf = (typeof LEAVES)[keyof typeof LEAVES];
const MANY: ReadonlySet<Leaf> = new Set<Leaf>(['destinatari', 'ricezione']);

/** Elements whose attributes are read; each may occur once, like the root. */
const ATTRIBUTED = { postacert: 'root', 'postacert/dati/data': 'data', 'postacert/dati/ricevuta': 'ricevuta' } as const;
type Attributed = (typeof ATTRIBUTED)[keyof typeof ATTRIBUTED];

interface Collected {
  readonly leaves: Map<Leaf, { readonly text: string; readonly attributes: Record<string, string> }[]>;
  readonly attributed: Map<Attributed, Record<string, string>[]>;
}

class Refused extends Error {
  constructor(readonly fault: DaticertFault) {
    super(fault);
  }
}

/** XML 1.0, 2.2: what must not stand in a document at all. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const isIllegal = (code: number): boolean => !(code <= 0x10ffff) || !(code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000);

/** Without characters, and references to characters, that XML does not allow: senders' subjects bring them in (pec.md 3.4). */
function withoutIllegal(xml: string): string {
  return xml
    .replace(ILLEGAL, '')
    .replace(/&#(?:x([0-9a-f]{1,8})|(\d{1,10}));/gi, (whole, hex: string | undefined, decimal: string | undefined) => (isIllegal(hex ? parseInt(hex, 16) : Number(decimal)) ? '' : whole));
}

/**
 * Reads a `daticert.xml` (pec.md 3): tolerant of stray text, unknown elements and any order; refuses a DOCTYPE, sizes beyond reason and a value given twice,
 * because two readers could then disagree. When the strict parse fails it is tried once more without illegal characters. Never throws.
 */
export function readDaticert(octets: Buffer): DaticertReading {
  if (octets.length > LIMITS.daticertBytes) return { ok: false, fault: 'daticert-too-large' };
  const xml = textIn(octets).trim();
  let fault: DaticertFault = 'daticert-malformed';
  for (const text of [xml, withoutIllegal(xml)]) {
    try {
      return { ok: true, daticert: interpret(collect(text)) };
    } catch (error) {
      fault = error instanceof Refused ? error.fault : 'daticert-malformed';
      if (fault !== 'daticert-malformed') break;
    }
  }
  return { ok: false, fault };
}

/** In the encoding that its mark or declaration names; octets that are not in it become replacement characters of UTF-8, which only a subject may hold. */
const textIn = (octets: Buffer): string => decodeXml(octets)?.text ?? new TextDecoder('utf-8').decode(octets);

function collect(xml: string): Collected {
  const collected: Collected = { leaves: new Map(), attributed: new Map() };
  const parser = new SaxesParser({ position: false });
  const path: string[] = [];
  let text: string[] | undefined;
  let textDepth = 0;
  let attributes: Record<string, string> = {};
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Refused('daticert-doctype');
  });
  parser.on('opentag', (tag) => {
    path.push(tag.name);
    if (path.length > MAX_DEPTH) throw new Refused('daticert-malformed');
    const where = path.join('/');
    const attributed = (ATTRIBUTED as Readonly<Record<string, Attributed | undefined>>)[where];
    if (attributed) push(collected.attributed, attributed, plainAttributes(tag.attributes));
    if (where in LEAVES) {
      text = [];
      textDepth = path.length;
      attributes = plainAttributes(tag.attributes);
    }
  });
  const onText = (piece: string): void => {
    if (text && path.length === textDepth) text.push(piece);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    if (text && path.length === textDepth) {
      push(collected.leaves, (LEAVES as Readonly<Record<string, Leaf>>)[path.join('/')] as Leaf, { text: text.join('').trim(), attributes });
      text = undefined;
    }
    path.pop();
  });
  parser.write(xml).close();
  return collected;
}

/** The parser's type allows for namespaces, which are off. */
const plainAttributes = (attributes: Readonly<Record<string, string | { readonly value: string }>>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' ? value : value.value]));

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const RICEVUTA = ['completa', 'breve', 'sintetica'] as const;

function interpret({ leaves, attributed }: Collected): Daticert {
  if ([...leaves].some(([leaf, values]) => values.length > 1 && !MANY.has(leaf)) || [...attributed.values()].some((values) => values.length > 1)) throw new Refused('daticert-ambiguous');
  // A replacement character outside of the subject means that an address or an id is not what was written.
  if ([...leaves].some(([leaf, values]) => leaf !== 'oggetto' && values.some(({ text }) => text.includes('\ufffd')))) throw new Refused('daticert-encoding');
  const text = (leaf: Leaf): string | undefined => leaves.get(leaf)?.[0]?.text;
  const required = (value: string | undefined): string => {
    if (value === undefined || value === '') throw new Refused('daticert-incomplete');
    return value;
  };
  const attribute = (element: Attributed, name: string): string | undefined => attributed.get(element)?.[0]?.[name]?.trim();
  const zona = required(attribute('data', 'zona'));
  const instant = instantOf(required(text('giorno')), required(text('ora')), zona);
  const recipients = (leaves.get('destinatari') ?? []).map((recipient) => ({ address: required(recipient.text), tipo: recipient.attributes['tipo']?.trim() === 'esterno' ? ('esterno' as const) : ('certificato' as const) }));
  if (!instant || recipients.length === 0) throw new Refused('daticert-incomplete');
  const ricevuta = RICEVUTA.find((kind) => kind === attribute('ricevuta', 'tipo')?.toLowerCase());
  const optional = { risposte: text('risposte'), oggetto: text('oggetto'), consegna: text('consegna'), erroreEsteso: text('erroreEsteso'), ricevuta };
  const msgid = text('msgid');
  return {
    tipo: required(attribute('root', 'tipo')),
    errore: attribute('root', 'errore') || 'nessuno',
    mittente: required(text('mittente')),
    destinatari: recipients,
    gestoreEmittente: text('gestoreEmittente') ?? '',
    instant,
    zona,
    identificativo: bareMessageId(required(text('identificativo'))),
    ...(msgid ? { msgid: bareMessageId(msgid) } : {}),
    ricezione: (leaves.get('ricezione') ?? []).map((recipient) => recipient.text),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
