import { z } from 'zod';

const common = { account: z.string().max(254).toLowerCase().optional(), count: z.int().min(1).max(100_000).default(1) };
const code = z.int().min(400).max(599);
const text = z.string().min(1).max(300);
const pause = z.int().min(1).max(600_000);
const stage = z.enum(['connect', 'mail', 'rcpt', 'data', 'body', 'stored']);

/** A fault as `POST /v1/sandbox/faults` takes it: every parameter but the kind has a default, so that a kind alone does what its name says. */
export const FaultBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('smtp-auth-refused'), ...common }),
  z.object({
    kind: z.literal('smtp-refuse'),
    at: z.enum(['mail', 'rcpt', 'data', 'body']).default('body'),
    code: code.default(451),
    text: text.default('4.3.2 System not accepting messages now (sandbox)'),
    ...common,
  }),
  z.object({ kind: z.literal('smtp-drop'), at: stage.default('stored'), ...common }),
  z.object({ kind: z.literal('smtp-slow'), at: stage.default('stored'), milliseconds: pause.default(5000), ...common }),
  z.object({ kind: z.literal('imap-auth-refused'), ...common }),
  z.object({ kind: z.literal('imap-drop'), ...common }),
  z.object({ kind: z.literal('imap-slow'), milliseconds: pause.default(5000), ...common }),
  z.object({ kind: z.literal('mailbox-full'), ...common }),
  z.object({ kind: z.literal('duplicate'), ...common }),
  z.object({ kind: z.literal('swallow-receipt'), at: z.enum(['accettazione', 'avvenuta-consegna']).default('accettazione'), ...common }),
  z.object({ kind: z.literal('reorder'), ...common }),
  z.object({ kind: z.literal('bump-uidvalidity'), account: common.account }),
]);
