import type { SdiMessageCode, SdiMessageFamily } from './types.js';

/** Namespaces of SdI's messages (sdi.md 4.1); the third is older than the PA one and still met. */
export const NAMESPACES: Readonly<Record<string, SdiMessageFamily>> = {
  'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0': 'private',
  'http://www.fatturapa.gov.it/sdi/messaggi/v1.0': 'pa',
  'http://www.fatturapa.it/sdi/messaggi/v1.0': 'pa',
};

/** Root element to message, for each family (sdi.md 4.3, 4.4). */
export const ROOTS: Readonly<Record<SdiMessageFamily, Readonly<Record<string, SdiMessageCode>>>> = {
  private: {
    RicevutaConsegna: 'RC',
    RicevutaScarto: 'NS',
    RicevutaImpossibilitaRecapito: 'MC',
    FileMetadati: 'MT',
  },
  pa: {
    RicevutaConsegna: 'RC',
    NotificaScarto: 'NS',
    NotificaMancataConsegna: 'MC',
    NotificaEsito: 'NE',
    NotificaDecorrenzaTermini: 'DT',
    AttestazioneTrasmissioneFattura: 'AT',
    MetadatiInvioFile: 'MT',
    NotificaEsitoCommittente: 'EC',
    ScartoEsitoCommittente: 'SE',
  },
};

/** Who wrote what: these name no file (sdi-messages-schema.csv), and EC alone is not SdI's own. */
export const WITHOUT_FILE_NAME: readonly SdiMessageCode[] = ['EC', 'SE'];
