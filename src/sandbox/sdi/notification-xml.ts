import type { FormatoTrasmissione } from '../../fatturapa/index.js';
import type { SdiMessageCode, SdiMessageFamily } from '../../sdi/messages/types.js';
import { romeTime } from '../clock/rome-time.js';
import { xmlText } from '../provider/daticert.js';
import { errorText } from './errors.js';

/** What SdI has to say of a file; which of it stands in a message, and in what order, the message's row below decides. */
export interface NotificationFacts {
  readonly code: Exclude<SdiMessageCode, 'EC' | 'SE'>;
  readonly family: SdiMessageFamily;
  readonly identificativoSdi: string;
  readonly nomeFile: string;
  /** Hex SHA-256 of the file as it came. */
  readonly hash: string;
  readonly receivedAt: Date;
  /** The instant of the message itself. */
  readonly at: Date;
  readonly messageId: string;
  readonly pecMessageId: string;
  readonly destinatario: { readonly codice: string; readonly descrizione: string };
  readonly formato?: FormatoTrasmissione;
  readonly archivio?: { readonly identificativoSdi: string; readonly nomeFile: string };
  readonly errors?: readonly string[];
  readonly esito?: 'EC01' | 'EC02';
  readonly riferimento?: { readonly numero: string; readonly anno: string; readonly posizione?: number };
}

interface Shape {
  readonly root: string;
  readonly children: readonly (keyof typeof ELEMENTS)[];
}

const NAMESPACES: Readonly<Record<SdiMessageFamily, { readonly prefix: string; readonly uri: string }>> = {
  private: { prefix: 'ns3', uri: 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0' },
  pa: { prefix: 'types', uri: 'http://www.fatturapa.gov.it/sdi/messaggi/v1.0' },
};

/** Roots and the order of their children (sdi.md 4.3 and 4.4, `sdi-messages-schema.csv`). The private family has no NE, DT and AT. */
const SHAPES: Readonly<Record<SdiMessageFamily, Readonly<Partial<Record<NotificationFacts['code'], Shape>>>>> = {
  pa: {
    RC: {
      root: 'RicevutaConsegna',
      children: ['id', 'nomeFile', 'ricezione', 'consegna', 'destinatario', 'archivio', 'messageId', 'pecMessageId', 'note'],
    },
    NS: { root: 'NotificaScarto', children: ['id', 'nomeFile', 'ricezione', 'archivio', 'errori', 'messageId', 'pecMessageId', 'note'] },
    MC: {
      root: 'NotificaMancataConsegna',
      children: ['id', 'nomeFile', 'ricezione', 'archivio', 'descrizione', 'messageId', 'pecMessageId', 'note'],
    },
    NE: { root: 'NotificaEsito', children: ['id', 'nomeFile', 'esito', 'messageId', 'pecMessageId', 'note'] },
    DT: {
      root: 'NotificaDecorrenzaTermini',
      children: ['id', 'riferimento', 'nomeFile', 'descrizione', 'messageId', 'pecMessageId', 'note'],
    },
    AT: {
      root: 'AttestazioneTrasmissioneFattura',
      children: ['id', 'nomeFile', 'ricezione', 'archivio', 'destinatario', 'messageId', 'pecMessageId', 'note', 'hashOriginale'],
    },
    MT: { root: 'MetadatiInvioFile', children: ['id', 'nomeFile', 'codiceDestinatario', 'formato', 'tentativi', 'messageId', 'note'] },
  },
  private: {
    RC: {
      root: 'RicevutaConsegna',
      children: ['id', 'nomeFile', 'hash', 'ricezione', 'consegna', 'destinatario', 'archivio', 'messageId', 'pecMessageId', 'note'],
    },
    NS: {
      root: 'RicevutaScarto',
      children: ['id', 'nomeFile', 'hash', 'ricezione', 'archivio', 'errori', 'messageId', 'pecMessageId', 'note'],
    },
    MC: {
      root: 'RicevutaImpossibilitaRecapito',
      children: [
        'id',
        'nomeFile',
        'hash',
        'ricezione',
        'messaADisposizione',
        'archivio',
        'descrizione',
        'messageId',
        'pecMessageId',
        'note',
      ],
    },
    MT: { root: 'FileMetadati', children: ['id', 'nomeFile', 'hash', 'codiceDestinatario', 'formato', 'tentativi', 'messageId', 'note'] },
  },
};

const element = (name: string, text: string): string[] => [`<${name}>${xmlText(text)}</${name}>`];
const indent = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);
const group = (name: string, lines: readonly string[]): string[] => [`<${name}>`, ...indent(lines), `</${name}>`];

