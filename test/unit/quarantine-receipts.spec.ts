import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/companies/auth/scopes.js';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { LibraryReadings } from '../../src/inbox/judge/library-readings.js';
import { TrustCache } from '../../src/inbox/judge/trust-cache.js';
import { MessageQueries, type MessageRow } from '../../src/inbox/messages/message-queries.js';
import { Opening } from '../../src/inbox/opening/opening.js';
import { Acts } from '../../src/inbox/quarantine/acts.js';
import { Attaching } from '../../src/inbox/quarantine/attaching.js';
import { PersonActs } from '../../src/inbox/quarantine/person-acts.js';
import { Problem, SilentLog } from '../../src/platform/index.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { sampleInvoice } from '../../src/sandbox/samples/sample-invoice.js';
import { sandboxBench, type SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { notificationXml } from '../../src/sandbox/sdi/notification-xml.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';
import { assemble, attachmentPart, dissect, editDaticert, type Pieces } from './forgeries/surgery.js';

const caller: Caller = { name: 'Studio Rossi', scopes: ['messages:write', 'invoices:write'] };
let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let mailbox: Mailbox;
let queries: MessageQueries;
let acts: Acts;
let attaching: Attaching;
let persons: PersonActs;
let genuine: Pieces;
let serial = 0;
let uid = 0;

/** Something else happens while that one message is being read: others are read beside it at any time. */
const meanwhile = new Map<string, () => Promise<void>>();
class Interrupted extends LibraryReadings {
  override async pec(...[raw, trust]: Parameters<LibraryReadings['pec']>): ReturnType<LibraryReadings['pec']> {
    const sha256 = createHash('sha256').update(raw).digest('hex');
    const now = meanwhile.get(sha256);
    meanwhile.delete(sha256);
    await now?.();
    return super.pec(raw, trust);
  }
}

/** The log cannot be written. */
class MuteActs extends Acts {
  override add(): Promise<void> {
    return Promise.reject(new Error('not written'));
  }
}

/** The sandbox's servers under a public mailbox that believes in none of its certificates: everything that arrives is held. */
beforeAll(async () => {
  db = await testDatabase();
  const secrets = new AesSecretBox(randomBytes(32));
  lanes = lanesBench({ database: db.database, secrets, readings: new Interrupted() });
  sandbox = sandboxBench({ database: db.database, leases: lanes.leases, secrets });
  await sandbox.host.start();
  const setup = sandbox.home.setup!;
  mailbox = await lanes.mailbox({ ...setup.mailbox, trust: 'public', provider: 'other', quotaPerHour: 1000, quotaPerDay: 1000 }, setup.company.transmitter.idCodice);
  lanes.startReading();
  queries = new MessageQueries(db.database);
  acts = new Acts(db.database);
  const opening = new Opening(lanes.evidence, lanes.mailboxes, new LibraryReadings(), new TrustCache(lanes.mailboxes), new SilentLog());
  attaching = new Attaching(db.database, lanes.ledger, queries, opening, lanes.mailboxes, lanes.invoices, lanes.timeline, lanes.attempts, acts, lanes.clock);
  persons = new PersonActs(db.database, lanes.ledger, queries, lanes.judging, acts);
  const { held } = await sent('', ['accettazione']);
  genuine = dissect((await lanes.evidence.get(held.get('accettazione')!.sha256))!.content);
});
afterAll(async () => {
  await lanes?.stop();
  await sandbox?.host.stop();
  await db?.close();
});

/** An invoice whose ending decides what comes, and what came for it, all of it held. */
async function sent(ending: string, kinds: readonly string[]): Promise<{ id: string; held: Map<string, MessageRow> }> {
  const id = await lanes.take(sampleInvoice({ numbers: [`${++serial}${ending}`], flow: 'private', date: '2026-11-20' }));
  const fileName = (await lanes.invoices.get(id))!.baseName;
  const held = await until(`${kinds.join(', ')} are held`, async () => {
    const rows = await queries.list({ mailbox: mailbox.id, disposition: ['quarantined'], limit: 200 });
    const own = new Map(rows.filter(({ subject }) => subject?.includes(fileName)).map((row) => [row.kind ?? '', row]));
    return kinds.every((kind) => own.has(kind)) && own;
  }, 30_000);
  return { id, held };
}

/** A mail that arrived and was judged. */
async function stored(octets: Buffer): Promise<string> {
  const place = { mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'Falsi', imapEpoch: 0, uidValidity: 1n };
  const [id] = await lanes.ledger.store(place, [{ uid: ++uid, octets }], undefined);
  await lanes.judging.judge(id!);
  return id!;
}

/** A receipt that names a hand-over of nobody, and whose signature it breaks: it is held whatever anchors there are. */
async function forged(): Promise<MessageRow> {
  return queries.require(caller, await stored(assemble({ ...genuine, signed: editDaticert(genuine.signed, (xml) => xml.replace(/(<msgid>)[^<]*/, `$1&lt;mai.nostro.${++serial}@pec.altro.example&gt;`)) })));
}

const problemOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: unknown) => (error instanceof Problem ? error.kind.slug : Promise.reject(error as Error)));
const entryOf = async (id: string) => (await lanes.ledger.entries([id]))[0];
const events = async (id: string): Promise<string[]> => (await lanes.events(id)).map(({ type }) => type);

