import type { Element } from '../../document/model.js';
import { valueOf } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import { firstDayOf } from '../rule-versions.js';
import type { Check } from '../types.js';
import { headerParts, sameness, type Subject, tipoDocumento, vatId } from './parties.js';

const DIFFERENT_PARTIES: readonly string[] = ['TD01', 'TD02', 'TD03', 'TD06', 'TD16', 'TD17', 'TD18', 'TD19', 'TD20', 'TD24', 'TD25', 'TD28', 'TD29'];
const DIFFERENT_PARTIES_SIMPLIFIED: readonly string[] = ['TD07'];
const SAME_PARTY: readonly string[] = ['TD21', 'TD27'];

const SOURCE = 'Allegato A 1.9.1, appendice 1 (dalla 1.6; TD27 e TD28 dalla 1.7.1, TD29 dalla 1.9)';
const HOW_COMPARED: Text = {
  it: 'Come SdI confronti due soggetti di cui uno ha il solo codice fiscale non è scritto. È un errore quando decidono le due partite IVA; è un avviso quando decide il codice fiscale, o quando a pari partita IVA i codici fiscali sono diversi (gruppo IVA).',
  en: 'How SdI compares two subjects of which one has a codice fiscale only is written nowhere. An error where the two VAT ids decide; a warning where the codice fiscale decides, or where the codici fiscali differ under one VAT id (VAT group).',
};

/** The id that people see first. */
const idOf = (subject: Subject): string => vatId(subject) ?? valueOf(subject.codiceFiscale) ?? '';

/** The first body of one of the types: the parties are those of the header, so once per file is enough. */
const firstOf = (bodies: readonly Element[], tipi: readonly string[]): Element | undefined => bodies.map(tipoDocumento).find((tipo) => tipo !== undefined && tipi.includes(tipo.value));

function mustDiffer(formati: Check['formati'], tipi: readonly string[]): Check {
  return {
    code: '00471',
    severity: 'error',
    formati,
    tipiDocumento: tipi,
    since: firstDayOf('1.6'),
    title: { it: 'Cedente e cessionario devono essere soggetti diversi', en: 'Seller and buyer must be different subjects' },
    reason: { it: 'Cedente e cessionario sono lo stesso soggetto ({found}), e un {tipo} non lo ammette.', en: 'Seller and buyer are the same subject ({found}), which a {tipo} does not allow.' },
    mend: {
      it: 'Indicare in CessionarioCommittente il cliente vero. Se è un’autofattura usare il tipo giusto: TD27 per autoconsumo o cessioni gratuite, TD21 per splafonamento; negli acquisti (TD16-TD20, TD28, TD29) il cedente è il fornitore.',
      en: 'Give the true customer in CessionarioCommittente. For a self-invoice use the right type: TD27 for own consumption or free supplies, TD21 for exceeding the plafond; in purchases (TD16-TD20, TD28, TD29) the seller is the supplier.',
    },
    doubt: {
      reason: {
        it: 'Cedente e cessionario sembrano lo stesso soggetto ({found}, {other}), e un {tipo} non lo ammette: SdI può scartare il file.',
        en: 'Seller and buyer seem to be the same subject ({found}, {other}), which a {tipo} does not allow: SdI may reject the file.',
      },
      mend: {
        it: 'Verificare gli identificativi di CessionarioCommittente. Se è un’autofattura usare TD27 (autoconsumo, cessioni gratuite) o TD21 (splafonamento).',
        en: 'Check the ids in CessionarioCommittente. For a self-invoice use TD27 (own consumption, free supplies) or TD21 (exceeding the plafond).',
      },
    },
    source: SOURCE,
    practice: HOW_COMPARED,
    run: (document, _context, report) => {
      const { seller, buyer } = headerParts(document);
      const verdict = sameness(seller, buyer);
      if (verdict !== 'same' && verdict !== 'perhaps-same') return;
      const tipo = firstOf(document.bodies, tipi);
      report({ at: buyer.idFiscaleIva ?? buyer.codiceFiscale, value: idOf(buyer), doubtful: verdict === 'perhaps-same', texts: { tipo: tipo?.value ?? '', other: idOf(seller) } });
    },
  };
}

const MUST_BE_SAME: Check = {
  code: '00472',
  severity: 'error',
  formati: ['FPA12', 'FPR12'],
  tipiDocumento: SAME_PARTY,
  since: firstDayOf('1.6'),
  title: { it: 'In TD21 e TD27 cedente e cessionario devono essere lo stesso soggetto', en: 'In TD21 and TD27 seller and buyer must be the same subject' },
  reason: { it: 'Un {tipo} è un’autofattura: il cessionario deve essere il cedente stesso ({seller}), non {found}.', en: 'A {tipo} is a self-invoice: the buyer must be the seller itself ({seller}), not {found}.' },
  mend: { it: 'Ripetere in CessionarioCommittente gli identificativi del cedente ({seller}), oppure usare un altro TipoDocumento se il cliente è davvero {found}.', en: 'Repeat the seller’s ids ({seller}) in CessionarioCommittente, or use another TipoDocumento if the customer truly is {found}.' },
  doubt: {
    reason: {
      it: 'Un {tipo} è un’autofattura: il cessionario deve essere il cedente stesso ({seller}), e dai codici fiscali ({found}) non sembra.',
      en: 'A {tipo} is a self-invoice: the buyer must be the seller itself ({seller}), and by the codici fiscali ({found}) it does not seem so.',
    },
    mend: { it: 'Indicare in CessionarioCommittente la stessa partita IVA del cedente ({seller}) in IdFiscaleIVA.', en: 'Give the seller’s own VAT number ({seller}) in the IdFiscaleIVA of CessionarioCommittente.' },
  },
  source: SOURCE,
  practice: HOW_COMPARED,
  run: (document, _context, report) => {
    const { seller, buyer } = headerParts(document);
    const verdict = sameness(seller, buyer);
    if (verdict === 'same' || verdict === 'perhaps-same' || (verdict === 'unknown' && idOf(buyer) === '')) return;
    const tipo = firstOf(document.bodies, SAME_PARTY);
    report({ at: buyer.idFiscaleIva ?? buyer.codiceFiscale, value: idOf(buyer), doubtful: verdict !== 'different', texts: { tipo: tipo?.value ?? '', seller: idOf(seller) } });
  },
};

