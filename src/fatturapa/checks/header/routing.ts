import { valueOf, xpathOf } from '../../document/model.js';
import { FORMATI_TRASMISSIONE, type FormatoTrasmissione } from '../../types.js';
import { firstDayOf, lastDayBefore } from '../rule-versions.js';
import type { Check } from '../types.js';
import { headerParts } from './parties.js';

/** The buyer is not established in Italy (CodiceDestinatario-special.csv). */
export const FOREIGN_CODE = 'XXXXXXX';
/** No channel: PECDestinatario, or the reserved area. */
export const NO_CHANNEL = '0000000';

/** In characters; for FSM10 the schema asks for it, without a code of SdI's. */
const CODICE_DESTINATARIO_LENGTH: Readonly<Record<FormatoTrasmissione, number>> = { FPA12: 6, FPR12: 7, FSM10: 7 };

/** Values that stand for no office and no channel, by format: typed in by people who know no better. */
const PLACEHOLDERS: Readonly<Record<FormatoTrasmissione, readonly string[]>> = { FPA12: ['000000', 'XXXXXX'], FPR12: ['9999999'], FSM10: ['9999999'] };

const PLAUSIBLE_CODE: Check = {
  code: '00311',
  severity: 'warning',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'CodiceDestinatario deve essere un codice attribuito (IPA per FPA12, canali accreditati per FPR12 e FSM10)', en: 'CodiceDestinatario must be a code that was given out (IPA for FPA12, accredited channels for FPR12 and FSM10)' },
  reason: { it: 'CodiceDestinatario {found} non è un codice attribuito né uno dei valori convenzionali.', en: 'CodiceDestinatario {found} is neither a code that was given out nor one of the conventional values.' },
  mend: { it: '{how}', en: '{how}' },
  source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
  practice: {
    it: 'Se il codice esista lo sanno solo IPA e il registro dei canali: qui si riconoscono soltanto i valori che non sono codici, con un avviso. SdI non fa il controllo quando il cessionario ha registrato un indirizzo per la sua partita IVA.',
    en: 'Whether a code exists only IPA and the register of channels know: here only values that are no codes are recognised, as a warning. SdI does not make the test when the buyer has registered an address for the VAT number.',
  },
  run: (document, _context, report) => {
    const { codiceDestinatario } = headerParts(document);
    if (!PLACEHOLDERS[document.formato].includes(valueOf(codiceDestinatario) ?? '')) return;
    const how =
      document.formato === 'FPA12'
        ? { it: 'Indicare il codice univoco ufficio di 6 caratteri che si trova su IPA (indicepa.gov.it), oppure 999999 se l’ufficio non vi è.', en: 'Give the office’s 6 character code found in IPA (indicepa.gov.it), or 999999 if the office is not there.' }
        : { it: 'Indicare il codice di 7 caratteri comunicato dal cessionario, oppure 0000000 se non ne ha uno.', en: 'Give the 7 character code that the buyer has told, or 0000000 if there is none.' };
    report({ at: codiceDestinatario, texts: { how } });
  },
};

/** `XXXXXXX` is for buyers outside Italy. */
function foreignCode(formati: readonly FormatoTrasmissione[], certain: boolean): Check {
  return {
    code: '00313',
    severity: certain ? 'error' : 'warning',
    formati,
    since: firstDayOf('1.5'),
    title: { it: 'CodiceDestinatario XXXXXXX è ammesso solo con IdFiscaleIVA del cessionario di un Paese diverso da IT', en: 'CodiceDestinatario XXXXXXX is allowed only with a buyer IdFiscaleIVA of a country other than IT' },
    reason: {
      it: `CodiceDestinatario XXXXXXX è riservato ai cessionari esteri, ma {instead}.${certain ? '' : ' SdI può scartare il file.'}`,
      en: `CodiceDestinatario XXXXXXX is kept for foreign buyers, but {instead}.${certain ? '' : ' SdI may reject the file.'}`,
    },
    mend: {
      it: 'Se il cessionario è italiano scrivere il suo codice di 7 caratteri, oppure 0000000; se è estero indicare in IdFiscaleIVA il suo Paese e il suo identificativo.',
      en: 'If the buyer is Italian write the buyer’s 7 character code, or 0000000; if foreign give country and id of the buyer in IdFiscaleIVA.',
    },
    source: 'Allegato A 1.9.1, appendice 1',
    ...(!certain && { practice: { it: 'Il testo 1.9.1 parla delle sole fatture ordinarie: per la semplificata è un avviso.', en: 'The text of 1.9.1 speaks of ordinary invoices only: for the simplified one it is a warning.' } }),
    run: (document, _context, report) => {
      const { codiceDestinatario, buyer } = headerParts(document);
      if (valueOf(codiceDestinatario) !== FOREIGN_CODE) return;
      const paese = buyer.idPaese;
      if (paese && (!paese.valid || paese.value !== 'IT')) return;
      const instead = paese ? { it: 'il Paese di IdFiscaleIVA del cessionario è IT', en: 'the country of the buyer’s IdFiscaleIVA is IT' } : { it: 'il cessionario non ha IdFiscaleIVA', en: 'the buyer has no IdFiscaleIVA' };
      report({ at: codiceDestinatario, texts: { instead } });
    },
  };
}

