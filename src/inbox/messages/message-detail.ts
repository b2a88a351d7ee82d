import { Injectable } from '@nestjs/common';
import { eventTitle } from '../../sdi/index.js';
import { Candidates } from '../opening/candidates.js';
import { claimsOf } from '../opening/claims.js';
import { openedView } from '../opening/opened-view.js';
import { Opening } from '../opening/opening.js';
import { actionsOf } from '../quarantine/actions.js';
import { Acts, actView } from '../quarantine/acts.js';
import { type MessageRow, storedMessage } from './message-queries.js';
import { messageView } from './message-view.js';

/** Everything that a person needs to decide about a message. */
@Injectable()
export class MessageDetail {
  constructor(
    private readonly opening: Opening,
    private readonly candidates: Candidates,
    private readonly acts: Acts,
  ) {}

  /** What it says, who signed it, about which invoice it might be, what persons did with it and what may be done. */
  async view(row: MessageRow): Promise<object> {
    const [opened, acts] = await Promise.all([this.opening.open(storedMessage(row)), this.acts.of(row.id)]);
    const vouchedFor = acts.flatMap(({ states }) => states);
    const claims = (opened.ok ? claimsOf(opened) : []).map(({ type }) => ({ type, title: eventTitle(type), vouched: vouchedFor.includes(type) }));
    return {
      ...messageView(row),
      ...openedView(row.id, opened),
      claims,
      candidates: opened.ok ? await this.candidates.view(row.mailbox_id, opened) : [],
      acts: acts.map(actView),
      actions: actionsOf({ disposition: row.disposition, reason: row.reason, unvouched: claims.some(({ vouched }) => !vouched) }),
    };
  }
}
