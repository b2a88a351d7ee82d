import { type Element, valueOf, xpathOf } from '../../document/model.js';
import { codiceFiscaleFault, isPersonalCode, partitaIvaFault } from '../../fiscal-ids.js';
import type { Text } from '../../schema/types.js';
import { FORMATI_TRASMISSIONE, type FormatoTrasmissione } from '../../types.js';
import type { Check } from '../types.js';
import { exampleReason } from './examples.js';
import { faultText } from './id-texts.js';
import { type HeaderParts, headerParts, type Subject } from './parties.js';

/** One id that SdI looks up in the tax register. */
interface IdRule {
  readonly code: string;
  readonly kind: 'partita-iva' | 'codice-fiscale';
  readonly formati?: readonly FormatoTrasmissione[];
  /** Whose id it is, with the article. */
  readonly what: Text;
  readonly source: string;
  /** What else may be done when the party has no VAT number. */
  readonly withoutVat?: Text;
  readonly elements: (parts: HeaderParts) => readonly (Element | undefined)[];
}

/** IdCodice where it is an Italian VAT number. */
const italianVat = ({ idPaese, idCodice }: Subject): Element | undefined => (valueOf(idPaese) === 'IT' ? idCodice : undefined);
const isItalian = (element: Element | undefined): boolean => element?.children.some((one) => one.def.name === 'IdPaese' && one.value === 'IT') ?? false;

const LISTS = 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1';

