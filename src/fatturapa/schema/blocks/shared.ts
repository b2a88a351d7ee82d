import { choice, complex } from '../rows.js';

/** What stands at several places, in both formats. */

export const IdFiscale = complex(
  'IdFiscaleType',
  ['IdPaese', '1.1', 'NazioneType', 'Paese', 'Country'],
  ['IdCodice', '1.1', 'CodiceType', 'Codice identificativo', 'Identification code'],
);

/** A company by its name, or a person by two. */
export const NAME = choice(
  [['Denominazione', '1.1', 'String80LatinType', 'Denominazione', 'Company name']],
  [
    ['Nome', '1.1', 'String60LatinType', 'Nome', 'First name'],
    ['Cognome', '1.1', 'String60LatinType', 'Cognome', 'Last name'],
  ],
);

export const Indirizzo = complex(
  'IndirizzoType',
  ['Indirizzo', '1.1', 'String60LatinType', 'Indirizzo', 'Address'],
  ['NumeroCivico', '0.1', 'NumeroCivicoType', 'Numero civico', 'Street number'],
  ['CAP', '1.1', 'CAPType', 'CAP', 'Postal code'],
  ['Comune', '1.1', 'String60LatinType', 'Comune', 'Town'],
  ['Provincia', '0.1', 'ProvinciaType', 'Provincia', 'Province'],
  ['Nazione', '1.1', 'NazioneType', 'Nazione', 'Country', 'IT'],
);

export const IscrizioneREA = complex(
  'IscrizioneREAType',
  ['Ufficio', '1.1', 'ProvinciaType', 'Ufficio del registro delle imprese', 'Office of the business register'],
  ['NumeroREA', '1.1', 'String20Type', 'Numero REA', 'REA number'],
  ['CapitaleSociale', '0.1', 'Amount2DecimalType', 'Capitale sociale', 'Share capital'],
  ['SocioUnico', '0.1', 'SocioUnicoType', 'Socio unico', 'Single shareholder'],
  ['StatoLiquidazione', '1.1', 'StatoLiquidazioneType', 'Stato di liquidazione', 'State of liquidation'],
);

export const Allegati = complex(
  'AllegatiType',
  ['NomeAttachment', '1.1', 'String60LatinType', 'Nome dell’allegato', 'Name of the attachment'],
  ['AlgoritmoCompressione', '0.1', 'String10Type', 'Algoritmo di compressione', 'Compression algorithm'],
  ['FormatoAttachment', '0.1', 'String10Type', 'Formato dell’allegato', 'Format of the attachment'],
  ['DescrizioneAttachment', '0.1', 'String100LatinType', 'Descrizione dell’allegato', 'Description of the attachment'],
  ['Attachment', '1.1', 'base64Binary', 'Contenuto dell’allegato', 'Content of the attachment'],
);
