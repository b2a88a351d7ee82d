import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelHealth, Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { ManualEvents } from '../../src/invoices/manual/manual-events.js';
import type { Attempt } from '../../src/outbox/attempts/attempt.js';
import { NodemailerSmtpClient } from '../../src/outbox/smtp/nodemailer-client.js';
import { OUTCOMES } from '../../src/sandbox/outcomes/outcomes.js';
import { sampleInvoice } from '../../src/sandbox/samples/sample-invoice.js';
import type { SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import type { Status } from '../../src/sdi/lifecycle/types.js';
import type { TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';
import { sandboxLanes } from '../support/sandbox-lanes.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let mailbox: Mailbox;
let serial = 0;

beforeAll(async () => {
  ({ db, sandbox, lanes, mailbox } = await sandboxLanes());
  lanes.startReading();
});
afterAll(async () => {
  await lanes?.stop();
  await sandbox?.host.stop();
  await db?.close();
});

const invoice = (ending: string, flow: 'private' | 'pa' = 'private'): Buffer => sampleInvoice({ numbers: [`${++serial}${ending}`], flow, date: '2026-11-20' });

async function becomes(id: string, status: Status, timeoutMs?: number): Promise<void> {
  await until(
    `invoice is ${status}`,
    async () => (await lanes.status(id)) === status,
    timeoutMs,
  ).catch(async (error: unknown) => {
    const events = await lanes.events(id);
    throw new Error(`${String(error)}: ${events.map((event) => `${event.type}→${event.status}`).join(', ')}; ${JSON.stringify(await lanes.messages(mailbox.id))}`);
  });
}

describe('both lanes against the sandbox', () => {
  it('carries an invoice from the intake to delivered, each event with its evidence', async () => {
    const id = await lanes.take(invoice(''));
    await becomes(id, 'delivered');
    const events = await until('all receipts are read', async () => {
      const all = await lanes.events(id);
      return all.length >= 6 && all;
    });
    expect(events.map((event) => event.type)).toEqual(expect.arrayContaining(['queued', 'attempt_opened', 'smtp_accepted', 'accettazione', 'avvenuta_consegna', 'RC']));
    for (const event of events) expect((await lanes.evidence.get(event.evidence_sha256))?.size).toBeGreaterThan(0);
    const [attempt] = await lanes.attempts.ofInvoice(id);
    expect(attempt).toMatchObject({ number: 1, state: 'accepted', stage: 'answered', smtpCode: 250, tries: 1 });
    expect(attempt?.messageId).toMatch(/^inv\.[0-9A-Z]{26}\.a1@/);
    expect(attempt?.identificativo).toBeTruthy();
    expect((await lanes.mailboxes.get(mailbox.id))?.sdiAddress).not.toBe('sdi01@pec.fatturapa.it');
  });

  it('ends every outcome of the sandbox in its status, within its own time', { timeout: 90_000 }, async () => {
    const rows = OUTCOMES.map((row) => ({ row, flow: row.flow === 'both' ? ('private' as const) : row.flow }));
    const start = async ({ row, flow }: (typeof rows)[number]): Promise<{ id: string; name: string; final: Status }> => ({
      id: await lanes.take(invoice(row.ending.replace('nnnnn', '00423'), flow)),
      name: `${row.ending || 'none'} ${flow}`,
      final: row.final,
    });
    const wrong: string[] = [];
    // As the sandbox sets its own mailbox up, only sooner.
    await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: 8 });
    const settle = async (started: readonly { id: string; name: string; final: Status }[]): Promise<void> => {
      await Promise.all(started.map(({ id, name, final }) => becomes(id, final, 60_000).catch((error: unknown) => wrong.push(`${name}: ${String(error)}`))));
    };
    await settle(await Promise.all(rows.filter(({ row }) => !row.advance).map(start)));
    const slow = await Promise.all(rows.filter(({ row }) => row.advance).map(start));
    await Promise.all(slow.map(({ id }) => until('SMTP answered', async () => !['queued', 'sending'].includes((await lanes.status(id)) ?? 'queued'))));
    await until('first answers came', async () => (await Promise.all(slow.map(({ id }) => lanes.status(id)))).every((status) => status !== 'sent'));
    await sandbox.sandbox.advance(15 * 86_400_000 + 3_600_000);
    await settle(slow);
    await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: null });
    expect(wrong).toEqual([]);
    const counts = await db.database.query<{ disposition: string; count: string }>('SELECT disposition, count(*) AS count FROM messages GROUP BY 1');
    const count = (disposition: string): number => Number(counts.find((row) => row.disposition === disposition)?.count ?? 0);
    expect(count('waiting')).toBe(0);
    expect(count('duplicate')).toBeGreaterThan(0);
    const quarantined = await db.database.query<{ reason: string }>(`SELECT DISTINCT reason FROM messages WHERE disposition = 'quarantined'`);
    // Only the forged rejections.
    expect(quarantined.map((row) => row.reason)).toEqual(['untrusted']);
  });
});