const RULES: readonly IdRule[] = [
  {
    code: '00300',
    kind: 'codice-fiscale',
    what: { it: 'Il codice fiscale del trasmittente (IdTrasmittente)', en: 'The codice fiscale of the transmitter (IdTrasmittente)' },
    source: LISTS,
    elements: ({ idTrasmittente }) => [isItalian(idTrasmittente) ? idTrasmittente?.children.find((one) => one.def.name === 'IdCodice') : undefined],
  },
  { code: '00301', kind: 'partita-iva', what: { it: 'La partita IVA del cedente/prestatore', en: 'The VAT number of the seller' }, source: LISTS, elements: ({ seller }) => [italianVat(seller)] },
  { code: '00302', kind: 'codice-fiscale', what: { it: 'Il codice fiscale del cedente/prestatore', en: 'The codice fiscale of the seller' }, source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, par. 2.1.2', elements: ({ seller }) => [seller.codiceFiscale] },
  {
    code: '00303',
    kind: 'partita-iva',
    what: { it: 'La partita IVA del rappresentante fiscale', en: 'The VAT number of the tax representative' },
    source: LISTS,
    elements: ({ sellerRepresentative, buyerRepresentative }) => [italianVat(sellerRepresentative), italianVat(buyerRepresentative)],
  },
  {
    code: '00304',
    kind: 'codice-fiscale',
    formati: ['FPA12', 'FPR12'],
    what: { it: 'Il codice fiscale del rappresentante fiscale del cedente', en: 'The codice fiscale of the seller’s tax representative' },
    source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, par. 2.1.3',
    elements: ({ sellerRepresentative }) => [sellerRepresentative.codiceFiscale],
  },
  {
    code: '00305',
    kind: 'partita-iva',
    what: { it: 'La partita IVA del cessionario/committente', en: 'The VAT number of the buyer' },
    source: LISTS,
    withoutVat: { it: 'Se il cessionario non ha partita IVA, togliere tutto il blocco IdFiscaleIVA e lasciare il solo CodiceFiscale.', en: 'If the buyer has no VAT number, remove the whole block IdFiscaleIVA and leave CodiceFiscale alone.' },
    elements: ({ buyer }) => [italianVat(buyer)],
  },
  {
    code: '00306',
    kind: 'codice-fiscale',
    what: { it: 'Il codice fiscale del cessionario/committente', en: 'The codice fiscale of the buyer' },
    source: LISTS,
    elements: ({ buyer }) => [buyer.idFiscaleIva ? undefined : buyer.codiceFiscale],
  },
];

const FAULT = { 'partita-iva': partitaIvaFault, 'codice-fiscale': codiceFiscaleFault } as const;

/** Nobody's number, yet its check digit is right: what the reference says of check digits does not settle it. */
const ZEROS: Text = { it: 'la sua cifra di controllo torna', en: 'its check digit is right' };

const SAMPLES: Text = {
  it: 'SdI cerca il numero in anagrafe tributaria; qui si controllano solo forma e cifra di controllo, perché un numero che le sbaglia non può esservi. I file di esempio pubblicati hanno identificativi inventati: i numeri di quegli esempi (01234567890, 09876543210 e pochi altri) danno un avviso e non un errore.',
  en: 'SdI looks the number up in the tax register; here only form and check digit are tested, for a number that fails them cannot be in it. Published samples carry invented ids: the numbers of those samples (01234567890, 09876543210 and a few others) give a warning instead of an error.',
};

function idCheck({ code, kind, formati, what, source, withoutVat, elements }: IdRule): Check {
  return {
    code,
    severity: 'error',
    formati: formati ?? FORMATI_TRASMISSIONE,
    title: { it: `${what.it} deve esistere in anagrafe tributaria: forma e cifra di controllo`, en: `${what.en} must exist in the tax register: form and check digit` },
    reason: { it: `${what.it} è {found}, che così com’è non può esistere: {why}.`, en: `${what.en} is {found}, which as it stands cannot exist: {why}.` },
    mend: { it: '{how}', en: '{how}' },
    doubt: {
      reason: { it: `${what.it} è {found}: {why}. SdI scarterebbe il file; è solo un avviso perché {example}.`, en: `${what.en} is {found}: {why}. SdI would reject the file; it is only a warning because {example}.` },
      mend: { it: '{how} In un file di prova non serve.', en: '{how} In a file made for a trial there is no need.' },
    },
    source,
    practice: SAMPLES,
    run: (document, _context, report) => {
      const parts = headerParts(document);
      for (const element of elements(parts)) {
        const value = valueOf(element);
        if (element === undefined || value === undefined) continue;
        const fault = FAULT[kind](value);
        if (!fault) continue;
        const { why, how } = faultText(fault, kind, value, withoutVat);
        const example = fault.kind === 'zeros' ? ZEROS : exampleReason(value);
        report({
          at: element,
          texts: { why, how, ...(example && { example }) },
          doubtful: example !== undefined,
          ...(fault.certain && fault.meant !== undefined && { patch: [{ op: 'replace', path: xpathOf(element), value: fault.meant }] }),
        });
      }
    },
  };
}

/** A natural person's VAT number is no codice fiscale, and the transmitter is known by codice fiscale. */
const SOLE_TRADER_TRANSMITTER: Check = {
  code: '00300',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Il trasmittente che è persona fisica va indicato con il codice fiscale di 16 caratteri, non con la partita IVA', en: 'A transmitter who is a natural person must be given by the codice fiscale of 16 characters, not by the VAT number' },
  reason: {
    it: 'IdTrasmittente/IdCodice è {found}, la partita IVA del cedente; il cedente è una persona fisica e SdI riconosce il trasmittente solo dal codice fiscale.',
    en: 'IdTrasmittente/IdCodice is {found}, the VAT number of the seller; the seller is a natural person and SdI knows the transmitter by codice fiscale only.',
  },
  mend: { it: 'Scrivere in IdTrasmittente/IdCodice il codice fiscale {code}.', en: 'Write the codice fiscale {code} in IdTrasmittente/IdCodice.' },
  doubt: {
    reason: {
      it: 'IdTrasmittente/IdCodice è {found}, la partita IVA del cedente, indicato con Nome e Cognome: se è una persona fisica SdI scarta il file, perché riconosce il trasmittente solo dal codice fiscale.',
      en: 'IdTrasmittente/IdCodice is {found}, the VAT number of the seller, who is given by Nome and Cognome: if a natural person, SdI rejects the file, for it knows the transmitter by codice fiscale only.',
    },
    mend: { it: 'Scrivere in IdTrasmittente/IdCodice il codice fiscale di 16 caratteri del trasmittente.', en: 'Write the transmitter’s codice fiscale of 16 characters in IdTrasmittente/IdCodice.' },
  },
  source: 'Allegato A 1.9.1, appendice 1, codice 00300',
  practice: {
    it: 'È un errore quando il file stesso porta il codice fiscale personale del cedente; con il solo Nome e Cognome è un avviso.',
    en: 'An error where the file itself gives the seller’s personal codice fiscale; with Nome and Cognome alone a warning.',
  },
  run: (document, _context, report) => {
    const { idTrasmittente, seller } = headerParts(document);
    if (!isItalian(idTrasmittente)) return;
    const element = idTrasmittente?.children.find((one) => one.def.name === 'IdCodice');
    const transmitter = valueOf(element);
    if (element === undefined || transmitter === undefined || partitaIvaFault(transmitter) || transmitter !== valueOf(italianVat(seller))) return;
    const code = valueOf(seller.codiceFiscale);
    if (code !== undefined && isPersonalCode(code) && !codiceFiscaleFault(code)) report({ at: element, texts: { code }, patch: [{ op: 'replace', path: xpathOf(element), value: code }] });
    else if (code === undefined && seller.nome && seller.cognome) report({ at: element, doubtful: true });
  },
};

/** A codice fiscale that cannot exist belongs to nobody, so not to the subject of the VAT number beside it. */
const BUYER_CODE_BESIDE_VAT: Check = {
  code: '00324',
  severity: 'warning',
  formati: FORMATI_TRASMISSIONE,
  since: '2019-07-01',
  title: { it: 'Partita IVA e codice fiscale del cessionario devono essere dello stesso soggetto: cifra di controllo del codice fiscale', en: 'VAT number and codice fiscale of the buyer must belong to the same subject: check digit of the codice fiscale' },
  reason: {
    it: 'Il codice fiscale del cessionario/committente è {found}, che non può esistere: {why}. Con la partita IVA accanto, SdI può scartare il file perché i due non sono dello stesso soggetto.',
    en: 'The codice fiscale of the buyer is {found}, which cannot exist: {why}. With the VAT number beside it, SdI may reject the file because the two are not of one subject.',
  },
  mend: { it: '{how} Oppure togliere CodiceFiscale: la partita IVA basta, se non è di un gruppo IVA.', en: '{how} Or remove CodiceFiscale: the VAT number is enough, unless it is of a VAT group.' },
  source: 'Allegato A 1.9.1, appendice 1, codice 00324',
  practice: {
    it: 'Il confronto vero è possibile solo in anagrafe tributaria: qui si vede solo un codice fiscale che non può esistere. Con la partita IVA presente SdI non controlla il codice fiscale con il 00306.',
    en: 'The true comparison needs the tax register: here only a codice fiscale that cannot exist is seen. With the VAT number present SdI does not test the codice fiscale under 00306.',
  },
  run: (document, _context, report) => {
    const parts = headerParts(document);
    const { buyer } = parts;
    const value = valueOf(buyer.codiceFiscale);
    if (!buyer.idFiscaleIva || buyer.codiceFiscale === undefined || value === undefined) return;
    const fault = codiceFiscaleFault(value);
    if (!fault || exampleReason(value)) return;
    const { why, how } = faultText(fault, 'codice-fiscale', value, undefined);
    report({ at: buyer.codiceFiscale, texts: { why, how }, ...(fault.certain && fault.meant !== undefined && { patch: [{ op: 'replace', path: xpathOf(buyer.codiceFiscale), value: fault.meant }] }) });
  },
};

export const ID_CHECKS: readonly Check[] = [...RULES.map(idCheck), SOLE_TRADER_TRANSMITTER, BUYER_CODE_BESIDE_VAT];
