import { complex } from '../rows.js';
import { IdFiscale, Indirizzo, IscrizioneREA, NAME } from './shared.js';

/** FatturaElettronicaHeader of the ordinary invoice. */

const Anagrafica = complex(
  'AnagraficaType',
  NAME,
  ['Titolo', '0.1', 'TitoloType', 'Titolo onorifico', 'Title'],
  ['CodEORI', '0.1', 'CodEORIType', 'Codice EORI', 'EORI code'],
);

const DatiTrasmissione = complex(
  'DatiTrasmissioneType',
  ['IdTrasmittente', '1.1', IdFiscale, 'Identificativo del trasmittente', 'Sender’s identifier'],
  ['ProgressivoInvio', '1.1', 'String10Type', 'Progressivo di invio', 'Transmission number'],
  ['FormatoTrasmissione', '1.1', 'FormatoTrasmissioneType', 'Formato di trasmissione', 'Transmission format'],
  ['CodiceDestinatario', '1.1', 'CodiceDestinatarioType', 'Codice destinatario', 'Recipient code'],
  [
    'ContattiTrasmittente',
    '0.1',
    complex('ContattiTrasmittenteType', ['Telefono', '0.1', 'TelFaxType', 'Telefono', 'Telephone'], ['Email', '0.1', 'EmailContattiType', 'E-mail', 'E-mail']),
    'Contatti del trasmittente',
    'Sender’s contacts',
  ],
  ['PECDestinatario', '0.1', 'EmailType', 'PEC del destinatario', 'Recipient’s PEC address'],
);

const CedentePrestatore = complex(
  'CedentePrestatoreType',
  [
    'DatiAnagrafici',
    '1.1',
    complex(
      'DatiAnagraficiCedenteType',
      ['IdFiscaleIVA', '1.1', IdFiscale, 'Partita IVA', 'VAT number'],
      ['CodiceFiscale', '0.1', 'CodiceFiscaleType', 'Codice fiscale', 'Tax code'],
      ['Anagrafica', '1.1', Anagrafica, 'Anagrafica', 'Name'],
      ['AlboProfessionale', '0.1', 'String60LatinType', 'Albo professionale', 'Professional register'],
      ['ProvinciaAlbo', '0.1', 'ProvinciaType', 'Provincia dell’albo', 'Province of the register'],
      ['NumeroIscrizioneAlbo', '0.1', 'String60Type', 'Numero di iscrizione all’albo', 'Registration number'],
      ['DataIscrizioneAlbo', '0.1', 'date', 'Data di iscrizione all’albo', 'Registration date'],
      ['RegimeFiscale', '1.1', 'RegimeFiscaleType', 'Regime fiscale', 'Tax regime'],
    ),
    'Dati anagrafici',
    'Personal data',
  ],
  ['Sede', '1.1', Indirizzo, 'Sede', 'Registered office'],
  ['StabileOrganizzazione', '0.1', Indirizzo, 'Stabile organizzazione', 'Permanent establishment'],
  ['IscrizioneREA', '0.1', IscrizioneREA, 'Iscrizione REA', 'Business register entry'],
  [
    'Contatti',
    '0.1',
    complex('ContattiType', ['Telefono', '0.1', 'TelFaxType', 'Telefono', 'Telephone'], ['Fax', '0.1', 'TelFaxType', 'Fax', 'Fax'], ['Email', '0.1', 'EmailContattiType', 'E-mail', 'E-mail']),
    'Contatti',
    'Contacts',
  ],
  ['RiferimentoAmministrazione', '0.1', 'String20Type', 'Riferimento amministrazione', 'Administrative reference'],
);

const RappresentanteFiscale = complex('RappresentanteFiscaleType', [
  'DatiAnagrafici',
  '1.1',
  complex(
    'DatiAnagraficiRappresentanteType',
    ['IdFiscaleIVA', '1.1', IdFiscale, 'Partita IVA', 'VAT number'],
    ['CodiceFiscale', '0.1', 'CodiceFiscaleType', 'Codice fiscale', 'Tax code'],
    ['Anagrafica', '1.1', Anagrafica, 'Anagrafica', 'Name'],
  ),
  'Dati anagrafici',
  'Personal data',
]);

const CessionarioCommittente = complex(
  'CessionarioCommittenteType',
  [
    'DatiAnagrafici',
    '1.1',
    complex(
      'DatiAnagraficiCessionarioType',
      ['IdFiscaleIVA', '0.1', IdFiscale, 'Partita IVA', 'VAT number'],
      ['CodiceFiscale', '0.1', 'CodiceFiscaleType', 'Codice fiscale', 'Tax code'],
      ['Anagrafica', '1.1', Anagrafica, 'Anagrafica', 'Name'],
    ),
    'Dati anagrafici',
    'Personal data',
  ],
  ['Sede', '1.1', Indirizzo, 'Sede', 'Registered office'],
  ['StabileOrganizzazione', '0.1', Indirizzo, 'Stabile organizzazione', 'Permanent establishment'],
  [
    'RappresentanteFiscale',
    '0.1',
    complex('RappresentanteFiscaleCessionarioType', ['IdFiscaleIVA', '1.1', IdFiscale, 'Partita IVA', 'VAT number'], NAME),
    'Rappresentante fiscale',
    'Fiscal representative',
  ],
);

const TerzoIntermediario = complex('TerzoIntermediarioSoggettoEmittenteType', [
  'DatiAnagrafici',
  '1.1',
  complex(
    'DatiAnagraficiTerzoIntermediarioType',
    ['IdFiscaleIVA', '0.1', IdFiscale, 'Partita IVA', 'VAT number'],
    ['CodiceFiscale', '0.1', 'CodiceFiscaleType', 'Codice fiscale', 'Tax code'],
    ['Anagrafica', '1.1', Anagrafica, 'Anagrafica', 'Name'],
  ),
  'Dati anagrafici',
  'Personal data',
]);

/** The carrier stands in the body. */
export const DatiAnagraficiVettore = complex(
  'DatiAnagraficiVettoreType',
  ['IdFiscaleIVA', '1.1', IdFiscale, 'Partita IVA', 'VAT number'],
  ['CodiceFiscale', '0.1', 'CodiceFiscaleType', 'Codice fiscale', 'Tax code'],
  ['Anagrafica', '1.1', Anagrafica, 'Anagrafica', 'Name'],
  ['NumeroLicenzaGuida', '0.1', 'String20Type', 'Numero di licenza di guida', 'Driving licence number'],
);

export const Header = complex(
  'FatturaElettronicaHeaderType',
  ['DatiTrasmissione', '1.1', DatiTrasmissione, 'Dati di trasmissione', 'Transmission data'],
  ['CedentePrestatore', '1.1', CedentePrestatore, 'Cedente/prestatore', 'Seller'],
  ['RappresentanteFiscale', '0.1', RappresentanteFiscale, 'Rappresentante fiscale', 'Fiscal representative'],
  ['CessionarioCommittente', '1.1', CessionarioCommittente, 'Cessionario/committente', 'Buyer'],
  ['TerzoIntermediarioOSoggettoEmittente', '0.1', TerzoIntermediario, 'Terzo intermediario o soggetto emittente', 'Intermediary or third-party issuer'],
  ['SoggettoEmittente', '0.1', 'SoggettoEmittenteType', 'Soggetto emittente', 'Issuer'],
);