const arrivalsOf = async (id: string): Promise<number> => (await sandbox.arrivals.list((await lanes.invoices.get(id))!.fileName)).items.length;
const person = { name: 'somebody', scopes: ['invoices:write'] };

describe('T4 duplicates, names and unknown outcomes', () => {
  it('T4 an invoice lost after DATA is uncertain, settled by its receipts, and reached SdI once', async () => {
    const id = await lanes.take(invoice('-LOST'));
    await becomes(id, 'delivered');
    const events = await lanes.events(id);
    expect(events.map((event) => event.type)).toContain('smtp_unknown');
    expect(events.map((event) => event.status)).toContain('uncertain');
    expect(await arrivalsOf(id)).toBe(1);
    expect(await lanes.attempts.ofInvoice(id)).toMatchObject([{ number: 1, state: 'accepted' }]);
  });

  it('T4 a lost one is never resent blindly; a person may force it, with the same file and a new Message-ID', async () => {
    const id = await lanes.take(invoice('-LOSTGONE'));
    await becomes(id, 'uncertain');
    await expect(lanes.resend.request(person, id, {})).rejects.toMatchObject({ kind: { slug: 'resend-not-allowed', status: 409 } });
    await expect(lanes.resend.request(person, id, { force: true })).rejects.toMatchObject({ kind: { slug: 'resend-not-allowed' } });
    await lanes.sendLanes.wake(mailbox.id);
    await lanes.jobs.runSweeps();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await lanes.status(id)).toBe('uncertain');
    expect(await arrivalsOf(id)).toBe(0);
    await lanes.resend.request(person, id, { force: true, reason: 'the portal does not know it' });
    await becomes(id, 'delivered');
    const [first, second] = await lanes.attempts.ofInvoice(id);
    expect(second).toMatchObject({ number: 2, state: 'accepted' });
    expect(second?.messageId).not.toBe(first?.messageId);
    expect(await arrivalsOf(id)).toBe(1);
    await expect(lanes.resend.request(person, id, { force: true, reason: 'again' })).rejects.toMatchObject({ kind: { slug: 'resend-not-allowed' } });
  });

  it('T4 a refused hand-over may be repeated by a person', async () => {
    const id = await lanes.take(invoice('-5XX'));
    await becomes(id, 'send_failed');
    await lanes.resend.request(person, id, {});
    await becomes(id, 'delivered');
    expect((await lanes.attempts.ofInvoice(id)).map((attempt) => attempt.state)).toEqual(['refused', 'accepted']);
  });

  it.each([
    ['before the last octets left is sent again, as the same attempt', false, 'delivered', 'smtp_deferred'],
    ['after that is uncertain', true, 'uncertain', 'smtp_unknown'],
  ] as const)('T4 a hand-over whose process died %s', async (_, passed, status, event) => {
    lanes.jobs.deaf = true;
    const id = await lanes.take(invoice(''));
    const opened = await lanes.records.open((await lanes.mailboxes.get(mailbox.id))!, (await lanes.invoices.get(id))!, 0n);
    expect(await lanes.status(id)).toBe('sending');
    if (passed) expect(await lanes.attempts.passFinalDot(opened!.attempt.id, 1, 0n)).toBe(true);
    lanes.jobs.deaf = false;
    await lanes.jobs.runSweeps();
    await becomes(id, status);
    expect((await lanes.events(id)).map((entry) => entry.type)).toContain(event);
    const attempts = await lanes.attempts.ofInvoice(id);
    expect(attempts).toMatchObject([{ number: 1, messageId: opened!.attempt.messageId, tries: passed ? 1 : 2 }]);
    // Whoever thought that the attempt was still his learns that it is not.
    expect(await lanes.attempts.passFinalDot(opened!.attempt.id, 1, 0n)).toBe(false);
  });

  it('T4 a late temporary refusal does not take back that the outcome is unknown, and a forced resend leaves', async () => {
    lanes.jobs.deaf = true;
    const id = await lanes.take(invoice(''));
    const { attempt } = (await lanes.records.open((await lanes.mailboxes.get(mailbox.id))!, (await lanes.invoices.get(id))!, 0n))!;
    expect(await lanes.attempts.passFinalDot(attempt.id, 1, 0n)).toBe(true);
    // The lease went over, and only then did the first holder hear an answer.
    await lanes.records.settleAbandoned((await lanes.attempts.latest(id))!);
    await lanes.records.settle(attempt, { state: 'deferred', lane: 'none' }, { stage: 'answered', code: 451, response: 'later', transcript: 'S: 451 later' }, new Date());
    expect(await lanes.attempts.ofInvoice(id)).toMatchObject([{ state: 'unknown' }]);
    expect(await lanes.status(id)).toBe('uncertain');
    lanes.jobs.deaf = false;
    await lanes.resend.request(person, id, { force: true, reason: 'the portal does not know it' });
    await becomes(id, 'delivered');
    expect(await lanes.attempts.ofInvoice(id)).toMatchObject([{ state: 'unknown' }, { number: 2, state: 'accepted' }]);
  });

  it('T4 losing the whole queue loses nothing: the sweep finds what is due', async () => {
    lanes.jobs.deaf = true;
    const id = await lanes.take(invoice(''));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await lanes.status(id)).toBe('queued');
    lanes.jobs.deaf = false;
    await lanes.jobs.runSweeps();
    await becomes(id, 'delivered');
  });

  it('applies the rule of the mailbox for silence: what nobody answered is sent again', async () => {
    await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: 1 });
    const id = await lanes.take(invoice('-LOSTGONE'));
    await becomes(id, 'delivered', 20_000);
    await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: null });
    expect(await arrivalsOf(id)).toBe(1);
    const request = (await lanes.events(id)).find((event) => event.type === 'resend_requested');
    expect(request?.facts).toMatchObject({ by: 'policy' });
  });

  it('T4 the rule for silence resends nothing that some message names, whatever that message is worth', { timeout: 20_000 }, async () => {
    const anchors = await db.database.query<{ certificate: Buffer }>(`DELETE FROM trust_anchors WHERE scope = 'sandbox' AND use = 'pec' RETURNING certificate`);
    await lanes.trust.refresh();
    let id = '';
    try {
      sandbox.sandbox.setFault({ kind: 'smtp-drop', at: 'stored' });
      id = await lanes.take(invoice(''));
      await becomes(id, 'uncertain');
      await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: 1 });
      const named = (): Promise<unknown[]> => db.database.query(`SELECT 1 FROM messages WHERE disposition = 'quarantined' AND invoice_id = $1`, [id]);
      await until('its receipts lie in quarantine', async () => (await named()).length >= 2);
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      expect(await lanes.status(id)).toBe('uncertain');
      expect(await lanes.attempts.ofInvoice(id)).toHaveLength(1);
      expect(await arrivalsOf(id)).toBe(1);
    } finally {
      await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: null });
      for (const { certificate } of anchors) await lanes.mailboxes.addAnchor('sandbox', 'pec', certificate);
      await lanes.trust.refresh();
    }
    // Once the anchors are there the same messages settle it.
    for (const message of await lanes.messages(mailbox.id)) if (message.disposition === 'quarantined') await lanes.judging.judge(message.id, true);
    await becomes(id, 'delivered');
  });

  it('T5 the rule for silence sends nothing again that went by another way, as a person says', { timeout: 20_000 }, async () => {
    const id = await lanes.take(invoice('-LOSTGONE'));
    await becomes(id, 'uncertain');
    const manual = new ManualEvents(db.database, lanes.clock, lanes.evidence, lanes.invoices, lanes.timeline);
    await manual.write(person, id, { act: 'sent_elsewhere', note: 'dal portale' }, undefined);
    try {
      await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: 1 });
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      expect(await lanes.status(id)).toBe('uncertain');
      expect(await lanes.attempts.ofInvoice(id)).toHaveLength(1);
    } finally {
      await lanes.mailboxes.change(mailbox.id, { resendUnansweredAfterS: null });
    }
    await lanes.resend.request(person, id, { force: true, reason: 'il portale non la mostra' });
    await becomes(id, 'delivered');
    expect(await arrivalsOf(id)).toBe(1);
  });

  it('T4 the rule for silence sends an invoice again once; then a person decides', async () => {
    lanes.jobs.deaf = true;
    const id = await lanes.take(invoice(''));
    const lose = async (): Promise<Attempt> => {
      const { attempt } = (await lanes.records.open((await lanes.mailboxes.get(mailbox.id))!, (await lanes.invoices.get(id))!, 0n))!;
      await lanes.attempts.passFinalDot(attempt.id, 1, 0n);
      await lanes.records.settleAbandoned((await lanes.attempts.latest(id))!);
      return (await lanes.attempts.latest(id))!;
    };
    const first = await lose();
    expect(await Promise.all([lanes.resend.byPolicy(first, 'silence'), lanes.resend.byPolicy(first, 'silence')])).toEqual(expect.arrayContaining([true, false]));
    expect(await lanes.resend.byPolicy(await lose(), 'silence')).toBe(false);
    expect(await lanes.status(id)).toBe('uncertain');
    await lanes.resend.request(person, id, { force: true, reason: 'the portal does not know it' });
    lanes.jobs.deaf = false;
    await lanes.jobs.runSweeps();
    await becomes(id, 'delivered');
  });
});

