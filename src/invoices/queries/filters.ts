import { z } from 'zod';
import { day } from '../../platform/http/bounds.js';
import { STATUSES } from '../../sdi/lifecycle/types.js';

/** What a list of invoices may be asked for; the same names in the URL of the API and of the dashboard. */
export const ListQuery = z.object({
  status: z
    .string()
    .transform((value) => value.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(STATUSES)).max(STATUSES.length))
    .optional(),
  company: z.uuid().optional(),
  q: z.string().trim().max(200).optional(),
  /** First and last day of intake, calendar days of Europe/Rome. */
  from: day.optional(),
  to: day.optional(),
  number: z.string().max(20).optional(),
  fileName: z.string().max(60).optional(),
  identificativoSdi: z.string().max(36).optional(),
  sha256: z.string().regex(/^[0-9a-fA-F]{64}$/).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListFilters = z.infer<typeof ListQuery>;