describe('vouching for receipts that nobody can verify', () => {
  it('moves the invoice as the lifecycle says, with the facts read from the message, and for nothing that it does not claim', { timeout: 60_000 }, async () => {
    const { id, held } = await sent('-NODELIVERY', ['accettazione', 'errore-consegna']);
    const [accettazione, errore] = [held.get('accettazione')!, held.get('errore-consegna')!];
    const body = { invoiceId: id, note: 'vista nella webmail' };
    for (const states of [['RC'], ['accettazione', 'avvenuta_consegna'], ['manual_note']]) expect(await problemOf(attaching.attach(caller, accettazione.id, { ...body, states }))).toBe('invalid-body');
    expect(await lanes.status(id)).toBe('sent');

    await Promise.all([1, 2, 3].map(() => attaching.attach(caller, accettazione.id, { ...body, states: ['accettazione'] })));
    expect(await lanes.status(id)).toBe('pec_accepted');
    await attaching.attach(caller, errore.id, { ...body, states: ['errore_consegna'] });
    expect(await lanes.status(id)).toBe('send_failed');
    const told = (await lanes.events(id)).slice(-2);
    expect(told).toMatchObject([
      { type: 'accettazione', attempt: 1, evidence_sha256: accettazione.sha256, facts: { vouchedBy: caller.name, note: body.note, identificativo: expect.any(String) as unknown } },
      { type: 'errore_consegna', attempt: 1, evidence_sha256: errore.sha256 },
    ]);
    expect(told[0]!.facts).not.toHaveProperty('signer');
    expect(await acts.of(accettazione.id)).toHaveLength(1);
    // A person's word teaches nothing that later messages would be judged by.
    expect((await lanes.attempts.ofInvoice(id))[0]).not.toHaveProperty('identificativo');
  });

  it('settles a hand-over of unknown outcome, so that nothing is sent twice', { timeout: 60_000 }, async () => {
    const { id, held } = await sent('', ['avvenuta-consegna']);
    await db.database.query(`UPDATE attempts SET state = 'unknown' WHERE invoice_id = $1`, [id]);
    await attaching.attach(caller, held.get('avvenuta-consegna')!.id, { invoiceId: id, note: 'x', states: ['avvenuta_consegna'] });
    expect(await lanes.status(id)).toBe('at_sdi');
    expect(await lanes.attempts.ofInvoice(id)).toMatchObject([{ state: 'accepted' }]);
  });

  it('of another invoice’s hand-over needs an explicit word', { timeout: 60_000 }, async () => {
    const [first, second] = [await sent('', ['accettazione']), await sent('', ['accettazione'])];
    const { id } = first.held.get('accettazione')!;
    const request = { invoiceId: second.id, note: 'x', states: ['accettazione'] };
    expect(await problemOf(attaching.attach(caller, id, request))).toBe('override-needed');
    await attaching.attach(caller, id, { ...request, override: true });
    expect(await lanes.status(second.id)).toBe('pec_accepted');
    expect(await lanes.status(first.id)).toBe('sent');
  });
});

