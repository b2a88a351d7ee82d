import type { Text } from '../../schema/types.js';
import type { Severity } from '../../types.js';

/** A finding that a published sample raises, and why the rule stands all the same. */
export interface SampleNote {
  /** Its name, as published. */
  readonly sample: string;
  readonly code: string;
  readonly severity: Severity;
  readonly why: Text;
}

const INVENTED: Text = {
  it: 'Gli identificativi sono inventati e la loro cifra di controllo è sbagliata: in una trasmissione vera SdI li scarterebbe. Il file passa con un avviso.',
  en: 'The ids are invented and their check digits wrong: in a real transmission SdI would reject them. The file passes with a warning.',
};

/** Errors and warnings of the samples in circulation (official ones of fatturapa.gov.it, and of public libraries). */
export const SAMPLES: readonly SampleNote[] = [
  { sample: 'all (tutti)', code: '00300', severity: 'warning', why: INVENTED },
  { sample: 'all (tutti)', code: '00301', severity: 'warning', why: INVENTED },
  { sample: 'FSM_example_1, FSM_example_creditnote', code: '00302', severity: 'warning', why: INVENTED },
  { sample: 'IT01234567890_FSM10, FSM_example_1, FSM_example_2, FSM_example_creditnote', code: '00305', severity: 'warning', why: INVENTED },
  { sample: 'IT01234567890_FPA01, FPA02, FPA03, FPR01, FPR02, FPR03', code: '00306', severity: 'warning', why: INVENTED },
  {
    sample: 'IT01234567890_FPA01, FPA02, FPA03',
    code: '00102',
    severity: 'warning',
    why: { it: 'Sono fatture alla pubblica amministrazione senza firma: vanno firmate prima dell’invio.', en: 'They are invoices to a public administration without a signature: they must be signed before they are sent.' },
  },
  {
    sample: 'IT01234567890_FPR03',
    code: '00422',
    severity: 'error',
    why: {
      it: 'Nel primo documento le righe al 22 % fanno 25.00 euro e il riepilogo dichiara un imponibile di 27.00: la differenza di 2.00 supera la tolleranza di 1.00. L’esempio è sbagliato: SdI scarterebbe il file, e una tolleranza che lo lasciasse passare lascerebbe passare scarti veri.',
      en: 'In the first document the lines at 22 % make 25.00 euro and the summary states a taxable amount of 27.00: the difference of 2.00 exceeds the tolerance of 1.00. The sample is wrong: SdI would reject the file, and a tolerance that lets it pass would let true rejections pass.',
    },
  },
  {
    sample: 'IT01234567890_FPR03',
    code: '00421',
    severity: 'warning',
    why: {
      it: 'Il 22 % di 27.00 è 5.94 e il riepilogo dichiara 5.95: la differenza è pari alla tolleranza, e le fonti non concordano se passi.',
      en: '22 % of 27.00 is 5.94 and the summary states 5.95: the difference equals the tolerance, and the sources do not agree whether that passes.',
    },
  },
  {
    sample: 'FSM_example_creditnote',
    code: '00418',
    severity: 'error',
    why: {
      it: 'La nota di credito è del 30 marzo 2019 e rettifica una fattura del 14 dicembre 2020, cioè successiva. L’esempio, di terzi, è sbagliato.',
      en: 'The credit note is of 30 March 2019 and mends an invoice of 14 December 2020, which is later. The sample, made by third parties, is wrong.',
    },
  },
];
