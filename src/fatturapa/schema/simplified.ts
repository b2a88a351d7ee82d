import { Allegati, IdFiscale, Indirizzo, IscrizioneREA, NAME } from './blocks/shared.js';
import { buildTable } from './build.js';
import { complex } from './rows.js';
import { SIMPLIFIED_TYPES } from './simple-types.js';

const DatiTrasmissione = complex(
  'DatiTrasmissioneType',
  ['IdTrasmittente', '1.1', IdFiscale, 'Identificativo del trasmittente', 'Sender’s identifier'],
  ['ProgressivoInvio', '1.1', 'String10Type', 'Progressivo di invio', 'Transmission number'],
  ['FormatoTrasmissione', '1.1', 'FormatoTrasmissioneType', 'Formato di trasmissione', 'Transmission format'],
  ['CodiceDestinatario', '1.1', 'CodiceDestinatarioType', 'Codice destinatario', 'Recipient code'],
  ['PECDestinatario', '0.1', 'EmailType', 'PEC del destinatario', 'Recipient’s PEC address'],
);

const RappresentanteFiscale = complex('RappresentanteFiscaleType', ['IdFiscaleIVA', '1.1', IdFiscale, 'Partita IVA', 'VAT number'], NAME);

const CedentePrestatore = complex(
  'CedentePrestatoreType',
  ['IdFiscaleIVA', '1.1', IdFiscale, 'Partita IVA', 'VAT number'],
  ['CodiceFiscale', '0.1', 'CodiceFiscaleType', 'Codice fiscale', 'Tax code'],
  NAME,
  ['Sede', '1.1', Indirizzo, 'Sede', 'Registered office'],
  ['StabileOrganizzazione', '0.1', Indirizzo, 'Stabile organizzazione', 'Permanent establishment'],
  ['RappresentanteFiscale', '0.1', RappresentanteFiscale, 'Rappresentante fiscale', 'Fiscal representative'],
  ['IscrizioneREA', '0.1', IscrizioneREA, 'Iscrizione REA', 'Business register entry'],
  ['RegimeFiscale', '1.1', 'RegimeFiscaleType', 'Regime fiscale', 'Tax regime'],
);

const CessionarioCommittente = complex(
  'CessionarioCommittenteType',
  [
    'IdentificativiFiscali',
    '1.1',
    complex('IdentificativiFiscaliType', ['IdFiscaleIVA', '0.1', IdFiscale, 'Partita IVA', 'VAT number'], ['CodiceFiscale', '0.1', 'CodiceFiscaleType', 'Codice fiscale', 'Tax code']),
    'Identificativi fiscali',
    'Tax identifiers',
  ],
  [
    'AltriDatiIdentificativi',
    '0.1',
    complex(
      'AltriDatiIdentificativiType',
      NAME,
      ['Sede', '1.1', Indirizzo, 'Sede', 'Registered office'],
      ['StabileOrganizzazione', '0.1', Indirizzo, 'Stabile organizzazione', 'Permanent establishment'],
      ['RappresentanteFiscale', '0.1', RappresentanteFiscale, 'Rappresentante fiscale', 'Fiscal representative'],
    ),
    'Altri dati identificativi',
    'Other identification data',
  ],
);

const Header = complex(
  'FatturaElettronicaHeaderType',
  ['DatiTrasmissione', '1.1', DatiTrasmissione, 'Dati di trasmissione', 'Transmission data'],
  ['CedentePrestatore', '1.1', CedentePrestatore, 'Cedente/prestatore', 'Seller'],
  ['CessionarioCommittente', '1.1', CessionarioCommittente, 'Cessionario/committente', 'Buyer'],
  ['SoggettoEmittente', '0.1', 'SoggettoEmittenteType', 'Soggetto emittente', 'Issuer'],
);

const DatiGenerali = complex(
  'DatiGeneraliType',
  [
    'DatiGeneraliDocumento',
    '1.1',
    complex(
      'DatiGeneraliDocumentoType',
      ['TipoDocumento', '1.1', 'TipoDocumentoType', 'Tipo documento', 'Document type'],
      ['Divisa', '1.1', 'DivisaType', 'Divisa', 'Currency'],
      ['Data', '1.1', 'DataFatturaType', 'Data documento', 'Document date'],
      ['Numero', '1.1', 'String20Type', 'Numero documento', 'Document number'],
      ['BolloVirtuale', '0.1', 'BolloVirtualeType', 'Bollo virtuale', 'Stamp duty paid virtually'],
    ),
    'Dati generali del documento',
    'General data of the document',
  ],
  [
    'DatiFatturaRettificata',
    '0.1',
    complex(
      'DatiFatturaRettificataType',
      ['NumeroFR', '1.1', 'String20Type', 'Numero della fattura rettificata', 'Number of the corrected invoice'],
      ['DataFR', '1.1', 'DataFatturaType', 'Data della fattura rettificata', 'Date of the corrected invoice'],
      ['ElementiRettificati', '1.1', 'String1000LatinType', 'Elementi rettificati', 'What is corrected'],
    ),
    'Fattura rettificata',
    'Corrected invoice',
  ],
);

const DatiBeniServizi = complex(
  'DatiBeniServiziType',
  ['Descrizione', '1.1', 'String1000LatinType', 'Descrizione', 'Description'],
  ['Importo', '1.1', 'Amount2DecimalType', 'Importo', 'Amount'],
  [
    'DatiIVA',
    '1.1',
    complex('DatiIVAType', ['Imposta', '0.1', 'Amount2DecimalType', 'Imposta', 'VAT'], ['Aliquota', '0.1', 'RateType', 'Aliquota IVA', 'VAT rate']),
    'IVA',
    'VAT',
  ],
  ['Natura', '0.1', 'NaturaType', 'Natura', 'Reason for no VAT'],
  ['RiferimentoNormativo', '0.1', 'String100LatinType', 'Riferimento normativo', 'Legal reference'],
);

const Body = complex(
  'FatturaElettronicaBodyType',
  ['DatiGenerali', '1.1', DatiGenerali, 'Dati generali', 'General data'],
  ['DatiBeniServizi', '1.N', DatiBeniServizi, 'Beni e servizi', 'Goods and services'],
  ['Allegati', '0.N', Allegati, 'Allegato', 'Attachment'],
);

/** FSM10: FatturaSemplificata_VFSM10_v1.0.2.xsd. */
export const SIMPLIFIED = buildTable({
  kind: 'simplified',
  version: '1.0.2',
  namespace: 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0',
  formati: ['FSM10'],
  types: SIMPLIFIED_TYPES,
  root: [
    'FatturaElettronicaSemplificata',
    '1.1',
    complex(
      'FatturaElettronicaType',
      ['FatturaElettronicaHeader', '1.1', Header, 'Intestazione', 'Header'],
      ['FatturaElettronicaBody', '1.N', Body, 'Documento', 'Document'],
    ),
    'Fattura elettronica semplificata',
    'Simplified electronic invoice',
  ],
});