const FOREIGN_SUPPLIER: readonly string[] = ['TD17', 'TD18', 'TD19'];
/** Livigno and Campione d'Italia (IdPaese-special.csv), for these types only. */
const OO_ADMITTED: readonly string[] = ['TD17', 'TD19'];

const COUNTRY_SOURCE = 'Allegato A 1.9.1, appendice 1 (dalla 1.6; TD28 dalla 1.7.1, TD29 dalla 1.9)';

function foreignSupplier(tipi: readonly string[], since: string): Check {
  return {
    code: '00473',
    severity: 'error',
    formati: ['FPA12', 'FPR12'],
    tipiDocumento: tipi,
    since,
    title: { it: `In ${tipi.join(', ')} il cedente non può avere IdPaese IT`, en: `In ${tipi.join(', ')} the seller’s IdPaese must not be IT` },
    reason: { it: 'Il documento è un {tipo}, un acquisto da un fornitore estero, ma IdPaese del cedente è IT.', en: 'The document is a {tipo}, a purchase from a foreign supplier, but the seller’s IdPaese is IT.' },
    mend: {
      it: 'Indicare in CedentePrestatore il fornitore estero, con il suo Paese in IdPaese, e se stessi in CessionarioCommittente. Per il reverse charge interno (fornitore italiano) il tipo è TD16.',
      en: 'Give the foreign supplier in CedentePrestatore, with its country in IdPaese, and yourself in CessionarioCommittente. For domestic reverse charge (Italian supplier) the type is TD16.',
    },
    doubt: {
      reason: { it: 'IdPaese OO (Livigno e Campione d’Italia) è previsto solo per TD17 e TD19; il documento è un {tipo}.', en: 'IdPaese OO (Livigno and Campione d’Italia) is foreseen for TD17 and TD19 only; the document is a {tipo}.' },
      mend: { it: 'Verificare TipoDocumento: per beni da Livigno o Campione il tipo è TD19, per servizi TD17.', en: 'Check TipoDocumento: for goods from Livigno or Campione the type is TD19, for services TD17.' },
    },
    source: COUNTRY_SOURCE,
    practice: { it: 'OO è ammesso per TD17 e TD19 (residenti a Livigno e Campione d’Italia); con gli altri tipi il testo tace, perciò è un avviso.', en: 'OO is admitted for TD17 and TD19 (residents of Livigno and Campione d’Italia); of the other types the text is silent, so it is a warning.' },
    run: (document, _context, report) => {
      const { seller } = headerParts(document);
      const paese = valueOf(seller.idPaese);
      if (paese !== 'IT' && paese !== 'OO') return;
      const tipo = firstOf(document.bodies, paese === 'IT' ? tipi : tipi.filter((one) => !OO_ADMITTED.includes(one)));
      if (tipo) report({ at: seller.idPaese, doubtful: paese === 'OO', texts: { tipo: tipo.value } });
    },
  };
}

const ITALIAN_SUPPLIER: Check = {
  code: '00473',
  severity: 'error',
  formati: ['FPA12', 'FPR12'],
  tipiDocumento: ['TD29'],
  since: firstDayOf('1.9'),
  title: { it: 'In TD29 il cedente deve avere IdPaese IT', en: 'In TD29 the seller’s IdPaese must be IT' },
  reason: { it: 'Il documento è un TD29 (comunicazione di fattura omessa o irregolare), ma IdPaese del cedente è {found} e non IT.', en: 'The document is a TD29 (report of an omitted or irregular invoice), but the seller’s IdPaese is {found}, not IT.' },
  mend: { it: 'Indicare in CedentePrestatore il fornitore italiano con IdPaese IT; per un fornitore estero i tipi sono TD17, TD18 e TD19.', en: 'Give the Italian supplier in CedentePrestatore with IdPaese IT; for a foreign supplier the types are TD17, TD18 and TD19.' },
  source: COUNTRY_SOURCE,
  run: (document, _context, report) => {
    const { seller } = headerParts(document);
    const paese = valueOf(seller.idPaese);
    if (paese !== undefined && paese !== 'IT') report({ at: seller.idPaese });
  },
};

export const SUBJECT_CHECKS: readonly Check[] = [
  mustDiffer(['FPA12', 'FPR12'], DIFFERENT_PARTIES),
  mustDiffer(['FSM10'], DIFFERENT_PARTIES_SIMPLIFIED),
  MUST_BE_SAME,
  foreignSupplier(FOREIGN_SUPPLIER, firstDayOf('1.6')),
  foreignSupplier(['TD28'], firstDayOf('1.7.1')),
  ITALIAN_SUPPLIER,
];
