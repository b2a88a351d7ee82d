import { z } from 'zod';
import { day } from '../../platform/http/bounds.js';
import { pageQuery } from '../../platform/index.js';
import { REASONS, type Reason } from '../judge/reasons.js';
import { DISPOSITIONS } from '../ledger/ledger.js';

/** What a list of messages may be asked for; the same names in the URL of the API and of the dashboard. */
export const ListQuery = z.object({
  mailbox: z.uuid().optional(),
  company: z.uuid().optional(),
  invoice: z.uuid().optional(),
  disposition: z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(DISPOSITIONS)).max(DISPOSITIONS.length))
    .optional(),
  reason: z.enum(Object.keys(REASONS) as [Reason, ...Reason[]]).optional(),
  /** First and last day on which the message was fetched, calendar days of Europe/Rome. */
  from: day.optional(),
  to: day.optional(),
  /** Words of at least three characters in subject, sender, identificativo, IdentificativoSdI and Message-ID; all of them. */
  q: z
    .string()
    .trim()
    .max(200)
    .refine((text) => text.split(/\s+/).every((word) => word.length >= 3), {
      params: { code: 'word-too-short', message: { it: 'Ogni parola cercata deve avere almeno tre caratteri.', en: 'Each word that is searched for must have at least three characters.' } },
    })
    .optional(),
  ...pageQuery,
});
export type MessageFilter = z.infer<typeof ListQuery>;