describe('T1 one odd mail stops everything', () => {
  const ODD: readonly (readonly [string, string | Buffer])[] = [
    ['nothing', ''],
    ['noise', randomBytes(4_096)],
    ['an ordinary mail', 'From: a@example.com\r\nTo: b@example.com\r\nSubject: ciao\r\n\r\nciao\r\n'],
    ['a header without end', `X: ${'y'.repeat(300_000)}`],
    ['an unknown kind of receipt', 'From: posta-certificata@pec.aruba.it\r\nX-Ricevuta: mancata-consegna\r\nContent-Type: multipart/signed\r\n\r\n'],
    ['both kinds at once', 'X-Ricevuta: accettazione\r\nX-Trasporto: posta-certificata\r\n\r\nx'],
    ['a forged receipt', 'From: posta-certificata@pec.aruba.it\r\nX-Ricevuta: avvenuta-consegna\r\nX-Riferimento-Message-ID: <x@y>\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n'],
    ['an anomaly envelope', 'From: posta-certificata@pec.aruba.it\r\nX-Trasporto: errore\r\nSubject: ANOMALIA MESSAGGIO: x\r\n\r\nx'],
    ['NUL octets', 'From: a@b\r\nSubject: a\0b\r\nMessage-ID: <\0>\r\n\r\n\0'],
  ];

  it('T1 odd mails get their dispositions with their bytes, and the lane goes on', async () => {
    const before = (await lanes.messages(mailbox.id)).length;
    for (const [, raw] of ODD) await sandbox.store.append(mailbox.address, 'INBOX', Buffer.from(raw));
    const id = await lanes.take(invoice(''));
    await becomes(id, 'delivered');
    const odd = await until('all are judged', async () => {
      const all = (await lanes.messages(mailbox.id)).slice(before);
      return all.length >= ODD.length + 3 && all.every((message) => message.disposition !== 'waiting') && all.slice(0, ODD.length);
    });
    expect(odd.map((message) => message.disposition).filter((disposition) => !['not_ours', 'quarantined'].includes(disposition))).toEqual([]);
    for (const [index, [, raw]] of ODD.entries()) expect((await lanes.evidence.get(odd[index]!.sha256))?.content).toEqual(Buffer.from(raw));
  });

  it('T1 refused IMAP logins never stop sending, and two of them stop the reading until somebody changes the mailbox', { timeout: 30_000 }, async () => {
    await sandbox.sandbox.setFault({ kind: 'imap-auth-refused', count: 9 });
    const refusals = (): number => sandbox.faults.active().find((fault) => fault.kind === 'imap-auth-refused')?.remaining ?? 0;
    // Whatever changes the mailbox starts its lane anew.
    await lanes.mailboxes.change(mailbox.id, { folders: ['INBOX', 'Altro'] });
    await sandbox.store.createFolder(mailbox.address, 'Altro');
    await until('reading has stopped', async () => (await lanes.mailboxes.channels(mailbox.id)).read.state === 'stopped');
    const left = refusals();
    const id = await lanes.take(invoice(''));
    await becomes(id, 'sent');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(refusals()).toBe(left);
    sandbox.sandbox.clearFaults();
    expect((await lanes.mailboxes.channels(mailbox.id)).send.state).not.toBe('stopped');
    await lanes.mailboxes.change(mailbox.id, { folders: ['INBOX'] });
    await becomes(id, 'delivered');
  });
});

