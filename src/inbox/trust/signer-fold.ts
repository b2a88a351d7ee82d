import { Injectable, type OnModuleInit } from '@nestjs/common';
import { certificateFacts } from '../../companies/trust/certificate-facts.js';
import type { TrustScope, TrustUse } from '../../companies/trust/trust-entry.js';
import { TrustList } from '../../companies/trust/trust-list.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { Database, Jobs, Log, type Tx } from '../../platform/index.js';
import { Ledger } from '../ledger/ledger.js';
import { MessageSignerReader } from './message-signer.js';

const EVERY_MS = 2_000;
const BATCH = 500;
/** Batches of one run; what is left is the next one's. */
const BATCHES = 40;

interface Change {
  id: string;
  use: TrustUse;
  fingerprint: string;
  mailbox_id: string;
  message_id: string;
  seen_at: Date;
  trusted: boolean;
  messages: number;
  waiting: number;
  applied: number;
}

/** What a batch of changes says of one signer. */
interface Sum {
  readonly scope: TrustScope;
  readonly use: TrustUse;
  readonly fingerprint: string;
  messages: number;
  waiting: number;
  applied: number;
  firstSeen: Date;
  lastSeen: Date;
  lastMessageId: string;
  /** A message that somebody's vouching let through. */
  trustedMessageId?: string;
}

/**
 * Brings what the ledger noted of signers into their register: counts are added up; a certificate that was never seen, or for which somebody vouches since, is read once from a
 * message that it signed. Each change counts exactly once, whatever dies in between: it is taken away in the transaction that adds it up.
 */
@Injectable()
export class SignerFold implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mailboxes: Mailboxes,
    private readonly ledger: Ledger,
    private readonly reader: MessageSignerReader,
    private readonly trust: TrustList,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.sweep('inbox.signers', EVERY_MS, () => this.run());
  }

  /** Adds up what there is, up to a bound. */
  async run(): Promise<void> {
    for (let batch = 0; batch < BATCHES; batch++) if ((await this.#batch()) < BATCH) return;
  }

  async #batch(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const changes = await tx.query<Change>('DELETE FROM signer_changes WHERE id IN (SELECT id FROM signer_changes ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *', [BATCH]);
      if (changes.length === 0) return 0;
      const { changedAt } = await this.trust.revision();
      for (const sum of await this.#sums(tx, changes)) await this.#add(tx, sum, changedAt);
      return changes.length;
    });
  }

  /** In one order, so that two that add up at once do not wait for each other in a circle. */
  async #sums(tx: Tx, changes: readonly Change[]): Promise<Sum[]> {
    const scopes = new Map<string, TrustScope>();
    const sums = new Map<string, Sum>();
    for (const change of changes) {
      const scope = scopes.get(change.mailbox_id) ?? (await this.mailboxes.get(change.mailbox_id, tx))?.trust;
      if (!scope) continue;
      scopes.set(change.mailbox_id, scope);
      const key = `${scope} ${change.use} ${change.fingerprint}`;
      const sum = sums.get(key) ?? { scope, use: change.use, fingerprint: change.fingerprint, messages: 0, waiting: 0, applied: 0, firstSeen: change.seen_at, lastSeen: change.seen_at, lastMessageId: change.message_id };
      sum.messages += change.messages;
      sum.waiting += change.waiting;
      sum.applied += change.applied;
      if (change.seen_at < sum.firstSeen) sum.firstSeen = change.seen_at;
      if (change.messages > 0 && change.seen_at >= sum.lastSeen) [sum.lastSeen, sum.lastMessageId] = [change.seen_at, change.message_id];
      if (change.trusted) sum.trustedMessageId = change.message_id;
      sums.set(key, sum);
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  }

  async #add(tx: Tx, sum: Sum, changedAt: Date): Promise<void> {
    const { scope, use, fingerprint } = sum;
    const [known] = await tx.query<{ chained: boolean; learnt_at: Date }>('SELECT chained, learnt_at FROM signers WHERE scope = $1 AND use = $2 AND fingerprint = $3 FOR UPDATE', [scope, use, fingerprint]);
    const again = known !== undefined && sum.trustedMessageId !== undefined && (!known.chained || known.learnt_at < changedAt);
    if (!known || again) await this.#learn(tx, sum, known !== undefined);
    await tx.query(
      `UPDATE signers SET messages = messages + $4, waiting = waiting + $5, applied = applied + $6, first_seen_at = least(first_seen_at, $7), last_seen_at = greatest(last_seen_at, $8),
         last_message_id = CASE WHEN $8 >= last_seen_at THEN $9 ELSE last_message_id END
       WHERE scope = $1 AND use = $2 AND fingerprint = $3`,
      [scope, use, fingerprint, sum.messages, sum.waiting, sum.applied, sum.firstSeen, sum.lastSeen, sum.lastMessageId],
    );
  }

  /** What the certificate says of itself, and who vouches for it at this moment. */
  async #learn(tx: Tx, sum: Sum, known: boolean): Promise<void> {
    const [entry] = await this.ledger.entries([sum.trustedMessageId ?? sum.lastMessageId], tx);
    const found = entry && (await this.reader.read(entry))?.[sum.use];
    const facts = found && certificateFacts(found.certificate);
    // Between noting and adding up the message may have come to be judged otherwise; then later changes say so too.
    if (!facts || facts.fingerprint !== sum.fingerprint) {
      if (!known) this.log.warn('a signer could not be read again from its message and is not in the register', { use: sum.use, fingerprint: sum.fingerprint, messageId: entry?.id });
      return;
    }
    await tx.query(
      `INSERT INTO signers (scope, use, fingerprint, certificate, subject, issuer, emails, not_before, not_after, path, chained, learnt_at, first_seen_at, last_seen_at, last_message_id,
         messages, waiting, applied, follows)
       VALUES ($1, $2, $3, $4, $5, $6, $7::text[], $8::timestamptz, $9, $10, $11, clock_timestamp(), $12, $13, $14, 0, 0, 0,
         -- By address; SdI's own certificates bear none, and stand for themselves by name.
         (SELECT s.fingerprint FROM signers s WHERE s.scope = $1 AND s.use = $2 AND s.chained AND s.not_before <= $8::timestamptz AND s.fingerprint <> $3
            AND (($2 = 'pec' AND s.emails && $7::text[]) OR ($2 = 'sdi' AND s.subject = $5)) ORDER BY s.not_before DESC LIMIT 1))
       ON CONFLICT (scope, use, fingerprint) DO UPDATE SET path = excluded.path, chained = excluded.chained, learnt_at = excluded.learnt_at`,
      [
        sum.scope,
        sum.use,
        facts.fingerprint,
        facts.certificate,
        facts.subject,
        facts.issuer,
        facts.emails,
        facts.notBefore,
        facts.notAfter,
        found.chain ?? [facts.fingerprint],
        found.chain !== undefined,
        sum.firstSeen,
        sum.lastSeen,
        sum.lastMessageId,
      ],
    );
  }
}
