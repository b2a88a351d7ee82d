import type { FormatoTrasmissione } from '../../fatturapa/index.js';
import type { SdiMessageCode, SdiMessageFamily } from '../../sdi/messages/types.js';
import { romeTime } from '../clock/rome-time.js';
import { buildXml, type XmlContent, type XmlElements } from '../xml/build.js';
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
  /** 1 unless the file is delivered again. */
  readonly tentativiInvio?: number;
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

type Element = (facts: NotificationFacts) => readonly [name: string, content: XmlContent];

const ELEMENTS = {
  id: (facts) => ['IdentificativoSdI', facts.identificativoSdi],
  nomeFile: (facts) => ['NomeFile', facts.nomeFile],
  hash: (facts) => ['Hash', facts.hash],
  hashOriginale: (facts) => ['HashFileOriginale', facts.hash],
  ricezione: (facts) => ['DataOraRicezione', romeTime(facts.receivedAt).dateTime],
  consegna: (facts) => ['DataOraConsegna', romeTime(facts.at).dateTime],
  messaADisposizione: (facts) => ['DataMessaADisposizione', romeTime(facts.at).date],
  destinatario: ({ destinatario }) => ['Destinatario', { Codice: destinatario.codice, Descrizione: destinatario.descrizione }],
  archivio: ({ archivio }) => [
    'RiferimentoArchivio',
    archivio && { IdentificativoSdI: archivio.identificativoSdi, NomeFile: archivio.nomeFile },
  ],
  errori: ({ errors = [], family }) => [
    'ListaErrori',
    {
      Errore: errors.map((codice) => {
        const { descrizione, suggerimento } = errorText(codice);
        return { Codice: codice, Descrizione: descrizione, Suggerimento: family === 'private' ? suggerimento : undefined };
      }),
    },
  ],
  descrizione: (facts) => ['Descrizione', description(facts)],
  riferimento: ({ riferimento }) => ['RiferimentoFattura', reference(riferimento)],
  esito: (facts) => [
    'EsitoCommittente',
    {
      '@versione': '1.0',
      IdentificativoSdI: facts.identificativoSdi,
      RiferimentoFattura: reference(facts.riferimento),
      Esito: facts.esito ?? 'EC01',
      Descrizione: facts.esito === 'EC02' ? "Rifiuto: dati dell'ordine mancanti o errati" : 'Fattura accettata',
      MessageIdCommittente: facts.messageId,
    },
  ],
  codiceDestinatario: (facts) => ['CodiceDestinatario', facts.destinatario.codice],
  formato: (facts) => ['Formato', facts.formato ?? 'FPR12'],
  tentativi: (facts) => ['TentativiInvio', String(facts.tentativiInvio ?? 1)],
  messageId: (facts) => ['MessageId', facts.messageId],
  pecMessageId: (facts) => ['PecMessageId', facts.pecMessageId],
  note: () => ['Note', ''],
} as const satisfies Record<string, Element>;

function reference(riferimento: NotificationFacts['riferimento']): XmlElements | undefined {
  return (
    riferimento && {
      NumeroFattura: riferimento.numero,
      AnnoFattura: riferimento.anno,
      PosizioneFattura: riferimento.posizione?.toString(),
    }
  );
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
  const children = shape.children.map((child) => ELEMENTS[child](facts));
  const root = {
    [`@xmlns:${prefix}`]: uri,
    '@xmlns:ns2': 'http://www.w3.org/2000/09/xmldsig#',
    '@versione': '1.0',
    ...Object.fromEntries<XmlContent>(children),
  };
  return buildXml({ [`${prefix}:${shape.root}`]: root }, '');
}