describe('T1 what is wrong with one thing', () => {
  it('T1 a folder that does not exist leaves the inbox read', async () => {
    await lanes.mailboxes.change(mailbox.id, { folders: ['INBOX', 'Non esiste'] });
    await until('the remark is there', async () => (await lanes.mailboxes.channels(mailbox.id)).read.error?.en?.includes('Non esiste'));
    const id = await lanes.take(invoice(''));
    await becomes(id, 'delivered');
    await lanes.mailboxes.change(mailbox.id, { folders: ['INBOX'] });
  });

  it('T1 an invoice that cannot be prepared is put aside and holds up no other', async () => {
    lanes.jobs.deaf = true;
    const odd = await lanes.take(invoice(''));
    const { fileName } = (await lanes.invoices.get(odd))!;
    await db.database.query(`UPDATE invoices SET file_name = 'no "header" can hold this' WHERE id = $1`, [odd]);
    const sound = await lanes.take(invoice(''));
    lanes.jobs.deaf = false;
    await lanes.jobs.runSweeps();
    await becomes(sound, 'delivered');
    expect(await lanes.status(odd)).toBe('queued');
    expect((await lanes.invoices.nextDueAt(mailbox.id))!.getTime()).toBeGreaterThan(Date.now());
    const health = async (): Promise<ChannelHealth> => (await lanes.mailboxes.channels(mailbox.id)).send;
    await until('people can see it', async () => (await health()).state === 'failing');
    expect((await health()).error?.en).toMatch(/^1 invoice cannot be prepared/);
    await db.database.query('UPDATE invoices SET file_name = $2, send_after = now() WHERE id = $1', [odd, fileName]);
    await lanes.jobs.runSweeps();
    await becomes(odd, 'delivered');
    await until('it is mended', async () => (await health()).state === 'ok');
  });

  it('T1 a message that is refused for the time being again and again shows with the words of the server', async () => {
    sandbox.sandbox.setFault({ kind: 'smtp-refuse', at: 'body', code: 451, text: '4.3.0 come back another day' });
    const id = await lanes.take(invoice(''));
    await until('it is deferred', async () => (await lanes.attempts.latest(id))?.state === 'deferred');
    const health = async (): Promise<ChannelHealth> => (await lanes.mailboxes.channels(mailbox.id)).send;
    const shows = async (): Promise<void> => {
      lanes.sendLanes.wake(mailbox.id);
      await until('it shows', async () => (await health()).state === 'failing');
      expect((await health()).error?.en).toMatch(/come back another day/);
    };
    expect((await health()).state).toBe('ok');
    await db.database.query('UPDATE attempts SET tries = 10 WHERE invoice_id = $1', [id]);
    await shows();
    await db.database.query(`UPDATE attempts SET tries = 2, first_opened_at = now() - interval '25 hours' WHERE invoice_id = $1`, [id]);
    await shows();
    await db.database.query('UPDATE invoices SET send_after = now() WHERE id = $1', [id]);
    await lanes.jobs.runSweeps();
    await becomes(id, 'delivered');
    await until('it is forgotten', async () => (await health()).state === 'ok');
  });
});

