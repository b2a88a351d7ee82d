import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { Database, notFound } from '../../platform/index.js';
import { Judging } from '../judge/judging.js';
import { Ledger, type LedgerEntry, UNFETCHABLE } from '../ledger/ledger.js';
import { MessageQueries } from '../messages/message-queries.js';
import { actionsOf, takesBack } from './actions.js';
import { Acts, type Stand } from './acts.js';
import { holdAgain, unjudgeable, writeDecision } from './decisions.js';
import { actNotPossible } from './problems.js';

const standOf = ({ disposition, reason }: Pick<LedgerEntry, 'disposition' | 'reason'>): Stand => ({ disposition, reason: reason ?? null });

/** What a person decides about a message without naming an invoice. Each act is written down. */
@Injectable()
export class PersonActs {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly queries: MessageQueries,
    private readonly judging: Judging,
    private readonly acts: Acts,
  ) {}

  /** The message is none of ours. The same act again changes nothing; 409 for what is not held. */
  async notOurs(caller: Caller, messageId: string, note: string): Promise<void> {
    await this.queries.require(caller, messageId);
    await this.database.transaction(async (tx) => {
      const [entry] = await this.ledger.lock(tx, [messageId]);
      if (!entry) throw notFound({ it: 'Il messaggio', en: 'The message' }, messageId);
      if (entry.reason === 'not_ours_by_person') return;
      const possible = actionsOf({ ...standOf(entry), unvouched: false });
      if (!possible.includes('not_ours')) throw actNotPossible(possible);
      const after = await writeDecision(tx, messageId, { disposition: 'not_ours', reason: 'not_ours_by_person' });
      await this.acts.add(tx, caller, { messageId, act: 'not_ours', note, before: standOf(entry), after });
    });
  }

  /**
   * Judges the message again, with today's code, anchors and invoices. A person's "not ours" is taken back by it; what a person attached, and what the message has done already,
   * stays. What the server would not give is asked for again. The act is written in the transaction that carries it out, with what it found and left there.
   */
  async judge(caller: Caller, messageId: string): Promise<void> {
    const { reason } = await this.queries.require(caller, messageId);
    if (reason === 'attached_by_person' || (await this.#withoutJudging(caller, messageId))) return;
    await this.judging.judgeFor(messageId, {
      ...(takesBack(reason) && { takesBack: reason ?? undefined }),
      written: (tx, before, after) => this.acts.add(tx, caller, { messageId, act: 'judge', before: standOf(before), after: standOf(after) }),
    });
  }

  /** What there are no octets of cannot be judged: it is held as it was, and asked for at the next occasion. True when that is all there is to do. */
  async #withoutJudging(caller: Caller, messageId: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [entry] = await this.ledger.lock(tx, [messageId]);
      if (!entry) throw notFound({ it: 'Il messaggio', en: 'The message' }, messageId);
      const decision = takesBack(entry.reason) ? (await this.acts.of(messageId, tx)).find(({ act }) => act === 'not_ours') : undefined;
      const reason = unjudgeable(decision ? decision.before.reason : entry.reason);
      if (!reason) return false;
      const after = decision ? await holdAgain(tx, messageId, reason) : standOf(entry);
      if (reason === UNFETCHABLE) await this.ledger.askAgain(tx, messageId);
      await this.acts.add(tx, caller, { messageId, act: 'judge', before: standOf(entry), after });
      return true;
    });
  }
}