describe('vouching for what is about something else', () => {
  const REQUEST = { note: 'x', override: false };

  it('wants an explicit word for a receipt of another hand-over, sender or recipient', { timeout: 60_000 }, async () => {
    const { id, held } = await sent('', ['accettazione']);
    const own = dissect((await lanes.evidence.get(held.get('accettazione')!.sha256))!.content);
    const foreign: [string, RegExp, string][] = [
      ['unknown_hand_over', /(<msgid>)[^<]*/, '$1&lt;mai.nostro@pec.altro.example&gt;'],
      ['other_sender', /(<mittente>)[^<]*/, '$1altri@pec.ditta.example'],
      ['other_recipient', /(<destinatari[^>]*>)[^<]*/g, '$1cliente@pec.example'],
    ];
    let last = '';
    for (const [doubt, fact, other] of foreign) {
      const message = await stored(assemble({ ...own, signed: editDaticert(own.signed, (xml) => xml.replace(fact, other)) }));
      const request = { ...REQUEST, invoiceId: id, states: ['accettazione'] };
      const refused = await attaching.attach(caller, message, request).catch((error: unknown) => error);
      expect(refused).toMatchObject({ kind: { slug: 'override-needed' }, more: { extra: { doubts: [doubt] } } });
      expect(await lanes.status(id)).not.toBe('pec_accepted');
      expect(await entryOf(message)).toMatchObject({ disposition: 'quarantined' });
      last = message;
    }
    // A word that is given is written down with what it set aside.
    await attaching.attach(caller, last, { note: 'x', invoiceId: id, states: ['accettazione'], override: true });
    expect(await lanes.status(id)).toBe('pec_accepted');
    expect((await acts.of(last))[0]).toMatchObject({ act: 'attach', states: ['accettazione'], doubts: ['other_recipient'] });
  });

  it.each(['abc', '99999999999', '2026.5', '-1'])('names a document by a year that is none: %j', { timeout: 60_000 }, async (anno) => {
    const id = await lanes.take(sampleInvoice({ numbers: [`${++serial}-SILENT`], flow: 'pa', date: '2026-11-20' }));
    const { fileName, sha256: hash } = (await lanes.invoices.get(id))!;
    const at = lanes.clock.now();
    const xml = notificationXml({ code: 'DT', family: 'pa', identificativoSdi: String(7_000_000 + serial), nomeFile: fileName, hash, receivedAt: at, at, messageId: String(serial), pecMessageId: '', destinatario: { codice: 'UFSBX1', descrizione: 'x' }, riferimento: { numero: '1', anno } });
    const head = Buffer.from('From: sdi01@pec.fatturapa.it\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n');
    const message = await stored(Buffer.concat([head, attachmentPart(fileName.replace('.xml', '_DT_001.xml'), Buffer.from(xml), 'application/xml'), Buffer.from('\r\n--b--\r\n')]));
    const request = { ...REQUEST, invoiceId: id, states: ['DT'] };
    expect(await problemOf(attaching.attach(caller, message, request))).toBe('override-needed');
    await attaching.attach(caller, message, { ...request, override: true });
    expect((await acts.of(message))[0]).toMatchObject({ act: 'attach', states: ['DT'], doubts: expect.arrayContaining(['other_document']) as unknown });
    expect(await events(id)).toContain('DT');
  });
});

