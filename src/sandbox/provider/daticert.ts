import { romeTime } from '../clock/rome-time.js';
import { buildXml } from '../xml/build.js';

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

/** The file as providers write it: UTF-8, no DOCTYPE, children in the order of the rules. */
export function daticertXml(facts: DaticertFacts): Buffer {
  const { giorno, ora, zona } = romeTime(facts.at);
  const xml = buildXml({
    postacert: {
      '@tipo': facts.tipo,
      '@errore': facts.errore,
      intestazione: {
        mittente: facts.mittente,
        destinatari: facts.destinatari.map(({ address, tipo }) => ({ '@tipo': tipo, '#text': address })),
        risposte: facts.risposte,
        oggetto: facts.oggetto,
      },
      dati: {
        'gestore-emittente': facts.gestoreEmittente,
        data: { '@zona': zona, giorno, ora },
        identificativo: facts.identificativo,
        msgid: facts.msgid,
        ricevuta: facts.ricevuta && { '@tipo': facts.ricevuta },
        consegna: facts.consegna,
        'errore-esteso': facts.erroreEsteso,
      },
    },
  });
  return Buffer.from(`${xml}\n`);
}