describe('T2 messages missed or consumed', () => {
  it('T2 a mail that a person opened first is read all the same, and no flag is touched', async () => {
    const receipt = (await lanes.database.query<{ content: Buffer }>(`SELECT e.content FROM messages m JOIN evidence e ON e.sha256 = m.sha256 WHERE m.kind = 'accettazione' LIMIT 1`))[0]!.content;
    const { uid } = await sandbox.store.append(mailbox.address, 'INBOX', receipt, { flags: ['\\Seen', '\\Flagged'] });
    const [unseen] = await Promise.all([sandbox.store.append(mailbox.address, 'INBOX', Buffer.from('Subject: unseen\r\n\r\nx'))]);
    await until('both are in the ledger', async () => {
      const rows = await lanes.database.query('SELECT 1 FROM messages WHERE uid = ANY ($1) AND disposition <> $2', [[uid, unseen.uid], 'waiting']);
      return rows.length === 2;
    });
    const flags = await sandbox.store.list(mailbox.address, 'INBOX', { uids: [{ first: uid, last: unseen.uid }] });
    expect(flags.map((message) => [...message.flags].sort())).toEqual([['\\Flagged', '\\Seen'], []]);
    const [copy] = await lanes.database.query<{ disposition: string; reason: string }>('SELECT disposition, reason FROM messages WHERE uid = $1', [uid]);
    expect(copy).toEqual({ disposition: 'duplicate', reason: 'same_content' });
  });

  it('T2 a new UIDVALIDITY loses nothing and tells nothing twice', { timeout: 60_000 }, async () => {
    const id = await lanes.take(invoice(''));
    await becomes(id, 'delivered');
    const quiet = async (): Promise<number> => Number((await lanes.database.query<{ count: string }>('SELECT count(*) AS count FROM timeline'))[0]!.count);
    await until('all is judged', async () => (await lanes.ledger.countWaiting(mailbox.id)) === 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [events, messages] = [await quiet(), await sandbox.store.list(mailbox.address, 'INBOX')];
    const uidValidity = await sandbox.sandbox.bumpUidValidity(mailbox.address);
    await until(
      'the folder is read again',
      async () => {
        const rows = await lanes.database.query<{ count: string }>(`SELECT count(*) AS count FROM messages WHERE uid_validity = $1 AND disposition <> 'waiting'`, [uidValidity]);
        return Number(rows[0]!.count) === messages.length;
      },
      50_000,
    );
    expect(await quiet()).toBe(events);
    const rows = await lanes.database.query<{ disposition: string }>('SELECT DISTINCT disposition FROM messages WHERE uid_validity = $1', [uidValidity]);
    expect(rows.map((row) => row.disposition)).toEqual(['duplicate']);
    const next = await lanes.take(invoice(''));
    await becomes(next, 'delivered');
  });

  it('T2 judging again gives the same result', async () => {
    const before = await lanes.messages(mailbox.id);
    const events = await lanes.database.query('SELECT id FROM timeline');
    for (const { id } of before.slice(0, 60)) await lanes.judging.judge(id, true);
    expect(await lanes.messages(mailbox.id)).toEqual(before);
    expect(await lanes.database.query('SELECT id FROM timeline')).toHaveLength(events.length);
  });

  it('T2 a connection that breaks in the middle of a message loses none', async () => {
    sandbox.sandbox.setFault({ kind: 'imap-drop' });
    const id = await lanes.take(invoice(''));
    await becomes(id, 'delivered', 20_000);
  });
});

describe('T6 mail transport', () => {
  it('T6 refused credentials stop the lane after two tries, the invoices stay queued and leave once somebody has changed the mailbox', { timeout: 30_000 }, async () => {
    sandbox.sandbox.setFault({ kind: 'smtp-auth-refused', count: 9 });
    // A changed host makes a new connection; the address is the same.
    await lanes.mailboxes.change(mailbox.id, { smtp: { ...mailbox.smtp, host: 'localhost' } });
    const id = await lanes.take(invoice(''));
    await until('sending has stopped', async () => (await lanes.mailboxes.channels(mailbox.id)).send.state === 'stopped');
    expect(await lanes.status(id)).toBe('queued');
    await lanes.jobs.runSweeps();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await lanes.attempts.ofInvoice(id)).toMatchObject([{ state: 'deferred', stage: 'auth', tries: 2 }]);
    sandbox.sandbox.clearFaults();
    await lanes.mailboxes.change(mailbox.id, { smtp: mailbox.smtp });
    await lanes.jobs.runSweeps();
    await becomes(id, 'delivered');
  });

  it('T6 no more leave than the quota of the hour allows, and the mailbox says when it goes on', async () => {
    const sent = (await lanes.attempts.usage(mailbox.id, new Date())).lastHour;
    await lanes.mailboxes.change(mailbox.id, { quotaPerHour: sent + 2 });
    const ids = await Promise.all([1, 2, 3, 4].map(() => lanes.take(invoice(''))));
    await until('two have left', async () => (await Promise.all(ids.map((id) => lanes.status(id)))).filter((status) => status === 'delivered').length === 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await Promise.all(ids.map((id) => lanes.status(id)))).sort()).toEqual(['delivered', 'delivered', 'queued', 'queued']);
    expect((await lanes.mailboxes.channels(mailbox.id)).send.error?.en).toMatch(/hourly limit is reached: sending goes on at /);
    await lanes.mailboxes.change(mailbox.id, { quotaPerHour: 1_000_000 });
    await lanes.jobs.runSweeps();
    await Promise.all(ids.map((id) => becomes(id, 'delivered')));
  });

  it('T6 a message that the server would not take for its size is refused before it is sent', async () => {
    const session = new NodemailerSmtpClient().session({ ...mailbox.smtp, password: (await lanes.mailboxes.passwords(mailbox.id)).smtp, tlsCa: mailbox.tlsCa! });
    const result = await session.handOver({ from: mailbox.address, to: 'sdi01@pec.fatturapa.it', octets: Buffer.alloc(60_000_000, 'a'), beforeLastOctets: async () => true });
    session.close();
    expect(result).toMatchObject({ stage: 'mail', tooLarge: true });
  });
});

