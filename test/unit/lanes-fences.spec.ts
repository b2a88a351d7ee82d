import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { FRESH, LANE_POLICY } from '../../src/outbox/lane/decide.js';
import { LaneMemories } from '../../src/outbox/lane/memories.js';
import { SendLane } from '../../src/outbox/lane/send-lane.js';
import { type HandOver, type HandOverResult, SmtpClient, type SmtpSession } from '../../src/outbox/smtp/smtp-client.js';
import { type Lease, Leases, SilentLog } from '../../src/platform/index.js';
import { sampleInvoice } from '../../src/sandbox/samples/sample-invoice.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';

let db: TestDatabase;
let lanes: LanesBench;
let mailbox: Mailbox;
let serial = 0;

beforeAll(async () => {
  db = await testDatabase();
  lanes = lanesBench({ database: db.database });
  // The lanes of this spec are its own.
  lanes.jobs.deaf = true;
  const nobody = { host: '127.0.0.1', port: 1, security: 'tls', user: 'x' } as const;
  mailbox = await lanes.mailbox({
    address: 'fatture@pec.officina.example',
    smtp: nobody,
    imap: nobody,
    passwords: { smtp: 'x', imap: 'x' },
    sdiAddress: 'sdi01@pec.fatturapa.it',
    quotaPerHour: 1_000,
    quotaPerDay: 1_000,
    trust: 'sandbox',
  });
});
beforeEach(() => new LaneMemories(db.database).keep(mailbox.id, FRESH));
afterAll(async () => {
  await lanes?.stop();
  await db?.close();
});

const take = (): Promise<string> => lanes.take(sampleInvoice({ numbers: [`${++serial}`], flow: 'private', date: '2026-11-20' }));

/** A lease as its holder sees it, which the test takes away. */
class Held implements Lease {
  readonly name = 'send';
  readonly signal = new AbortController().signal;
  held = true;
  constructor(readonly fence: bigint) {}
  release(): Promise<void> {
    this.held = false;
    return Promise.resolve();
  }
}

const ACCEPTED: HandOverResult = { stage: 'answered', code: 250, response: '250 ok', transcript: '' };
const LOST: HandOverResult = { stage: 'final-dot', response: 'connection lost', transcript: '' };

/** A lane with this lease, whose server does as told. */
function laneWith(lease: Lease, handOver: (message: HandOver) => Promise<HandOverResult>): SendLane {
  class Server extends SmtpClient {
    override session(): SmtpSession {
      return { handOver, connected: true, close: () => undefined };
    }
  }
  class Given extends Leases {
    override tryAcquire(): Promise<Lease | undefined> {
      return Promise.resolve(lease.held ? lease : undefined);
    }
  }
  const { clock, mailboxes, invoices, attempts, records } = lanes;
  return new SendLane(mailbox.id, {
    clock,
    leases: new Given(),
    log: new SilentLog(),
    mailboxes,
    invoices,
    attempts,
    records,
    memories: new LaneMemories(db.database),
    smtp: new Server(),
    policy: LANE_POLICY,
    random: () => 0.5,
    observe: () => undefined,
  });
}

async function run(lane: SendLane, lease: Held): Promise<void> {
  lane.wake();
  await until('the lane has let go', async () => !lease.held);
  await lane.stop();
}

/** As a server that takes everything, for what a lane may send. */
const taking = (seen: HandOver[]) => async (message: HandOver): Promise<HandOverResult> => {
  seen.push(message);
  return (await message.beforeLastOctets()) ? ACCEPTED : { withheld: true, transcript: '' };
};

