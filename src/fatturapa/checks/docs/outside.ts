import type { Text } from '../../schema/types.js';
import { FORMATI_TRASMISSIONE, type FormatoTrasmissione, type Severity } from '../../types.js';

/** A code of SdI's that is tested, but not by a row of the check table. */
export interface TestedElsewhere {
  readonly code: string;
  readonly severity: Severity;
  readonly formati: readonly FormatoTrasmissione[];
  readonly title: Text;
  readonly source: string;
  readonly practice: Text;
}

const SOURCE = 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1';

/** What the reader of a document and the reader of an archive find before there is a document to check. */
export const TESTED_ELSEWHERE: readonly TestedElsewhere[] = [
  {
    code: '00106',
    severity: 'error',
    formati: FORMATI_TRASMISSIONE,
    title: { it: 'L’archivio zip deve essere leggibile e contenere almeno un file', en: 'The zip archive must be readable and hold at least one file' },
    source: SOURCE,
    practice: { it: 'Lo trova chi apre l’archivio (src/fatturapa/files); cartelle e file estranei sono elencati a parte.', en: 'Found by what opens the archive (src/fatturapa/files); folders and stray files are listed apart.' },
  },
  {
    code: '00200',
    severity: 'error',
    formati: FORMATI_TRASMISSIONE,
    title: { it: 'Il file deve essere XML ben formato e valido secondo lo schema del suo formato', en: 'The file must be well-formed XML, valid against the schema of its format' },
    source: SOURCE,
    practice: {
      it: 'Lo trova il lettore (src/fatturapa/document), con lo stesso giudizio dello schema ufficiale 1.2.3 (FPA12, FPR12) e 1.0.2 (FSM10), ma dicendo che cosa c’è, che cosa ci vuole e dove.',
      en: 'Found by the reader (src/fatturapa/document), with the same verdict as the official schema 1.2.3 (FPA12, FPR12) and 1.0.2 (FSM10), but saying what was found, what is expected and where.',
    },
  },
  {
    code: '00201',
    severity: 'error',
    formati: FORMATI_TRASMISSIONE,
    title: { it: 'Più di 50 errori di formato: gli altri non sono elencati', en: 'More than 50 format errors: the others are not listed' },
    source: SOURCE,
    practice: { it: 'Lo trova il lettore, insieme ai primi 50.', en: 'Found by the reader, together with the first 50.' },
  },
];

/** A code of SdI's that is not tested, and why. */
export interface NotTested {
  readonly code: string;
  readonly title: Text;
  readonly reason: Text;
}

const TAX_REGISTER: Text = { it: 'Serve l’anagrafe tributaria, che solo SdI consulta.', en: 'It needs the tax register, which only SdI consults.' };
const VAT_GROUPS: Text = { it: 'Serve l’elenco dei gruppi IVA e dei loro partecipanti, che solo SdI consulta.', en: 'It needs the list of VAT groups and their members, which only SdI consults.' };
const IPA: Text = { it: 'Serve l’indice delle pubbliche amministrazioni (IPA) aggiornato al giorno dell’invio.', en: 'It needs the index of public administrations (IPA) as of the day of sending.' };

export const NOT_TESTED: readonly NotTested[] = [
  {
    code: '00101',
    title: { it: 'Il certificato di firma non deve essere revocato o sospeso', en: 'The signing certificate must not be revoked or suspended' },
    reason: { it: 'Serve chiedere all’autorità che ha rilasciato il certificato (CRL, OCSP): i controlli sono fatti senza rete.', en: 'It needs a question to the authority that issued the certificate (CRL, OCSP): the checks are made without a network.' },
  },
  { code: '00312', title: { it: 'CodiceDestinatario deve essere attivo', en: 'CodiceDestinatario must be active' }, reason: { it: 'Servono IPA e il registro dei canali accreditati.', en: 'It needs IPA and the register of accredited channels.' } },
  { code: '00320', title: { it: 'Partita IVA e codice fiscale del cedente devono essere dello stesso soggetto', en: 'VAT number and codice fiscale of the seller must belong to the same subject' }, reason: TAX_REGISTER },
  { code: '00321', title: { it: 'Con partita IVA di gruppo, il codice fiscale del cedente deve essere di un partecipante', en: 'With a VAT number of a group, the seller’s codice fiscale must be a member’s' }, reason: VAT_GROUPS },
  { code: '00322', title: { it: 'Con partita IVA di gruppo, il codice fiscale del cedente è obbligatorio', en: 'With a VAT number of a group, the seller’s codice fiscale is required' }, reason: VAT_GROUPS },
  { code: '00323', title: { it: 'TD16, TD20, TD29: la partita IVA del cedente non deve essere cessata da più di cinque anni', en: 'TD16, TD20, TD29: the seller’s VAT number must not have ceased more than five years ago' }, reason: TAX_REGISTER },
  { code: '00325', title: { it: 'Con partita IVA di gruppo, il codice fiscale del cessionario deve essere di un partecipante', en: 'With a VAT number of a group, the buyer’s codice fiscale must be a member’s' }, reason: VAT_GROUPS },
  { code: '00326', title: { it: 'Con partita IVA di gruppo, il codice fiscale del cessionario è obbligatorio', en: 'With a VAT number of a group, the buyer’s codice fiscale is required' }, reason: VAT_GROUPS },
  {
    code: '00327',
    title: { it: 'Senza partita IVA, il codice fiscale del cessionario non può essere quello del gruppo IVA', en: 'Without VAT number, the buyer’s codice fiscale must not be that of the VAT group' },
    reason: {
      it: `${VAT_GROUPS.it} Un avviso a ogni codice fiscale di 11 cifre senza partita IVA sarebbe quasi sempre a vuoto: è il caso normale degli enti.`,
      en: `${VAT_GROUPS.en} A warning at each codice fiscale of 11 digits without VAT number would nearly always be idle: it is the normal case of public bodies and associations.`,
    },
  },
  { code: '00398', title: { it: 'Ufficio centrale indicato benché l’ente abbia un solo altro ufficio attivo', en: 'Central office given although the body has exactly one other active office' }, reason: IPA },
  { code: '00399', title: { it: 'Ente con ufficio attivo su IPA, ma CodiceDestinatario 999999 o formato FPR12', en: 'Body with an active office in IPA, but CodiceDestinatario 999999 or format FPR12' }, reason: IPA },
];
