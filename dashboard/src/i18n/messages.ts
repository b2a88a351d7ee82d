import type { Text } from '../api/types.js';
import { common } from './texts/common.js';
import { companies } from './texts/companies.js';
import { findings } from './texts/findings.js';
import { invoice } from './texts/invoice.js';
import { invoices } from './texts/invoices.js';
import { mailboxes } from './texts/mailboxes.js';
import { messages as ledger } from './texts/messages.js';
import { received } from './texts/received.js';
import { quarantine } from './texts/quarantine.js';
import { sandbox } from './texts/sandbox.js';
import { signIn } from './texts/sign-in.js';
import { statuses } from './texts/statuses.js';
import { trust } from './texts/trust.js';
import { upload } from './texts/upload.js';
import { verdicts } from './texts/verdicts.js';
import { webhooks } from './texts/webhooks.js';

/** Every text of the application, Italian and English side by side: a key without either does not compile. */
export const MESSAGES = {
  ...common,
  ...companies,
  ...findings,
  ...invoice,
  ...invoices,
  ...ledger,
  ...mailboxes,
  ...received,
  ...quarantine,
  ...sandbox,
  ...signIn,
  ...statuses,
  ...trust,
  ...upload,
  ...verdicts,
  ...webhooks,
} as const satisfies Record<string, Text>;

export type MessageKey = keyof typeof MESSAGES;

/** Names in the placeholders of a text: `{n}` and, for a choice between singular and plural, `{n|fattura|fatture}`. */
type Placeholders<S extends string> = S extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name}|${string}` ? Name : Inside) | Placeholders<Rest>
  : never;

type ParameterNames<K extends MessageKey> = Placeholders<(typeof MESSAGES)[K]['it']>;

/** What `t` must be given besides the key: nothing for a plain text, every placeholder otherwise. */
export type Parameters<K extends MessageKey> = [ParameterNames<K>] extends [never]
  ? []
  : [parameters: Record<ParameterNames<K>, string | number>];
