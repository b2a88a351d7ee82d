/** An element's children by name; an array where one repeats. */
export interface Fields {
  readonly [name: string]: string | Fields | readonly (string | Fields)[];
}

const SELLER = { IdPaese: 'IT', IdCodice: '09876543217' };
const BUYER = { IdPaese: 'IT', IdCodice: '01234567897' };
const SEAT = { Indirizzo: 'Via delle Prove', NumeroCivico: '1', CAP: '20100', Comune: 'Milano', Provincia: 'MI', Nazione: 'IT' };

const CEDENTE: Fields = {
  DatiAnagrafici: { IdFiscaleIVA: SELLER, CodiceFiscale: '09876543217', Anagrafica: { Denominazione: 'Officina Prova S.r.l.' }, RegimeFiscale: 'RF01' },
  Sede: SEAT,
};

const BODY: Fields = {
  DatiGenerali: {
    DatiGeneraliDocumento: { TipoDocumento: 'TD01', Divisa: 'EUR', Data: '2026-06-01', Numero: '2026/1', ImportoTotaleDocumento: '122.00' },
  },
  DatiBeniServizi: {
    DettaglioLinee: { NumeroLinea: '1', Descrizione: 'Revisione annuale', Quantita: '1.00', PrezzoUnitario: '100.00', PrezzoTotale: '100.00', AliquotaIVA: '22.00' },
    DatiRiepilogo: { AliquotaIVA: '22.00', ImponibileImporto: '100.00', Imposta: '22.00', EsigibilitaIVA: 'I' },
  },
  DatiPagamento: {
    CondizioniPagamento: 'TP02',
    DettaglioPagamento: { ModalitaPagamento: 'MP05', DataScadenzaPagamento: '2026-06-30', ImportoPagamento: '122.00', IBAN: 'IT60X0542811101000000123456' },
  },
};

export const FPR12: Fields = {
  FatturaElettronicaHeader: {
    DatiTrasmissione: { IdTrasmittente: SELLER, ProgressivoInvio: '00001', FormatoTrasmissione: 'FPR12', CodiceDestinatario: 'ABC1234' },
    CedentePrestatore: CEDENTE,
    CessionarioCommittente: { DatiAnagrafici: { IdFiscaleIVA: BUYER, Anagrafica: { Denominazione: 'Cliente Prova S.p.A.' } }, Sede: SEAT },
  },
  FatturaElettronicaBody: BODY,
};

export const FPA12: Fields = {
  FatturaElettronicaHeader: {
    DatiTrasmissione: { IdTrasmittente: SELLER, ProgressivoInvio: '00001', FormatoTrasmissione: 'FPA12', CodiceDestinatario: 'ABC123' },
    CedentePrestatore: CEDENTE,
    CessionarioCommittente: { DatiAnagrafici: { CodiceFiscale: '01234567897', Anagrafica: { Denominazione: 'Comune di Prova' } }, Sede: SEAT },
  },
  FatturaElettronicaBody: {
    ...BODY,
    DatiGenerali: {
      DatiGeneraliDocumento: { TipoDocumento: 'TD01', Divisa: 'EUR', Data: '2026-06-01', Numero: '2026/1', ImportoTotaleDocumento: '122.00' },
      DatiOrdineAcquisto: { IdDocumento: 'ORD-1', Data: '2026-05-01', CodiceCUP: 'C11B20000000001', CodiceCIG: 'Z1A2B3C4D5' },
    },
    DatiBeniServizi: {
      DettaglioLinee: { NumeroLinea: '1', Descrizione: 'Revisione annuale', Quantita: '1.00', PrezzoUnitario: '100.00', PrezzoTotale: '100.00', AliquotaIVA: '22.00' },
      DatiRiepilogo: { AliquotaIVA: '22.00', ImponibileImporto: '100.00', Imposta: '22.00', EsigibilitaIVA: 'S' },
    },
    DatiPagamento: {
      CondizioniPagamento: 'TP02',
      DettaglioPagamento: { ModalitaPagamento: 'MP05', DataScadenzaPagamento: '2026-06-30', ImportoPagamento: '100.00', IBAN: 'IT60X0542811101000000123456' },
    },
  },
};

export const FSM10: Fields = {
  FatturaElettronicaHeader: {
    DatiTrasmissione: { IdTrasmittente: SELLER, ProgressivoInvio: '00001', FormatoTrasmissione: 'FSM10', CodiceDestinatario: 'ABC1234' },
    CedentePrestatore: { IdFiscaleIVA: SELLER, CodiceFiscale: '09876543217', Denominazione: 'Officina Prova S.r.l.', Sede: SEAT, RegimeFiscale: 'RF01' },
    CessionarioCommittente: { IdentificativiFiscali: { IdFiscaleIVA: BUYER } },
  },
  FatturaElettronicaBody: {
    DatiGenerali: { DatiGeneraliDocumento: { TipoDocumento: 'TD07', Divisa: 'EUR', Data: '2026-06-01', Numero: '2026/1' } },
    DatiBeniServizi: { Descrizione: 'Lavaggio', Importo: '122.00', DatiIVA: { Imposta: '22.00', Aliquota: '22.00' } },
  },
};