const SDI_MAILBOX = /^sdi..@pec\.fatturapa\.it$/i;

const NOT_SDI_ITSELF: Check = {
  code: '00330',
  severity: 'error',
  formati: ['FPR12', 'FSM10'],
  since: firstDayOf('1.5'),
  title: { it: 'PECDestinatario non può essere una casella dello stesso SdI', en: 'PECDestinatario must not be a mailbox of SdI itself' },
  reason: { it: 'PECDestinatario {found} è una casella di SdI, non del cessionario.', en: 'PECDestinatario {found} is a mailbox of SdI, not of the buyer.' },
  mend: { it: 'Indicare la PEC del cessionario, oppure togliere PECDestinatario se non è nota.', en: 'Give the buyer’s certified address, or remove PECDestinatario if it is not known.' },
  source: 'Allegato A 1.9.1, appendice 1',
  run: (document, _context, report) => {
    const { pecDestinatario } = headerParts(document);
    if (SDI_MAILBOX.test(valueOf(pecDestinatario) ?? '')) report({ at: pecDestinatario });
  },
};

const LENGTH_BY_FORMAT: Check = {
  code: '00427',
  severity: 'error',
  formati: ['FPA12', 'FPR12'],
  title: { it: 'CodiceDestinatario ha 6 caratteri con FPA12 e 7 con FPR12', en: 'CodiceDestinatario has 6 characters with FPA12 and 7 with FPR12' },
  reason: { it: 'CodiceDestinatario {found} ha {count} caratteri: con FormatoTrasmissione {formato} ne servono {wanted}.', en: 'CodiceDestinatario {found} has {count} characters: FormatoTrasmissione {formato} needs {wanted}.' },
  mend: { it: '{how}', en: '{how}' },
  source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
  run: (document, _context, report) => {
    const { codiceDestinatario, formato } = headerParts(document);
    const code = valueOf(codiceDestinatario);
    if (code === undefined || !formato?.valid) return;
    const wanted = CODICE_DESTINATARIO_LENGTH[document.formato];
    if (code.length === wanted) return;
    const how =
      document.formato === 'FPA12'
        ? {
            it: 'Se il cessionario è una pubblica amministrazione indicare il codice univoco ufficio di 6 caratteri (IPA); se è un privato scrivere FPR12 in FormatoTrasmissione e nell’attributo versione.',
            en: 'If the buyer is a public body give the office’s code of 6 characters (IPA); if private write FPR12 in FormatoTrasmissione and in the attribute versione.',
          }
        : {
            it: 'Se il cessionario è un privato indicare il suo codice di 7 caratteri, oppure 0000000 se non ne ha uno; se è una pubblica amministrazione scrivere FPA12 in FormatoTrasmissione e nell’attributo versione.',
            en: 'If the buyer is private give the buyer’s code of 7 characters, or 0000000 if there is none; if a public body write FPA12 in FormatoTrasmissione and in the attribute versione.',
          };
    report({ at: codiceDestinatario, texts: { count: String(code.length), wanted: String(wanted), formato: document.formato, how } });
  },
};

