import { romeTime } from '../clock/rome-time.js';

/** Content of a certification file (pec.md 3.1). */
export interface DaticertFacts {
  readonly tipo:
    'accettazione' | 'non-accettazione' | 'avvenuta-consegna' | 'errore-consegna' | 'preavviso-errore-consegna' | 'posta-certificata';
  readonly errore: 'nessuno' | 'no-dest' | 'no-dominio' | 'virus' | 'altro';
  readonly mittente: string;
  readonly destinatari: readonly { readonly address: string; readonly tipo: 'certificato' | 'esterno' }[];
  readonly risposte: string;
  readonly oggetto: string;
  readonly gestoreEmittente: string;
  readonly at: Date;
  readonly identificativo: string;
  /** With angle brackets, as the client wrote it. */
  readonly msgid?: string;
  readonly ricevuta?: TipoRicevuta;
  readonly consegna?: string;
  readonly erroreEsteso?: string;
}

export const TIPI_RICEVUTA = ['completa', 'breve', 'sintetica'] as const;
export type TipoRicevuta = (typeof TIPI_RICEVUTA)[number];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML content or a quoted attribute; characters that XML 1.0 does not allow are left out. */
export function xmlText(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    )
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

/** The file as providers write it: UTF-8, no DOCTYPE, children in the order of the rules. */
export function daticertXml(facts: DaticertFacts): Buffer {
  const { giorno, ora, zona } = romeTime(facts.at);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<postacert tipo="${facts.tipo}" errore="${facts.errore}">`,
    '    <intestazione>',
    `        <mittente>${xmlText(facts.mittente)}</mittente>`,
    ...facts.destinatari.map(({ address, tipo }) => `        <destinatari tipo="${tipo}">${xmlText(address)}</destinatari>`),
    `        <risposte>${xmlText(facts.risposte)}</risposte>`,
    `        <oggetto>${xmlText(facts.oggetto)}</oggetto>`,
    '    </intestazione>',
    '    <dati>',
    `        <gestore-emittente>${xmlText(facts.gestoreEmittente)}</gestore-emittente>`,
    `        <data zona="${zona}">`,
    `            <giorno>${giorno}</giorno>`,
    `            <ora>${ora}</ora>`,
    '        </data>',
    `        <identificativo>${xmlText(facts.identificativo)}</identificativo>`,
    ...(facts.msgid === undefined ? [] : [`        <msgid>${xmlText(facts.msgid)}</msgid>`]),
    ...(facts.ricevuta === undefined ? [] : [`        <ricevuta tipo="${facts.ricevuta}" />`]),
    ...(facts.consegna === undefined ? [] : [`        <consegna>${xmlText(facts.consegna)}</consegna>`]),
    ...(facts.erroreEsteso === undefined ? [] : [`        <errore-esteso>${xmlText(facts.erroreEsteso)}</errore-esteso>`]),
    '    </dati>',
    '</postacert>',
    '',
  ];
  return Buffer.from(lines.join('\n'));
}