const ELEMENTS = {
  id: (facts: NotificationFacts) => element('IdentificativoSdI', facts.identificativoSdi),
  nomeFile: (facts: NotificationFacts) => element('NomeFile', facts.nomeFile),
  hash: (facts: NotificationFacts) => element('Hash', facts.hash),
  hashOriginale: (facts: NotificationFacts) => element('HashFileOriginale', facts.hash),
  ricezione: (facts: NotificationFacts) => element('DataOraRicezione', romeTime(facts.receivedAt).dateTime),
  consegna: (facts: NotificationFacts) => element('DataOraConsegna', romeTime(facts.at).dateTime),
  messaADisposizione: (facts: NotificationFacts) => element('DataMessaADisposizione', romeTime(facts.at).date),
  destinatario: ({ destinatario }: NotificationFacts) =>
    group('Destinatario', [...element('Codice', destinatario.codice), ...element('Descrizione', destinatario.descrizione)]),
  archivio: ({ archivio }: NotificationFacts) =>
    archivio
      ? group('RiferimentoArchivio', [
          ...element('IdentificativoSdI', archivio.identificativoSdi),
          ...element('NomeFile', archivio.nomeFile),
        ])
      : [],
  errori: ({ errors = [], family }: NotificationFacts) =>
    group(
      'ListaErrori',
      errors.flatMap((codice) => {
        const { descrizione, suggerimento } = errorText(codice);
        return group('Errore', [
          ...element('Codice', codice),
          ...element('Descrizione', descrizione),
          ...(family === 'private' ? element('Suggerimento', suggerimento) : []),
        ]);
      }),
    ),
  descrizione: (facts: NotificationFacts) => element('Descrizione', description(facts)),
  riferimento: ({ riferimento }: NotificationFacts) => (riferimento ? reference(riferimento) : []),
  esito: (facts: NotificationFacts) => [
    '<EsitoCommittente versione="1.0">',
    ...indent([
      ...element('IdentificativoSdI', facts.identificativoSdi),
      ...(facts.riferimento ? reference(facts.riferimento) : []),
      ...element('Esito', facts.esito ?? 'EC01'),
      ...element('Descrizione', facts.esito === 'EC02' ? "Rifiuto: dati dell'ordine mancanti o errati" : 'Fattura accettata'),
      ...element('MessageIdCommittente', facts.messageId),
    ]),
    '</EsitoCommittente>',
  ],
  codiceDestinatario: (facts: NotificationFacts) => element('CodiceDestinatario', facts.destinatario.codice),
  formato: (facts: NotificationFacts) => element('Formato', facts.formato ?? 'FPR12'),
  tentativi: () => element('TentativiInvio', '1'),
  messageId: (facts: NotificationFacts) => element('MessageId', facts.messageId),
  pecMessageId: (facts: NotificationFacts) => element('PecMessageId', facts.pecMessageId),
  note: () => ['<Note/>'],
} as const;

function reference({ numero, anno, posizione }: { numero: string; anno: string; posizione?: number }): string[] {
  return group('RiferimentoFattura', [
    ...element('NumeroFattura', numero),
    ...element('AnnoFattura', anno),
    ...(posizione === undefined ? [] : element('PosizioneFattura', String(posizione))),
  ]);
}

function description({ code, family, destinatario }: NotificationFacts): string {
  if (code === 'DT') return 'Sono trascorsi 15 giorni senza notifica di esito da parte del committente';
  return family === 'pa'
    ? `Recapito all'ufficio ${destinatario.codice} non riuscito; seguirà un nuovo tentativo`
    : `Recapito non riuscito (Codice Destinatario: ${destinatario.codice}): la fattura è nell'area riservata del destinatario dalla Data Messa a Disposizione`;
}

/** True when the family has such a message: NE, DT and AT are the PA's alone. */
export const exists = (code: NotificationFacts['code'], family: SdiMessageFamily): boolean => SHAPES[family][code] !== undefined;

/**
 * The message as XML, without its signature, as SdI lays it out: no line break after the declaration, children indented by four blanks.
 * @throws when the family has no such message
 */
export function notificationXml(facts: NotificationFacts): string {
  const shape = SHAPES[facts.family][facts.code];
  if (!shape) throw new RangeError(`the ${facts.family} family has no ${facts.code}`);
  const { prefix, uri } = NAMESPACES[facts.family];
  const name = `${prefix}:${shape.root}`;
  const lines = shape.children.flatMap((child) => ELEMENTS[child](facts));
  return `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns:${prefix}="${uri}" xmlns:ns2="http://www.w3.org/2000/09/xmldsig#" versione="1.0">\n${indent(lines).join('\n')}\n</${name}>`;
}
