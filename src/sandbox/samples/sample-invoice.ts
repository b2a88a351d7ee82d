import type { Flow } from '../../sdi/lifecycle/types.js';
import { DEMO_COMPANY } from '../demo-company.js';
import { buildXml, type XmlElements } from '../xml/build.js';

export interface SampleRequest {
  /** Numbers of the documents: one body each. At most 20 characters each, at least one digit. */
  readonly numbers: readonly string[];
  readonly flow: Flow;
  /** YYYY-MM-DD */
  readonly date: string;
}

/** The goods of the samples: descriptions, quantities and unit prices in whole cents, so that every sum is exact. */
const LINES = [
  { text: 'Revisione tornio parallelo', quantity: 1, cents: 48_000 },
  { text: 'Ore di manodopera specializzata', quantity: 6, cents: 4_250 },
  { text: 'Materiale di consumo', quantity: 3, cents: 1_890 },
] as const;
const RATE = 22;

interface Buyer {
  readonly formato: string;
  readonly codice: string;
  readonly codiceFiscale: string;
  readonly name: string;
  readonly address: XmlElements;
}

const BUYERS: Readonly<Record<Flow, Buyer>> = {
  private: {
    formato: 'FPR12',
    codice: '0000000',
    codiceFiscale: '01234567897',
    name: 'Trattoria del Porto S.r.l.',
    address: { Indirizzo: 'Via del Molo 12', CAP: '16126', Comune: 'Genova', Provincia: 'GE', Nazione: 'IT' },
  },
  pa: {
    formato: 'FPA12',
    codice: 'UFSBX1',
    codiceFiscale: '80012345676',
    name: 'Comune di Esempio sul Mare',
    address: { Indirizzo: 'Piazza del Municipio 1', CAP: '00042', Comune: 'Anzio', Provincia: 'RM', Nazione: 'IT' },
  },
};

const amount = (cents: number): string => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** An invoice of the demo company with these numbers, valid against the schema; the transmitter is the company itself. Amounts are made of whole cents. */
export function sampleInvoice({ numbers, flow, date }: SampleRequest): Buffer {
  const buyer = BUYERS[flow];
  const { transmitter, name, partitaIva } = DEMO_COMPANY;
  const xml = buildXml({
    'p:FatturaElettronica': {
      '@versione': buyer.formato,
      '@xmlns:p': 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2',
      FatturaElettronicaHeader: {
        DatiTrasmissione: {
          IdTrasmittente: { IdPaese: transmitter.idPaese, IdCodice: transmitter.idCodice },
          ProgressivoInvio: '1',
          FormatoTrasmissione: buyer.formato,
          CodiceDestinatario: buyer.codice,
        },
        CedentePrestatore: {
          DatiAnagrafici: {
            IdFiscaleIVA: { IdPaese: 'IT', IdCodice: partitaIva },
            Anagrafica: { Denominazione: name },
            RegimeFiscale: 'RF01',
          },
          Sede: { Indirizzo: "Via dell'Officina 7", CAP: '40127', Comune: 'Bologna', Provincia: 'BO', Nazione: 'IT' },
        },
        CessionarioCommittente: {
          DatiAnagrafici: { CodiceFiscale: buyer.codiceFiscale, Anagrafica: { Denominazione: buyer.name } },
          Sede: buyer.address,
        },
      },
      FatturaElettronicaBody: numbers.map((number) => sampleBody(number, date, flow)),
    },
  });
  return Buffer.from(`${xml}\n`);
}

/** One document with the samples' goods. */
export function sampleBody(number: string, date: string, flow: Flow): XmlElements {
  const taxable = LINES.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
  const tax = Math.round((taxable * RATE) / 100);
  // The office pays the tax to the State itself (split payment).
  const due = flow === 'pa' ? taxable : taxable + tax;
  return {
    DatiGenerali: {
      DatiGeneraliDocumento: {
        TipoDocumento: 'TD01',
        Divisa: 'EUR',
        Data: date,
        Numero: number,
        ImportoTotaleDocumento: amount(taxable + tax),
      },
      DatiOrdineAcquisto: flow === 'pa' ? { IdDocumento: '42', CodiceCIG: 'Z0F1234567' } : undefined,
    },
    DatiBeniServizi: {
      DettaglioLinee: LINES.map(({ text, quantity, cents }, index) => ({
        NumeroLinea: String(index + 1),
        Descrizione: text,
        Quantita: `${quantity}.00`,
        PrezzoUnitario: amount(cents),
        PrezzoTotale: amount(quantity * cents),
        AliquotaIVA: `${RATE}.00`,
      })),
      DatiRiepilogo: {
        AliquotaIVA: `${RATE}.00`,
        ImponibileImporto: amount(taxable),
        Imposta: amount(tax),
        EsigibilitaIVA: flow === 'pa' ? 'S' : 'I',
      },
    },
    DatiPagamento: {
      CondizioniPagamento: 'TP02',
      DettaglioPagamento: { ModalitaPagamento: 'MP05', ImportoPagamento: amount(due) },
    },
  };
}
