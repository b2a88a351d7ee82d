import { valueOf } from '../../document/model.js';
import { FORMATI_TRASMISSIONE } from '../../types.js';
import { firstDayOf } from '../rule-versions.js';
import type { Check } from '../types.js';
import { BUYER_ISSUED, headerParts, tipoDocumento } from './parties.js';

const LISTS = 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1';

const BUYER_HAS_ID: Check = {
  code: '00417',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Il cessionario/committente deve avere IdFiscaleIVA o CodiceFiscale', en: 'The buyer must have IdFiscaleIVA or CodiceFiscale' },
  reason: { it: 'Il cessionario/committente non ha né IdFiscaleIVA né CodiceFiscale.', en: 'The buyer has neither IdFiscaleIVA nor CodiceFiscale.' },
  mend: {
    it: 'Aggiungere all’inizio del blocco {block} del cessionario IdFiscaleIVA (IdPaese e IdCodice) con la sua partita IVA, oppure, se è un privato, CodiceFiscale con il suo codice fiscale. Per un cliente estero senza identificativo usare IdFiscaleIVA con il suo Paese e IdCodice OO99999999999.',
    en: 'Add at the head of the buyer’s block {block} IdFiscaleIVA (IdPaese and IdCodice) with the VAT number or, for a private person, CodiceFiscale. For a foreign buyer without any id use IdFiscaleIVA with the country and IdCodice OO99999999999.',
  },
  source: LISTS,
  run: (document, _context, report) => {
    const { buyer } = headerParts(document);
    const block = document.schema.kind === 'simplified' ? 'IdentificativiFiscali' : 'DatiAnagrafici';
    if (buyer.element && !buyer.idFiscaleIva && !buyer.codiceFiscale) report({ at: buyer.ids ?? buyer.element, missing: buyer.ids ? 'IdFiscaleIVA' : `${block}/IdFiscaleIVA`, texts: { block } });
  },
};

const ABOLISHED_REGIME: Check = {
  code: '00459',
  severity: 'warning',
  formati: ['FPA12', 'FPR12'],
  since: '2017-03-15',
  title: { it: 'RegimeFiscale RF03 non è più ammesso', en: 'RegimeFiscale RF03 is no longer allowed' },
  reason: { it: 'RegimeFiscale è RF03 (nuove iniziative produttive), regime che non esiste più.', en: 'RegimeFiscale is RF03 (new productive initiatives), a regime that no longer exists.' },
  mend: { it: 'Indicare il regime attuale del cedente: RF01 ordinario, RF19 forfettario, o un altro dell’elenco.', en: 'Give the seller’s regime of today: RF01 ordinary, RF19 flat-rate, or another of the list.' },
  source: 'Elenco controlli 1.5 (2017-03-15), codice 00459',
  practice: { it: 'Codice storico: RF03 è uscito dallo schema, perciò oggi SdI scarta con 00200. L’avviso spiega il perché.', en: 'A code of the past: RF03 has left the schema, so today SdI rejects with 00200. The warning says why.' },
  run: (document, _context, report) => {
    const { regimeFiscale } = headerParts(document);
    if (regimeFiscale?.value === 'RF03') report({ at: regimeFiscale });
  },
};

const BUYER_VAT_REQUIRED: Check = {
  code: '00475',
  severity: 'error',
  formati: ['FPA12', 'FPR12'],
  tipiDocumento: BUYER_ISSUED,
  since: firstDayOf('1.7.1'),
  title: { it: 'TD16, TD17, TD18, TD19, TD20, TD22, TD23, TD28 e TD29 vogliono IdFiscaleIVA del cessionario', en: 'TD16, TD17, TD18, TD19, TD20, TD22, TD23, TD28 and TD29 need the buyer’s IdFiscaleIVA' },
  reason: { it: 'Il documento {position}è un {tipo}, emesso dal cessionario con la sua partita IVA, ma manca IdFiscaleIVA del cessionario.', en: 'The document {position}is a {tipo}, issued by the buyer under the buyer’s VAT number, but the buyer’s IdFiscaleIVA is missing.' },
  mend: { it: 'Aggiungere all’inizio dei DatiAnagrafici del cessionario IdFiscaleIVA (IdPaese e IdCodice) con la sua partita IVA.', en: 'Add IdFiscaleIVA (IdPaese and IdCodice) with the VAT number at the head of the buyer’s DatiAnagrafici.' },
  source: 'Allegato A 1.9.1, appendice 1 (dalla 1.6.4; TD28 dalla 1.7.1, TD29 dalla 1.9)',
  practice: { it: 'La versione 1.6.4 non ha un giorno certo nelle fonti: la regola conta dalla 1.7.1 (1 ottobre 2022).', en: 'Version 1.6.4 has no certain day in the sources: the rule counts from 1.7.1 (1 October 2022).' },
  run: (document, _context, report) => {
    const { buyer } = headerParts(document);
    if (!buyer.element || buyer.idFiscaleIva) return;
    const body = document.bodies.find((one) => BUYER_ISSUED.includes(tipoDocumento(one)?.value ?? ''));
    if (!body) return;
    const position = document.bodies.length > 1 ? `${body.index} ` : '';
    report({ at: buyer.ids ?? buyer.element, missing: 'IdFiscaleIVA', texts: { tipo: tipoDocumento(body)?.value ?? '', position } });
  },
};

const ONE_ITALIAN: Check = {
  code: '00476',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  since: firstDayOf('1.7.1'),
  title: { it: 'Cedente e cessionario non possono avere entrambi IdPaese diverso da IT', en: 'Seller and buyer must not both have an IdPaese other than IT' },
  reason: { it: 'IdPaese è {found} per il cedente e {other} per il cessionario: almeno uno dei due deve essere IT.', en: 'IdPaese is {found} for the seller and {other} for the buyer: at least one must be IT.' },
  mend: {
    it: 'Indicare IT, con la partita IVA italiana, per la parte che ne ha una; se nessuna delle due è italiana la fattura non passa da SdI.',
    en: 'Give IT, with the Italian VAT number, for the party that has one; if neither is Italian the invoice does not go through SdI.',
  },
  source: 'Allegato A 1.9.1, appendice 1 (dalla 1.7.1)',
  run: (document, _context, report) => {
    const { seller, buyer } = headerParts(document);
    const one = valueOf(seller.idPaese);
    const other = valueOf(buyer.idPaese);
    if (one !== undefined && other !== undefined && one !== 'IT' && other !== 'IT') report({ at: seller.idPaese, texts: { other } });
  },
};

export const BUYER_CHECKS: readonly Check[] = [BUYER_HAS_ID, ABOLISHED_REGIME, BUYER_VAT_REQUIRED, ONE_ITALIAN];
