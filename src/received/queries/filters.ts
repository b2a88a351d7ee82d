import { z } from 'zod';
import { day } from '../../platform/http/bounds.js';
import { pageQuery } from '../../platform/http/cursor.js';

const list = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .transform((value) => value.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(values)).max(values.length));

export const WORST = ['error', 'warning', 'hint', 'none'] as const;

/** What a list of received invoices may be asked for; the same names in the URL of the API and of the dashboard. */
export const ReceivedListQuery = z.object({
  company: z.uuid().optional(),
  mailbox: z.uuid().optional(),
  /** Words of the seller's name, VAT number or codice fiscale. */
  seller: z.string().trim().max(200).optional(),
  q: z.string().trim().max(200).optional(),
  number: z.string().max(100).optional(),
  /** TipoDocumento, one or several separated by commas. */
  type: z
    .string()
    .max(100)
    .transform((value) => value.toUpperCase().split(',').filter((part) => part !== ''))
    .pipe(z.array(z.string().regex(/^TD\d{2}$/)).max(20))
    .optional(),
  /** First and last day of arrival, calendar days of Europe/Rome. */
  from: day.optional(),
  to: day.optional(),
  /** First and last date of the document. */
  dateFrom: day.optional(),
  dateTo: day.optional(),
  /** The gravest finding: `error`, `warning`, `hint`, `none`, or several separated by commas. */
  findings: list(WORST).optional(),
  acknowledged: z.stringbool().optional(),
  identificativoSdi: z.string().max(36).optional(),
  fileName: z.string().max(255).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  /** The mail that brought it: an id of `/v1/messages`. */
  message: z.uuid().optional(),
  /** The invoice of ours that came back. */
  sentInvoice: z.uuid().optional(),
  ...pageQuery,
});
export type ReceivedFilters = z.infer<typeof ReceivedListQuery>;
