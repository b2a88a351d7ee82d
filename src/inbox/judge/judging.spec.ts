import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { lanesBench, type LanesBench } from '../../../test/support/lanes-bench.js';
import { sample } from '../../../test/support/sample.js';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { attemptMessageId } from '../../outbox/attempts/attempt.js';
import type { PecAttachment, PecMessage } from '../../pec/types.js';
import { newId } from '../../platform/index.js';
import { WorkerPoolBusy, WorkerPoolClosed } from '../../platform/workers/worker-pool.js';
import { envelope, receipt, sdi } from '../testing/messages.js';
import type { SdiReading } from './judgement.js';
import { Readings } from './readings.js';

const ADDRESS = 'fatture@pec.officina.example';
const SDI_ADDRESS = 'sdi01@pec.fatturapa.it';
const OUR_PROVIDER = 'posta-certificata@pec.gestore.example';

/** Each message's octets name the reading that a test prepared. */
class Prepared extends Readings {
  readonly readings = new Map<string, { pec: PecMessage; sdi?: SdiReading } | Error>();

  override async pec(raw: Buffer): Promise<PecMessage> {
    const reading = this.readings.get(raw.toString());
    if (!reading || reading instanceof Error) throw reading ?? new Error('no such reading');
    return { ...reading.pec, attachments: [{ name: raw.toString() } as PecAttachment] };
  }

  override async sdi([attachment]: readonly PecAttachment[]): Promise<SdiReading> {
    const reading = this.readings.get(attachment?.name ?? '');
    return reading instanceof Error || !reading?.sdi ? { ok: false, reason: 'none' } : reading.sdi;
  }
}

interface Sent {
  readonly invoiceId: string;
  readonly messageId: string;
  readonly sha256: string;
  readonly fileName: string;
}

let db: TestDatabase;
let lanes: LanesBench;
let mailbox: Mailbox;
const prepared = new Prepared();
/** No receipt may state an instant before its hand-over, nor SdI one before we had the invoice. */
const at = new Date();
let serial = 0;

beforeAll(async () => {
  db = await testDatabase();
  lanes = lanesBench({ database: db.database, readings: prepared });
  lanes.jobs.deaf = true;
  const nobody = { host: '127.0.0.1', port: 1, security: 'tls', user: 'x' } as const;
  mailbox = await lanes.mailbox({ address: ADDRESS, smtp: nobody, imap: nobody, passwords: { smtp: 'x', imap: 'x' }, sdiAddress: SDI_ADDRESS, providerSigners: [OUR_PROVIDER], quotaPerHour: 1, quotaPerDay: 1, trust: 'sandbox' });
});
afterAll(async () => {
  await lanes?.stop();
  await db?.close();
});

/** An invoice that was handed over. */
async function sent(): Promise<Sent> {
  const invoiceId = await lanes.take(sample('privata', `J${++serial}`));
  const invoice = (await lanes.invoices.get(invoiceId))!;
  const messageId = attemptMessageId(invoiceId, 1, ADDRESS);
  await db.database.transaction((tx) =>
    lanes.attempts.insert(tx, { id: newId(), invoiceId, companyId: mailbox.companyId, mailboxId: mailbox.id, number: 1, messageId, sdiAddress: SDI_ADDRESS, mimeSha256: invoice.sha256, openedAt: new Date(at.getTime() - 60_000) }, 1n),
  );
  return { invoiceId, messageId, sha256: invoice.sha256, fileName: invoice.fileName };
}

const about = ({ messageId }: Sent, over: object = {}): object => ({ mittente: ADDRESS, instant: at, msgid: messageId, identificativo: `id.${messageId}`, destinatari: [{ address: SDI_ADDRESS, tipo: 'certificato' }], ...over });
const told = (kind: 'accettazione' | 'avvenuta-consegna', invoice: Sent, over: object = {}, message: object = {}): { pec: PecMessage } => {
  const pec = receipt(kind, { ...about(invoice, over), ...(kind === 'avvenuta-consegna' ? { consegna: SDI_ADDRESS } : {}) }, { signedPartSha256: newId(), headers: { from: OUR_PROVIDER }, ...message });
  return { pec };
};
const ofSdi = (code: 'RC' | 'NS' | 'MC', invoice: Sent, over: object = {}): { pec: PecMessage; sdi: SdiReading } => ({
  pec: envelope({ mittente: SDI_ADDRESS, instant: at, destinatari: [{ address: ADDRESS, tipo: 'certificato' }] }, { signedPartSha256: newId() }),
  sdi: sdi(code, { identificativoSdi: `9${serial}`, hash: invoice.sha256, nomeFile: invoice.fileName, messageId: newId().slice(0, 14), ...over }),
});

let uid = 0;
/** Lays messages into the ledger; the octets of each are its name. */
async function arrive(...readings: ({ pec: PecMessage; sdi?: SdiReading } | Error)[]): Promise<string[]> {
  const arrivals = readings.map((reading) => {
    const name = `message ${++uid}`;
    prepared.readings.set(name, reading);
    return { uid, octets: Buffer.from(name) };
  });
  return lanes.ledger.store({ mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'INBOX', imapEpoch: 0, uidValidity: 1n }, arrivals, undefined);
}

