import type { Flow } from '../../sdi/lifecycle/types.js';
import { DEMO_COMPANY } from '../demo-company.js';

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

const BUYERS: Readonly<
  Record<
    Flow,
    { readonly formato: string; readonly codice: string; readonly codiceFiscale: string; readonly name: string; readonly address: string }
  >
> = {
  private: {
    formato: 'FPR12',
    codice: '0000000',
    codiceFiscale: '01234567897',
    name: 'Trattoria del Porto S.r.l.',
    address: '<Indirizzo>Via del Molo 12</Indirizzo><CAP>16126</CAP><Comune>Genova</Comune><Provincia>GE</Provincia><Nazione>IT</Nazione>',
  },
  pa: {
    formato: 'FPA12',
    codice: 'UFSBX1',
    codiceFiscale: '80012345676',
    name: 'Comune di Esempio sul Mare',
    address:
      '<Indirizzo>Piazza del Municipio 1</Indirizzo><CAP>00042</CAP><Comune>Anzio</Comune><Provincia>RM</Provincia><Nazione>IT</Nazione>',
  },
};

const amount = (cents: number): string => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** An invoice of the demo company with these numbers, valid against the schema; the transmitter is the company itself. Amounts are made of whole cents. */
export function sampleInvoice({ numbers, flow, date }: SampleRequest): Buffer {
  const buyer = BUYERS[flow];
  const { transmitter, name, partitaIva } = DEMO_COMPANY;
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="${buyer.formato}" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
  <FatturaElettronicaHeader>
    <DatiTrasmissione>
      <IdTrasmittente><IdPaese>${transmitter.idPaese}</IdPaese><IdCodice>${transmitter.idCodice}</IdCodice></IdTrasmittente>
      <ProgressivoInvio>1</ProgressivoInvio>
      <FormatoTrasmissione>${buyer.formato}</FormatoTrasmissione>
      <CodiceDestinatario>${buyer.codice}</CodiceDestinatario>
    </DatiTrasmissione>
    <CedentePrestatore>
      <DatiAnagrafici>
        <IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>${partitaIva}</IdCodice></IdFiscaleIVA>
        <Anagrafica><Denominazione>${name}</Denominazione></Anagrafica>
        <RegimeFiscale>RF01</RegimeFiscale>
      </DatiAnagrafici>
      <Sede><Indirizzo>Via dell'Officina 7</Indirizzo><CAP>40127</CAP><Comune>Bologna</Comune><Provincia>BO</Provincia><Nazione>IT</Nazione></Sede>
    </CedentePrestatore>
    <CessionarioCommittente>
      <DatiAnagrafici>
        <CodiceFiscale>${buyer.codiceFiscale}</CodiceFiscale>
        <Anagrafica><Denominazione>${buyer.name}</Denominazione></Anagrafica>
      </DatiAnagrafici>
      <Sede>${buyer.address}</Sede>
    </CessionarioCommittente>
  </FatturaElettronicaHeader>
${numbers.map((number) => body(number, date, flow)).join('\n')}
</p:FatturaElettronica>
`;
  return Buffer.from(xml);
}

function body(number: string, date: string, flow: Flow): string {
  const taxable = LINES.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
  const tax = Math.round((taxable * RATE) / 100);
  // The office pays the tax to the State itself (split payment).
  const due = flow === 'pa' ? taxable : taxable + tax;
  const lines = LINES.map(
    ({ text, quantity, cents }, index) => `      <DettaglioLinee>
        <NumeroLinea>${index + 1}</NumeroLinea>
        <Descrizione>${text}</Descrizione>
        <Quantita>${quantity}.00</Quantita>
        <PrezzoUnitario>${amount(cents)}</PrezzoUnitario>
        <PrezzoTotale>${amount(quantity * cents)}</PrezzoTotale>
        <AliquotaIVA>${RATE}.00</AliquotaIVA>
      </DettaglioLinee>`,
  );
  return `  <FatturaElettronicaBody>
    <DatiGenerali>
      <DatiGeneraliDocumento>
        <TipoDocumento>TD01</TipoDocumento>
        <Divisa>EUR</Divisa>
        <Data>${date}</Data>
        <Numero>${number}</Numero>
        <ImportoTotaleDocumento>${amount(taxable + tax)}</ImportoTotaleDocumento>
      </DatiGeneraliDocumento>${flow === 'pa' ? '\n      <DatiOrdineAcquisto><IdDocumento>42</IdDocumento><CodiceCIG>Z0F1234567</CodiceCIG></DatiOrdineAcquisto>' : ''}
    </DatiGenerali>
    <DatiBeniServizi>
${lines.join('\n')}
      <DatiRiepilogo>
        <AliquotaIVA>${RATE}.00</AliquotaIVA>
        <ImponibileImporto>${amount(taxable)}</ImponibileImporto>
        <Imposta>${amount(tax)}</Imposta>
        <EsigibilitaIVA>${flow === 'pa' ? 'S' : 'I'}</EsigibilitaIVA>
      </DatiRiepilogo>
    </DatiBeniServizi>
    <DatiPagamento>
      <CondizioniPagamento>TP02</CondizioniPagamento>
      <DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento><ImportoPagamento>${amount(due)}</ImportoPagamento></DettaglioPagamento>
    </DatiPagamento>
  </FatturaElettronicaBody>`;
}