describe('several workers', () => {
  it('share the mailboxes, one at a time reads and sends each, and take over from one that is gone', { timeout: 60_000 }, async () => {
    const second = await sandbox.accounts.ensure('seconda@pec.officina-dimostrativa.example');
    const other = await lanes.mailbox({
      ...sandbox.home.setup!.mailbox,
      address: second.address,
      passwords: { smtp: second.password, imap: second.password },
      smtp: { ...mailbox.smtp, user: second.address },
      imap: { ...mailbox.imap, user: second.address },
      quotaPerHour: 1_000,
      quotaPerDay: 1_000,
    });
    const holders = async (): Promise<string[]> =>
      (await db.database.query<{ holder: string }>(`SELECT holder FROM leases WHERE name LIKE 'read:%' AND expires_at > now() AND holder IS NOT NULL`)).map((row) => row.holder);
    await until('both are read', async () => (await holders()).length === 2);
    const worker = lanesBench({ database: db.database, secrets: lanes.secrets });
    worker.startReading();
    const reading = (): Promise<{ count: string }[]> => db.database.query(`SELECT count(*) FROM readers WHERE seen_at > now() - interval '10 seconds'`);
    await until('the new worker has its share', async () => Number((await reading())[0]!.count) === 2 && (await holders()).length === 2, 20_000);
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => lanes.take(invoice(''), index % 2 === 0 ? mailbox.id : other.id)));
    for (let round = 0; round < 5; round += 1) {
      worker.sendLanes.wake(mailbox.id);
      worker.sendLanes.wake(other.id);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await worker.stop();
    await Promise.all(ids.map((id) => becomes(id, 'delivered', 30_000)));
    for (const id of ids) expect(await arrivalsOf(id)).toBe(1);
    // T6: in a house of several mailboxes each invoice leaves from its own.
    const senders = await db.database.query<{ invoice_id: string; mailbox_id: string }>('SELECT invoice_id, mailbox_id FROM attempts WHERE invoice_id = ANY ($1)', [ids]);
    for (const { invoice_id, mailbox_id } of senders) expect(mailbox_id).toBe(ids.indexOf(invoice_id) % 2 === 0 ? mailbox.id : other.id);
  });
});