describe('two holders of one hand-over', () => {
  it('only the holder under whose fence it stands open may pass the point of no return', async () => {
    const id = await take();
    const opened = await lanes.records.open(mailbox, (await lanes.invoices.get(id))!, 1n);
    const first = opened!.attempt;
    expect(await lanes.attempts.passFinalDot(first.id, first.tries, 2n)).toBe(false);
    await lanes.records.settleAbandoned(first);
    const { attempt: second } = (await lanes.records.open(mailbox, (await lanes.invoices.get(id))!, 2n))!;
    expect(second).toMatchObject({ id: first.id, messageId: first.messageId, tries: 2 });
    // The first holder, even if it learnt the number of tries.
    for (const tries of [first.tries, second.tries]) expect(await lanes.attempts.passFinalDot(first.id, tries, 1n)).toBe(false);
    expect((await lanes.attempts.ofInvoice(id))[0]?.stage).toBeUndefined();
    expect(await lanes.attempts.passFinalDot(second.id, second.tries, 2n)).toBe(true);
    expect((await lanes.attempts.ofInvoice(id))[0]?.stage).toBe('final-dot');
    await lanes.records.settleAbandoned((await lanes.attempts.ofInvoice(id))[0]!);
    expect(await lanes.status(id)).toBe('uncertain');
  });

  it('octets that leave between the look of the next holder and its settling are unknown and not put off (found by the simulation)', async () => {
    const id = await take();
    const { attempt } = (await lanes.records.open(mailbox, (await lanes.invoices.get(id))!, 21n))!;
    const [seen] = (await lanes.attempts.open(mailbox.id)).filter((one) => one.id === attempt.id);
    // The first holder was slow and not dead: its statement comes in just now.
    expect(await lanes.attempts.passFinalDot(attempt.id, attempt.tries, 21n)).toBe(true);
    expect(await lanes.records.settleAbandoned(seen!)).toBe('open');
    expect((await lanes.attempts.latest(id))?.state).toBe('open');
    expect(await lanes.records.settleAbandoned((await lanes.attempts.latest(id))!)).toBe('unknown');
    expect(await lanes.status(id)).toBe('uncertain');
  });

  it('what a non-accettazione refused had been submitted and counts for the quota, what SMTP refused does not (found by the simulation)', async () => {
    const before = (await lanes.attempts.usage(mailbox.id, lanes.clock.now())).lastHour;
    const ids = [await take(), await take()];
    const [receipt, smtp] = [(await lanes.records.open(mailbox, (await lanes.invoices.get(ids[0]!))!, 22n))!.attempt, (await lanes.records.open(mailbox, (await lanes.invoices.get(ids[1]!))!, 22n))!.attempt];
    const lost = { stage: 'final-dot', response: 'lost', transcript: '' } as const;
    await lanes.records.settle(receipt, { state: 'unknown' }, lost, undefined);
    await lanes.records.settle(smtp, { state: 'refused', sender: false }, { ...lost, stage: 'rcpt', code: 550 }, undefined);
    await lanes.database.transaction((tx) => lanes.attempts.learn(tx, [{ id: receipt.id, identificativo: 'opec.1@x', proves: 'refused' }], lanes.clock.now()));
    expect((await lanes.attempts.latest(ids[0]!))?.state).toBe('refused');
    expect((await lanes.attempts.usage(mailbox.id, lanes.clock.now())).lastHour).toBe(before + 1);
  });

  it('who lost the lane while its octets were under way keeps the last ones back, and the next holder sends them once', async () => {
    const id = await take();
    const lost = new Held(10n);
    const answers: boolean[] = [];
    await run(
      laneWith(lost, async (message) => {
        lost.held = false;
        answers.push(await message.beforeLastOctets());
        return { withheld: true, transcript: '' };
      }),
      lost,
    );
    expect(answers).toEqual([false]);
    const [open] = await lanes.attempts.ofInvoice(id);
    expect(open).toMatchObject({ state: 'open', tries: 1 });
    expect(open?.stage).toBeUndefined();

    const next = new Held(11n);
    const seen: HandOver[] = [];
    await run(laneWith(next, taking(seen)), next);
    expect(seen).toHaveLength(1);
    expect(await lanes.attempts.ofInvoice(id)).toMatchObject([{ messageId: open!.messageId, mimeSha256: open!.mimeSha256, state: 'accepted', tries: 2 }]);
    expect(await lanes.status(id)).toBe('sent');
  });
});

describe('a receipt of the first attempt that comes before the second one opens', () => {
  it.each([
    ['accettazione', 'pec_accepted'],
    ['avvenuta_consegna', 'at_sdi'],
  ] as const)('%s stops the second one', async (type, status) => {
    const id = await take();
    const first = new Held(20n);
    await run(
      laneWith(first, async (message) => {
        expect(await message.beforeLastOctets()).toBe(true);
        return LOST;
      }),
      first,
    );
    expect(await lanes.status(id)).toBe('uncertain');
    await lanes.resend.request({ name: 'somebody', scopes: [] }, id, { force: true, reason: 'the portal does not know it' });
    expect(await lanes.status(id)).toBe('queued');
    await db.database.transaction(async (tx) => {
      const evidenceSha256 = await lanes.evidence.put(Buffer.from(`${type} ${id}`), 'message/rfc822', tx);
      await lanes.timeline.append(tx, id, [{ type, key: `${type}:${id}`, at: new Date().toISOString(), attempt: 1, source: 'pec', evidenceSha256, facts: {} }]);
    });
    expect(await lanes.status(id)).toBe(status);

    // The broken connection made the lane wait a while; that is over.
    await new LaneMemories(db.database).keep(mailbox.id, FRESH);
    expect((await lanes.invoices.due(mailbox.id, 100)).map((due) => due.id)).toContain(id);
    const second = new Held(21n);
    const seen: HandOver[] = [];
    await run(laneWith(second, taking(seen)), second);
    expect(seen).toEqual([]);
    expect(await lanes.attempts.ofInvoice(id)).toHaveLength(1);
    expect((await lanes.events(id)).filter((event) => event.type === 'attempt_opened')).toHaveLength(1);
    expect(await lanes.status(id)).toBe(status);
    // Nor is it looked at again.
    expect((await lanes.invoices.due(mailbox.id, 100)).map((due) => due.id)).not.toContain(id);
  });
});