async function outcome(ids: readonly string[]): Promise<string[]> {
  const rows = await db.database.query<{ id: string; disposition: string; reason: string }>('SELECT id, disposition, reason FROM messages WHERE id = ANY ($1)', [ids]);
  return ids.map((id) => rows.filter((row) => row.id === id).map(({ disposition, reason }) => `${disposition}: ${reason}`).join());
}

describe('messages that are judged together', () => {
  it('move their invoices as if they had come one by one', async () => {
    const [a, b] = [await sent(), await sent()];
    const ids = await arrive(told('accettazione', a), told('avvenuta-consegna', a), told('accettazione', b), ofSdi('RC', a));
    expect(await lanes.judging.judgeAll(ids)).toEqual(new Map(ids.map((id) => [id, 'applied'])));
    expect(await lanes.status(a.invoiceId)).toBe('delivered');
    expect(await lanes.status(b.invoiceId)).toBe('pec_accepted');
    expect((await lanes.attempts.ofInvoice(a.invoiceId))[0]?.identificativo).toBe(`id.${a.messageId}`);
  });

  it('are held to what the ones before them in the batch taught', async () => {
    const a = await sent();
    const ids = await arrive(told('accettazione', a), told('avvenuta-consegna', a, { identificativo: 'another@pec.gestore.example' }));
    await lanes.judging.judgeAll(ids);
    expect(await outcome(ids)).toEqual(['applied: told', 'quarantined: wrong_identificativo']);
    expect(await lanes.status(a.invoiceId)).toBe('pec_accepted');
  });

  it('count copies among themselves: the first counts, an equal message is a copy, an equal event was told before', async () => {
    const a = await sent();
    const same = { signedPartSha256: newId() };
    const ids = await arrive(told('accettazione', a, {}, same), told('accettazione', a, {}, same), told('accettazione', a));
    await lanes.judging.judgeAll(ids);
    expect(await outcome(ids)).toEqual(['applied: told', 'duplicate: same_content', 'duplicate: told_before']);
  });

  it('find the invoice by the IdentificativoSdI that an earlier one of the batch tied to it', async () => {
    const a = await sent();
    const ids = await arrive(ofSdi('MC', a), ofSdi('RC', a, { hash: undefined }));
    await lanes.judging.judgeAll(ids);
    expect(await outcome(ids)).toEqual(['applied: told', 'applied: told']);
    expect((await lanes.events(a.invoiceId)).filter(({ type }) => type === 'RC').map(({ facts }) => facts['matchedBy'])).toEqual(['identificativoSdi']);
    expect(await lanes.status(a.invoiceId)).toBe('delivered');
  });

  it('T1 lose nothing by one among them that cannot be read, or whose conclusion cannot be written', async () => {
    const [a, b] = [await sent(), await sent()];
    const broken = told('accettazione', b, { instant: new Date(Number.NaN) });
    const ids = await arrive(told('accettazione', a), new Error('poison'), broken, told('avvenuta-consegna', a));
    const dispositions = await lanes.judging.judgeAll(ids);
    expect(await outcome(ids)).toEqual(['applied: told', 'quarantined: unreadable', 'quarantined: judging_failed', 'applied: told']);
    expect([...dispositions.values()].sort()).toEqual(['applied', 'applied', 'quarantined', 'quarantined']);
    expect(await lanes.status(a.invoiceId)).toBe('at_sdi');
  });

  it.each([new WorkerPoolClosed('the process stops'), new WorkerPoolBusy('too much at once')])('T2 go on waiting, and are not held, when their reader ends or is busy: $name', async (trouble) => {
    const a = await sent();
    const ids = await arrive(told('accettazione', a), trouble);
    await expect(lanes.judging.judgeAll(ids)).rejects.toBe(trouble);
    expect(await outcome(ids)).toEqual(['waiting: null', 'waiting: null']);
    prepared.readings.set(`message ${uid}`, told('avvenuta-consegna', a));
    await lanes.judging.judgeAll(ids);
    expect(await outcome(ids)).toEqual(['applied: told', 'applied: told']);
  });

  it('end the same in whatever batches, in whatever order, however often they are judged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }), async (picks, sizes) => {
        const invoices = [await sent(), await sent()];
        const ids = await arrive(...invoices.flatMap((invoice) => [told('accettazione', invoice), told('avvenuta-consegna', invoice), ofSdi('MC', invoice, { identificativoSdi: invoice.fileName }), ofSdi('RC', invoice, { identificativoSdi: invoice.fileName })]));
        const order = [...ids].map((id) => [picks.next().value, id] as const).sort(([x], [y]) => x - y).map(([, id]) => id);
        const batches: string[][] = [];
        for (let at = 0, n = 0; at < order.length; n += 1) {
          const size = sizes[n % sizes.length]!;
          batches.push(order.slice(at, at + size));
          at += size;
        }
        // Batches that overlap are judged at the same time.
        await Promise.all([...batches, ids].map((batch) => lanes.judging.judgeAll(batch)));
        await lanes.judging.judgeAll(ids, true);
        expect(await outcome(ids)).toEqual(ids.map(() => 'applied: told'));
        for (const { invoiceId } of invoices) {
          expect(await lanes.status(invoiceId)).toBe('delivered');
          expect((await lanes.events(invoiceId)).map(({ type }) => type).sort()).toEqual(['MC', 'RC', 'accettazione', 'avvenuta_consegna', 'queued']);
        }
      }),
      { numRuns: 15 },
    );
  });
});
