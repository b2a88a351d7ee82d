import { MAX_INVOICE_BYTES } from '../../limits.js';
import { FORMATI_TRASMISSIONE } from '../../types.js';
import type { Check } from '../types.js';

/** 5 MB if MB is 2^20 bytes; `MAX_INVOICE_BYTES` is 5 MB if it is 10^6. */
const CERTAINLY_TOO_LARGE = 5 * 2 ** 20;

export const SIZE_CHECKS: readonly Check[] = [
  {
    code: '00003',
    severity: 'error',
    formati: FORMATI_TRASMISSIONE,
    tolerance: '5000000-5242880',
    title: { it: 'Il file non deve superare 5 MB', en: 'The file must not exceed 5 MB' },
    reason: { it: 'Il file è di {found} byte: SdI accetta al massimo 5 MB.', en: 'The file has {found} bytes: SdI takes at most 5 MB.' },
    mend: { it: 'Ridurre o togliere gli allegati, oppure dividere il lotto in più file.', en: 'Make the attachments smaller or remove them, or split the lot into several files.' },
    doubt: {
      reason: { it: 'Il file è di {found} byte, tra i due modi di contare i 5 MB (5000000 o 5242880 byte): SdI può scartarlo.', en: 'The file has {found} bytes, between the two ways to count 5 MB (5000000 or 5242880 bytes): SdI may reject it.' },
      mend: { it: 'Ridurre gli allegati fino a stare sotto 5000000 byte, oppure dividere il lotto in più file.', en: 'Make the attachments smaller until the file is below 5000000 bytes, or split the lot into several files.' },
    },
    source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
    practice: {
      it: 'Non è scritto se MB sia 10^6 o 2^20 byte: tra i due limiti è un avviso. Conta il file come viene inviato, firma compresa. Il servizio non legge file oltre 5000000 byte.',
      en: 'Whether MB is 10^6 or 2^20 bytes is written nowhere: between the two limits it is a warning. What counts is the file as sent, signature included. The service reads no file above 5000000 bytes.',
    },
    run: (_document, { size }, report) => {
      if (size !== undefined && size > MAX_INVOICE_BYTES) report({ value: String(size), doubtful: size <= CERTAINLY_TOO_LARGE });
    },
  },
];
