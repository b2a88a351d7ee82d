import { DEMO_ADDRESS, DEMO_COMPANY } from '../demo-company.js';
import { sampleBody } from '../samples/sample-invoice.js';
import { buildXml } from '../xml/build.js';

/** Who sends invoices to the demo company. Invented; the VAT number has a right check digit. */
export const SUPPLIER = { name: 'Ferramenta Fratelli Così S.n.c.', partitaIva: '03123450367' } as const;

export interface SupplierInvoice {
  /** Numbers of the documents: one body each. */
  readonly numbers: readonly string[];
  /** YYYY-MM-DD */
  readonly date: string;
}

/** An invoice of the supplier to the demo company, to be delivered to its certified mailbox. Valid against the schema. */
export function supplierInvoice({ numbers, date }: SupplierInvoice): string {
  const address = { Indirizzo: 'Via degli Artigiani 21', CAP: '41122', Comune: 'Modena', Provincia: 'MO', Nazione: 'IT' };
  const xml = buildXml({
    'p:FatturaElettronica': {
      '@versione': 'FPR12',
      '@xmlns:p': 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2',
      FatturaElettronicaHeader: {
        DatiTrasmissione: {
          IdTrasmittente: { IdPaese: 'IT', IdCodice: SUPPLIER.partitaIva },
          ProgressivoInvio: '1',
          FormatoTrasmissione: 'FPR12',
          CodiceDestinatario: '0000000',
          PECDestinatario: DEMO_ADDRESS,
        },
        CedentePrestatore: {
          DatiAnagrafici: { IdFiscaleIVA: { IdPaese: 'IT', IdCodice: SUPPLIER.partitaIva }, Anagrafica: { Denominazione: SUPPLIER.name }, RegimeFiscale: 'RF01' },
          Sede: address,
        },
        CessionarioCommittente: {
          DatiAnagrafici: { IdFiscaleIVA: { IdPaese: 'IT', IdCodice: DEMO_COMPANY.partitaIva }, Anagrafica: { Denominazione: DEMO_COMPANY.name } },
          Sede: { Indirizzo: "Via dell'Officina 7", CAP: '40127', Comune: 'Bologna', Provincia: 'BO', Nazione: 'IT' },
        },
      },
      FatturaElettronicaBody: numbers.map((number) => sampleBody(number, date, 'private')),
    },
  });
  return `${xml}\n`;
}

/** As a program writes it that knows neither UTF-8 nor the schema. */
export function uglified(xml: string): Buffer {
  const text = xml.replace('UTF-8', 'windows-1252').replace('<Divisa>EUR</Divisa>', '<Divisa>euro</Divisa>').replace(/<RegimeFiscale>[^<]*<\/RegimeFiscale>/, '').replace('<CAP>41122</CAP>', '<CAP>4112</CAP>');
  return Buffer.from(text, 'latin1');
}