describe('a person’s decision', () => {
  it('stands when everything else judges again, however it is brought about', { timeout: 60_000 }, async () => {
    const { id, held } = await sent('', ['accettazione', 'avvenuta-consegna']);
    const [remarked, dismissed] = [held.get('accettazione')!.id, held.get('avvenuta-consegna')!.id];
    // What cannot be written down does not happen.
    const mute = new PersonActs(db.database, lanes.ledger, queries, lanes.judging, new MuteActs(db.database));
    await expect(mute.judge(caller, remarked)).rejects.toThrow('not written');
    expect((await queries.require(caller, remarked)).judged_at).toEqual(held.get('accettazione')!.judged_at);

    await attaching.attach(caller, remarked, { invoiceId: id, note: 'x' });
    await persons.notOurs(caller, dismissed, 'x');
    for (const certificate of sandbox.home.setup!.anchors.pec) await lanes.mailboxes.addAnchor('public', 'pec', certificate);
    // Anchors are kept for five seconds.
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    for (const message of [remarked, dismissed]) await lanes.judging.judge(message, true);
    await lanes.jobs.runSweeps();
    expect(await entryOf(remarked)).toMatchObject({ disposition: 'applied', reason: 'attached_by_person' });
    expect(await entryOf(dismissed)).toMatchObject({ disposition: 'not_ours', reason: 'not_ours_by_person' });
    expect(await events(id)).toContain('manual_note');
    expect(await lanes.status(id)).toBe('sent');

    await expect(mute.judge(caller, dismissed)).rejects.toThrow('not written');
    expect(await entryOf(dismissed)).toMatchObject({ disposition: 'not_ours', reason: 'not_ours_by_person' });
    expect(await lanes.status(id)).toBe('sent');

    // Taken back, the message is judged by what is known today.
    await persons.judge(caller, dismissed);
    expect(await entryOf(dismissed)).toMatchObject({ disposition: 'applied', reason: 'told' });
    expect(await lanes.status(id)).toBe('at_sdi');
    expect((await acts.of(dismissed)).map(({ act, before, after }) => [act, before.reason, after.reason])).toEqual([
      ['judge', 'not_ours_by_person', 'told'],
      ['not_ours', 'issuer_unknown', 'not_ours_by_person'],
    ]);
  });

  it('that falls while the message is being judged again is what counts, and the log says what each act found and left', { timeout: 60_000 }, async () => {
    const { id, reason, sha256 } = await forged();
    meanwhile.set(sha256, () => persons.notOurs(caller, id, 'x'));
    expect(await lanes.judging.judge(id, true)).toBe('not_ours');
    expect(await entryOf(id)).toMatchObject({ disposition: 'not_ours', reason: 'not_ours_by_person' });
    await persons.judge(caller, id);
    const again = (await entryOf(id))!;
    expect(again.reason).not.toBe('not_ours_by_person');
    expect(again.disposition).toBe('quarantined');

    // A person's request takes back what stood when it was made, and nothing that another person decides meanwhile.
    meanwhile.set(sha256, () => persons.notOurs({ ...caller, name: 'Studio Verdi' }, id, 'y'));
    await persons.judge(caller, id);
    expect(await entryOf(id)).toMatchObject({ disposition: 'not_ours', reason: 'not_ours_by_person' });
    const decided = { disposition: 'not_ours', reason: 'not_ours_by_person' };
    expect((await acts.of(id)).map(({ act, by, before, after }) => ({ act, by, before, after }))).toEqual([
      { act: 'judge', by: caller.name, before: decided, after: decided },
      { act: 'not_ours', by: 'Studio Verdi', before: { disposition: 'quarantined', reason: again.reason }, after: decided },
      { act: 'judge', by: caller.name, before: decided, after: { disposition: 'quarantined', reason: again.reason } },
      { act: 'not_ours', by: caller.name, before: { disposition: 'quarantined', reason }, after: decided },
    ]);
  });

  it('stands when the process that takes it back dies before it judges', { timeout: 60_000 }, async () => {
    const { id } = await forged();
    await persons.notOurs(caller, id, 'x');
    const dying = new PersonActs(db.database, lanes.ledger, queries, { judgeFor: () => Promise.reject(new Error('killed')) } as unknown as typeof lanes.judging, acts);
    await expect(dying.judge(caller, id)).rejects.toThrow('killed');
    expect(await entryOf(id)).toMatchObject({ disposition: 'not_ours', reason: 'not_ours_by_person' });
    expect(await acts.of(id)).toHaveLength(1);
    await persons.judge(caller, id);
    expect((await entryOf(id))?.reason).not.toBe('not_ours_by_person');
  });

  it('about what has no octets comes back as it was', async () => {
    const text = { it: 'x', en: 'x' };
    const place = { mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'Altra', imapEpoch: 0, uidValidity: 9n };
    for (const [uid, reason] of [[1, 'unfetchable'], [2, 'too_large']] as const) {
      await lanes.ledger.store(place, [{ uid, octets: Buffer.from(reason === 'too_large' ? 'Subject: x\r\n\r\n' : ''), quarantine: { reason, text, size: 99 } }], undefined);
      const [row] = await db.database.query<{ id: string }>('SELECT id FROM messages WHERE folder = $1 AND uid = $2', ['Altra', uid]);
      await persons.notOurs(caller, row!.id, 'x');
      expect(await entryOf(row!.id)).toMatchObject({ disposition: 'not_ours' });
      for (const before of ['not_ours', 'quarantined']) {
        await persons.judge(caller, row!.id);
        expect(await entryOf(row!.id)).toMatchObject({ disposition: 'quarantined', reason });
        expect((await acts.of(row!.id))[0]).toMatchObject({ act: 'judge', before: { disposition: before }, after: { disposition: 'quarantined', reason } });
      }
    }
    // Attached as it is: the header of a giant is evidence, of what never came there is none.
    const invoice = await lanes.take(sampleInvoice({ numbers: [`${++serial}`], flow: 'private', date: '2026-11-20' }));
    const rows = await db.database.query<{ id: string; reason: string }>(`SELECT id, reason FROM messages WHERE folder = 'Altra' ORDER BY uid`);
    expect(await problemOf(attaching.attach(caller, rows[0]!.id, { invoiceId: invoice, note: 'x' }))).toBe('act-not-possible');
    expect(await problemOf(attaching.attach(caller, rows[1]!.id, { invoiceId: invoice, note: 'x' }))).toBe('none');
  });

  it('cannot be rewritten in the log', async () => {
    await expect(db.database.query(`UPDATE message_acts SET note = 'y'`)).rejects.toThrow('append-only');
    await expect(db.database.query('DELETE FROM message_acts')).rejects.toThrow('append-only');
  });
});