const SAME_VERSION: Check = {
  code: '00428',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'L’attributo versione della radice deve essere uguale a FormatoTrasmissione', en: 'The root’s attribute versione must equal FormatoTrasmissione' },
  reason: { it: 'L’attributo versione della radice è "{found}", mentre FormatoTrasmissione è {formato}.', en: 'The root’s attribute versione is "{found}", but FormatoTrasmissione is {formato}.' },
  mend: { it: 'Scrivere versione="{formato}" nell’elemento radice.', en: 'Write versione="{formato}" in the root element.' },
  source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
  run: (document, _context, report) => {
    const { formato, codiceDestinatario } = headerParts(document);
    const wanted = valueOf(formato);
    // A versione that is none of the schema's formats is a fault of structure, said there.
    if (wanted === undefined || wanted === document.versione || !(document.schema.formati as readonly string[]).includes(document.versione)) return;
    // Only when the recipient's code has the length of the format is the format surely the right one of the two.
    const sure = valueOf(codiceDestinatario)?.length === CODICE_DESTINATARIO_LENGTH[document.formato];
    report({
      at: document.root,
      missing: '@versione',
      value: document.versione,
      texts: { formato: wanted },
      ...(sure && { patch: [{ op: 'replace', path: `${xpathOf(document.root)}/@versione`, value: wanted }] }),
    });
  },
};

const PEC_BESIDE_CODE: Check = {
  code: '00426',
  severity: 'warning',
  formati: ['FPR12'],
  title: { it: 'PECDestinatario va indicato solo con CodiceDestinatario 0000000', en: 'PECDestinatario belongs only beside CodiceDestinatario 0000000' },
  reason: {
    it: 'PECDestinatario è {found}, ma CodiceDestinatario è {code}: SdI consegna al codice e non guarda la PEC.',
    en: 'PECDestinatario is {found}, but CodiceDestinatario is {code}: SdI delivers to the code and does not look at the address.',
  },
  mend: { it: 'Togliere PECDestinatario; se invece la fattura deve arrivare alla PEC, scrivere 0000000 in CodiceDestinatario.', en: 'Remove PECDestinatario; if the invoice is to reach that address, write 0000000 in CodiceDestinatario.' },
  source: 'Elenco controlli 1.5 (2017), codice 00426',
  practice: {
    it: 'Codice storico, non più nell’elenco da Allegato A 1.1 (2018): SdI accetta il file e ignora la PEC. È un avviso perché di solito chi ha scritto la PEC vuole che la fattura vi arrivi.',
    en: 'A code of the past, gone from the list with Allegato A 1.1 (2018): SdI takes the file and ignores the address. A warning, because who wrote the address usually wants the invoice to reach it.',
  },
  run: (document, _context, report) => {
    const { codiceDestinatario, pecDestinatario } = headerParts(document);
    const code = valueOf(codiceDestinatario);
    if (pecDestinatario && code !== undefined && code !== NO_CHANNEL) report({ at: pecDestinatario, texts: { code } });
  },
};

const PEC_WITHOUT_CODE: Check = {
  code: '00426',
  severity: 'warning',
  formati: ['FPR12'],
  until: lastDayBefore('1.1'),
  title: { it: 'Con CodiceDestinatario 0000000 era obbligatorio PECDestinatario', en: 'With CodiceDestinatario 0000000 PECDestinatario was required' },
  reason: { it: 'CodiceDestinatario è 0000000 e manca PECDestinatario.', en: 'CodiceDestinatario is 0000000 and PECDestinatario is missing.' },
  mend: { it: 'Indicare PECDestinatario, oppure il codice di 7 caratteri del cessionario.', en: 'Give PECDestinatario, or the buyer’s 7 character code.' },
  source: 'Elenco controlli 1.5 (2017), codice 00426',
  practice: {
    it: 'Vale solo per i file trasmessi prima di Allegato A 1.1: da allora la fattura va nell’area riservata del cessionario (si veda tax-drawer).',
    en: 'Only for files sent before Allegato A 1.1: since then the invoice goes to the buyer’s reserved area (see tax-drawer).',
  },
  run: (document, _context, report) => {
    const { codiceDestinatario, pecDestinatario, trasmissione } = headerParts(document);
    if (trasmissione && !pecDestinatario && valueOf(codiceDestinatario) === NO_CHANNEL) report({ at: trasmissione, missing: 'PECDestinatario' });
  },
};

export const ROUTING_CHECKS: readonly Check[] = [PLAUSIBLE_CODE, foreignCode(['FPR12'], true), foreignCode(['FSM10'], false), NOT_SDI_ITSELF, PEC_BESIDE_CODE, PEC_WITHOUT_CODE, LENGTH_BY_FORMAT, SAME_VERSION];
