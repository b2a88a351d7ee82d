import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { readBundleZip } from '../../src/evidence/bundle/verify/read-zip.js';
import { type BundleReport, verifyBundle, type VerifyOptions } from '../../src/evidence/bundle/verify/index.js';
import { OUTCOMES } from '../../src/sandbox/outcomes/outcomes.js';
import { type Opened, put, reassemble, rechain, take, zip } from '../support/bundle-forge.js';
import { sample, type SampleName } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';

let service: Service;
let api: Api;
let folder: string;
/** Bundles of the cases below, by the name of their case. */
const bundles = new Map<string, { id: string; zip: Buffer }>();

const statusOf = async (id: string): Promise<string> => (await api.json<{ status: string }>('GET', `/v1/invoices/${id}`)).status;
const becomes = (id: string, status: string): Promise<true> => eventually(`${id} is ${status}`, async () => ((await statusOf(id)) === status ? true : undefined), 150_000);

async function send(name: SampleName, number: string, status: string): Promise<string> {
  const { id } = await api.post(sample(name, number));
  await becomes(id, status);
  return id;
}

/** The bundle once nothing more comes: two answers of the same length in a row. */
async function bundleOf(id: string): Promise<Buffer> {
  let last = 0;
  return eventually(`the bundle of ${id}`, async () => {
    const response = await api.request('GET', `/v1/invoices/${id}/evidence`);
    expect(response.status).toBe(200);
    const octets = Buffer.from(await response.arrayBuffer());
    const rests = octets.length === last;
    last = octets.length;
    return rests ? octets : undefined;
  }, 30_000, 400);
}

async function keep(name: string, id: string): Promise<void> {
  bundles.set(name, { id, zip: await bundleOf(id) });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bundles-'));
  service = await startService();
  api = new Api(service.url, service.key);
  const resent = async (): Promise<string> => {
    const id = await send('privata', 'B/4-NOACC', 'send_failed');
    await api.json('POST', `/v1/invoices/${id}/resend`, {});
    await becomes(id, 'delivered');
    return id;
  };
  await Promise.all([
    send('privata', 'B/1', 'delivered').then((id) => keep('delivered', id)),
    send('pa', 'B/2-EC01', 'accepted').then((id) => keep('accepted', id)),
    send('privata', 'B/3-NS00423', 'rejected').then((id) => keep('rejected', id)),
    resent().then((id) => keep('resent', id)),
    send('privata', 'B/5-FORGED', 'delivered').then((id) => keep('forged', id)),
    send('privata', 'B/6-DUP', 'delivered').then((id) => keep('doubled', id)),
    send('privata', 'B/7', 'delivered').then((id) => keep('other', id)),
  ]);
}, 180_000);
afterAll(async () => {
  await service?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const bundle = (name: string): Buffer => bundles.get(name)!.zip;

async function report(archive: Buffer, options?: VerifyOptions): Promise<BundleReport> {
  const verification = await verifyBundle(archive, options);
  if (!verification.ok) throw new Error(verification.reason);
  return verification.report;
}

/** `piece: code` of everything that is wrong. */
const wrong = ({ pieces }: BundleReport): string[] => pieces.flatMap(({ path: piece, problems }) => problems.map(({ code }) => `${piece}: ${code}`));

/** Changes a bundle as somebody would who can write every hash anew. */
async function forged(archive: Buffer, change: (opened: Opened) => void): Promise<BundleReport> {
  const opened = take(archive);
  change(opened);
  return report(await reassemble(opened));
}

describe('the bundle of the sandbox', () => {
  it.each([
    ['delivered', 'delivered', ['queued', 'attempt_opened', 'smtp_accepted', 'accettazione', 'avvenuta_consegna', 'RC']],
    ['accepted', 'accepted', ['NE']],
    ['rejected', 'rejected', ['NS']],
    ['resent', 'delivered', ['non_accettazione', 'resend_requested', 'RC']],
    ['forged', 'delivered', ['RC']],
    ['doubled', 'delivered', ['RC']],
  ])('of %s holds, and says that it is a demonstration', async (name, status, types) => {
    const found = await report(bundle(name));
    expect(wrong(found)).toEqual([]);
    expect(found).toMatchObject({ ok: true, basis: 'named', invoice: { status } });
    expect(take(bundle(name)).records.timeline.entries.map(({ type }) => type)).toEqual(expect.arrayContaining(types));
    for (const { role, proves } of found.pieces) if (role === 'invoice' || role === 'mail') expect(proves).not.toBeNull();
    expect(found.pieces.flatMap(({ signatures }) => signatures).every(({ kind, named }) => kind === 'invoice' || named === 'sandbox')).toBe(true);
  });

  it('holds copies and both mails of two hand-overs', () => {
    expect(take(bundle('doubled')).records.messages.items.filter(({ disposition }) => disposition === 'duplicate').length).toBeGreaterThan(0);
    expect([...readBundleZip(bundle('resent')).files.keys()].filter((name) => name.startsWith('mail/attempt-'))).toEqual(['mail/attempt-1.eml', 'mail/attempt-2.eml']);
  });

  it('is the same bytes for the same evidence, has a tag, and is read by the archiver of the system', async () => {
    const { id, zip: before } = bundles.get('delivered')!;
    const again = await api.request('GET', `/v1/invoices/${id}/evidence`);
    expect(Buffer.from(await again.arrayBuffer()).equals(before)).toBe(true);
    expect(again.headers.get('content-length')).toBe(String(before.length));
    expect(again.headers.get('content-disposition')).toMatch(/^attachment; filename="IT09876543217_[0-9A-Z]{5}-evidence\.zip"$/);
    const tag = again.headers.get('etag')!;
    expect((await api.request('GET', `/v1/invoices/${id}/evidence`, undefined, { 'if-none-match': tag })).status).toBe(304);
    expect((await api.request('GET', `/v1/invoices/01900000-0000-7000-8000-00000000000b/evidence`)).status).toBe(404);
    const file = path.join(folder, 'plain.zip');
    writeFileSync(file, before);
    const test = spawnSync('python3', ['-m', 'zipfile', '-t', file], { encoding: 'utf8' });
    if (test.error === undefined) expect(test.stdout).toContain('Done testing');
  });

  it('is verified by hand with the tools of the system, as the documentation says', ({ skip }) => {
    const guide = readFileSync(path.resolve(__dirname, '../../docs/evidence.md'), 'utf8');
    const tools = ['sha256sum', 'jq', 'openssl'].filter((tool) => spawnSync(tool, ['--version']).error);
    if (tools.length > 0) skip(`${tools.join(', ')} not installed`);
    const unpacked = path.join(folder, 'unpacked');
    for (const [name, octets] of readBundleZip(bundle('delivered')).files) {
      mkdirSync(path.dirname(path.join(unpacked, name)), { recursive: true });
      writeFileSync(path.join(unpacked, name), octets);
    }
    const { certificates, timeline } = take(bundle('delivered')).records;
    const run = (command: string): { status: number | null; stdout: string } => spawnSync('sh', ['-c', command], { cwd: unpacked, encoding: 'utf8' });
    const documented = (start: string): string => guide.split('\n').find((line) => line.startsWith(start))!;
    expect(run(documented('sha256sum'))).toMatchObject({ status: 0 });
    expect(run(documented('jq -cSj')).stdout.slice(0, 64)).toBe(timeline.entries[2]!.hash);
    expect(run(documented('jq -r')).stdout.trim()).toBe(timeline.entries[2]!.hash);
    const anchor = certificates.find(({ roles }) => roles.includes('pec-anchor'))!.file;
    const now = String(Math.floor(Date.now() / 1000));
    expect(run(documented('openssl cms').replace('roots.pem', anchor).replace(/-attime \d+/, `-attime ${now}`)).status).toBe(0);
  });

  it('shows the chain in the timeline, and its heads were told by the feed', async () => {
    const { id, zip: archive } = bundles.get('delivered')!;
    const { items, chain } = await api.json<{ items: { hash: string }[]; chain: object }>('GET', `/v1/invoices/${id}/timeline`);
    expect(chain).toEqual({ ok: true });
    const { records } = take(archive);
    expect(records.timeline.entries.map(({ hash }) => hash)).toEqual(items.map(({ hash }) => hash));
    const events = await api.json<{ items: { data: { invoiceId: string; timelineHash: string } }[] }>('GET', '/v1/events?after=0&limit=200');
    const told = events.items.filter(({ data }) => data.invoiceId === id).map(({ data }) => data.timelineHash);
    expect(told.length).toBeGreaterThan(3);
    for (const head of told) expect(wrong(await report(archive, { head }))).toEqual([]);
    expect(wrong(await report(archive, { head: 'f'.repeat(64) }))).toEqual(['timeline.json: unknown-head']);
  });

  it('holds under authorities that the verifier gives', async () => {
    const opened = take(bundle('delivered'));
    const anchors = opened.records.certificates.filter(({ trust }) => trust !== null).map(({ file }) => Buffer.from(readBundleZip(bundle('delivered')).files.get(file)!.toString().replace(/-----[^-]+-----|\s/g, ''), 'base64'));
    const found = await report(bundle('delivered'), { anchors });
    expect(found).toMatchObject({ ok: true, basis: 'given' });
  });

  it('of every ending that needs no time holds', { timeout: 240_000 }, async () => {
    const rows = OUTCOMES.filter(({ ending, advance }) => advance === undefined && ending !== '').flatMap((row) => (row.flow === 'both' ? (['private', 'pa'] as const) : [row.flow]).map((flow) => ({ row, flow })));
    const failures: string[] = [];
    await Promise.all(
      rows.map(async ({ row, flow }, index) => {
        const id = await send(flow === 'pa' ? 'pa' : 'privata', `Z${index}${row.ending.replace('nnnnn', '00423')}`, row.final);
        failures.push(...wrong(await report(await bundleOf(id))).map((fault) => `${row.ending} ${flow} ${fault}`));
      }),
    );
    expect(failures).toEqual([]);
  });
});

describe('after any change', () => {
  it('of a single byte, anywhere, the bundle fails and names a piece', { timeout: 300_000 }, async () => {
    const archive = Buffer.from(bundle('delivered'));
    const names = new Set([...readBundleZip(archive).files.keys(), 'archive']);
    const unnoticed: number[] = [];
    for (let offset = 0; offset < archive.length; offset++) {
      archive[offset]! ^= 1;
      const verification = await verifyBundle(archive);
      const failed = verification.ok && !verification.report.ok ? verification.report.pieces.filter(({ ok }) => !ok) : [];
      // A name of an entry that was itself changed is told as it stands, so that only its header is sure.
      if (failed.length === 0 || !failed.some(({ path: piece, problems }) => names.has(piece) || problems.some(({ code }) => code !== 'archive-content'))) unnoticed.push(offset);
      archive[offset]! ^= 1;
    }
    expect(unnoticed).toEqual([]);
    expect(archive.equals(bundle('delivered'))).toBe(true);
  });

  it('that the archive’s own checksums hide, the changed piece is named', async () => {
    const files = [...readBundleZip(bundle('delivered')).files];
    for (const [name, octets] of files) {
      const changed = Buffer.from(octets);
      changed[Math.floor(changed.length / 2)]! ^= 1;
      const found = await report(await zip(files.map(([other, content]) => [other, other === name ? changed : content] as const)));
      expect(wrong(found).some((fault) => fault.startsWith(`${name}: `)), name).toBe(true);
    }
  });

  it('entries removed, added, swapped or renamed are refused by name', async () => {
    const files = [...readBundleZip(bundle('delivered')).files];
    const at = files.findIndex(([name]) => name.startsWith('messages/002'));
    const [name, octets] = files[at]!;
    expect(wrong(await report(await zip(files.filter((_, index) => index !== at))))).toEqual([`${name}: missing`]);
    expect(wrong(await report(await zip([...files, ['messages/099-extra.eml', octets]])))).toEqual(['messages/099-extra.eml: unlisted']);
    const swapped = [...files];
    [swapped[at], swapped[at + 1]] = [swapped[at + 1]!, swapped[at]!];
    expect(wrong(await report(await zip(swapped)))).toEqual([`${swapped[at]![0]}: order`]);
    const crossed = files.map(([other, content], index) => [other, index === at ? files[at + 1]![1] : index === at + 1 ? octets : content] as const);
    expect(wrong(await report(await zip(crossed)))).toEqual([`${name}: hash`, `${files[at + 1]![0]}: hash`]);
    expect(wrong(await report(await zip([...files.map(([other, content]) => [other, content] as const), ['../evil.sh', octets]])))).toEqual(['archive: archive-header']);
  });

  it('a timeline whose rows were removed, with every hash written anew, is refused', async () => {
    const remove = (type: string) => (opened: Opened): void => {
      const { timeline } = opened.records;
      timeline.entries = timeline.entries.filter((entry) => entry.type !== type);
      rechain(opened);
    };
    const without = async (type: string): Promise<string[]> => wrong(await forged(bundle('delivered'), remove(type)));
    expect(await without('queued')).toContain('timeline.json: no-beginning');
    expect(await without('attempt_opened')).toEqual(expect.arrayContaining(['mail/attempt-1.eml: no-entry']));
    expect(await without('smtp_accepted')).toEqual(expect.arrayContaining(['mail/attempt-1.eml: no-answer']));
    expect(await without('accettazione')).toEqual(expect.arrayContaining([expect.stringMatching(/^messages\/001-accettazione\.eml: no-entry$/)]));
    expect(await without('RC')).toEqual(expect.arrayContaining([expect.stringMatching(/^messages\/003-sdi-rc\.eml: no-entry$/), 'invoice.json: state']));
  });

  it('a bundle that was cut back as a whole to an earlier state is refused by a head that was told', async () => {
    const archive = bundle('delivered');
    const opened = take(archive);
    const head = opened.records.timeline.head;
    const { records } = opened;
    const message = records.messages.items.findIndex(({ sdi }) => sdi?.code === 'RC');
    records.messages.items.splice(message, 1);
    const used = new Set(records.messages.items.flatMap(({ signers }) => signers));
    records.certificates = records.certificates.filter(({ roles, fingerprint }) => used.has(fingerprint) || roles.includes('pec-anchor'));
    records.timeline.entries = records.timeline.entries.filter(({ type }) => type !== 'RC');
    records.invoice.status = 'at_sdi';
    records.invoice.identificativoSdi = null;
    for (const document of records.invoice.documents) document.status = 'at_sdi';
    rechain(opened);
    const cut = await reassemble(opened);
    expect(wrong(await report(cut))).toEqual([]);
    expect(wrong(await report(cut, { head }))).toEqual(['timeline.json: unknown-head']);
  });

  it.each<[string, (opened: Opened) => void, RegExp]>([
    ['the state', ({ records }) => void (records.invoice.status = 'available'), /^invoice\.json: state$/],
    ['the state of a document', ({ records }) => void (records.invoice.documents[0]!.status = 'rejected'), /^invoice\.json: state$/],
    ['the state after an entry', ({ records }) => void (records.timeline.entries[2]!.status = 'delivered'), /^timeline\.json: entry-status$/],
    ['the number', ({ records }) => void (records.invoice.number = 'B/99'), /^invoice\.json: other-data$/],
    ['the total', ({ records }) => void (records.invoice.total = '1.00'), /^invoice\.json: other-data$/],
    ['the buyer', ({ records }) => void (records.invoice.buyer.name = 'Altri S.p.A.'), /^invoice\.json: other-data$/],
    ['the kind of an event', ({ records }) => void (records.timeline.entries.at(-1)!.type = 'MC'), /^messages\/003-sdi-rc\.eml: entry$/],
    ['the instant of a receipt', ({ records }) => void (records.timeline.entries[3]!.at = '2020-01-01T00:00:00.000000Z'), /^messages\/001-accettazione\.eml: entry$/],
    ['the facts of a receipt', ({ records }) => void (records.timeline.entries[4]!.facts['consegna'] = 'altri@pec.example'), /^messages\/002-avvenuta-consegna\.eml: entry$/],
    ['the id at SdI', ({ records }) => ((records.invoice.identificativoSdi = '42'), void (records.timeline.entries.at(-1)!.identificativoSdi = '42')), /^messages\/003-sdi-rc\.eml: entry$/],
    ['the identificativo of the hand-over', ({ records }) => void (records.attempts[0]!.identificativo = 'x'), /^messages\/001-accettazione\.eml: other-identificativo$/],
    ['the Message-ID of the hand-over', ({ records }) => void (records.attempts[0]!.messageId = 'x@y'), /^mail\/attempt-1\.eml: other-message-id$/],
    ['the server’s answer', ({ records }) => ((records.timeline.entries[2]!.facts['response'] = '250 mai detto'), void (records.attempts[0]!.smtpResponse = '250 mai detto')), /^mail\/003-smtp-accepted\.txt: entry$/],
    ['the code of the notification', ({ records }) => void (records.messages.items.find(({ sdi }) => sdi)!.sdi!.code = 'NS'), /: notification$/],
    ['the subject of a certificate', ({ records }) => void (records.certificates[0]!.subject = 'CN=Altri'), /^certificates\/.*: other-certificate$/],
    ['the invoice of the timeline', ({ records }) => void (records.timeline.invoiceId = '01900000-0000-7000-8000-00000000000b'), /^timeline\.json: other-invoice$/],
    ['the facts of a receipt, by one that is invented', ({ records }) => void (records.timeline.entries[4]!.facts['invented'] = 'x'), /^messages\/002-avvenuta-consegna\.eml: entry$/],
    ['the facts of a receipt, by one that only a notification has', ({ records }) => void (records.timeline.entries[4]!.facts['matchedBy'] = 'nomeFile'), /^messages\/002-avvenuta-consegna\.eml: entry$/],
    ['the facts of a notification, by a person who vouches', ({ records }) => void (records.timeline.entries.at(-1)!.facts['vouchedBy'] = 'Ada'), /^messages\/003-sdi-rc\.eml: entry$/],
    ['the facts of a notification, by documents that are no list', ({ records }) => void (records.timeline.entries.at(-1)!.facts['documents'] = 'B/1'), /^messages\/003-sdi-rc\.eml: entry$/],
    ['the key of a receipt', ({ records }) => void (records.timeline.entries[3]!.key += 'x'), /^messages\/001-accettazione\.eml: entry$/],
    ['the key of a notification', ({ records }) => void (records.timeline.entries.at(-1)!.key += 'x'), /^messages\/003-sdi-rc\.eml: entry$/],
    ['the facts of the intake, by another hash', ({ records }) => void (records.timeline.entries[0]!.facts['sha256'] = 'e'.repeat(64)), /^invoice\/IT.*: entry$/],
    ['the facts of the intake, by a number', ({ records }) => void (records.timeline.entries[0]!.facts['number'] = 'B/99'), /^invoice\/IT.*: entry$/],
    ['the facts of the intake, by an original', ({ records }) => void (records.timeline.entries[0]!.facts['originalSha256'] = 'e'.repeat(64)), /^invoice\/IT.*: entry$/],
    ['the facts of the intake, by a signature', ({ records }) => void (records.timeline.entries[0]!.facts['signed'] = { form: 'cades', serialNumber: '01' }), /^invoice\/IT.*: entry$/],
    ['the reason of a message that moved the invoice', ({ records }) => void (records.messages.items[0]!.reason = 'issuer_unknown'), /^messages\/001-accettazione\.eml: other-data$/],
    ['the reason of a message, to a person’s word', ({ records }) => void (records.messages.items[0]!.reason = 'attached_by_person'), /^messages\/001-accettazione\.eml: other-data$/],
    ['the message of an entry', ({ records }) => void (records.timeline.entries.at(-1)!.messageId = records.timeline.entries[3]!.messageId), /^timeline\.json: other-message$/],
  ])('of %s, with every hash written anew, the bundle is refused', async (_what, change, expected) => {
    const found = wrong(await forged(bundle('delivered'), (opened) => (change(opened), rechain(opened))));
    expect(found.some((fault) => expected.test(fault)), found.join('; ')).toBe(true);
  });

  it('of a mail, a message or the invoice, with every hash written anew, the piece is refused', async () => {
    const edit = async (choose: (opened: Opened) => { sha256: string; size: number }, from: string | RegExp, to: string, mediaType = 'message/rfc822'): Promise<string[]> =>
      wrong(
        await forged(bundle('delivered'), (opened) => {
          const record = choose(opened);
          const before = opened.pieces.get(record.sha256)!;
          const after = Buffer.from(before.toString('latin1').replace(from, to), 'latin1');
          expect(after.equals(before)).toBe(false);
          const old = record.sha256;
          Object.assign(record, put(opened, after, mediaType));
          for (const entry of opened.records.timeline.entries) if (entry.evidenceSha256 === old) entry.evidenceSha256 = record.sha256;
          rechain(opened);
        }),
      );
    expect(await edit(({ records }) => records.messages.items[0]!, 'stato accettato', 'stato rifiutato')).toEqual(expect.arrayContaining(['messages/001-accettazione.eml: digest-mismatch']));
    expect(await edit(({ records }) => records.attempts[0]!, /To: sdi\d\d@/, 'To: sdi99@')).toContain('mail/attempt-1.eml: other-recipient');
    const invoice = await edit(({ records }) => records.invoice, '<Nazione>IT</Nazione>', '<Nazione>FR</Nazione>', 'application/xml');
    expect(invoice).toEqual(expect.arrayContaining(['mail/attempt-1.eml: other-file', 'messages/002-avvenuta-consegna.eml: other-file', 'messages/003-sdi-rc.eml: other-hash']));
  });

  it('of any datum of any record, with every hash written anew, the bundle is refused, but for what nothing in it can prove', { timeout: 180_000 }, async () => {
    /** What Corriere alone knows and no piece states: a reader must believe it, or ask elsewhere. */
    const UNPROVABLE = [
      /^invoice\.company\.(name|partitaIva|codiceFiscale)$/,
      /^invoice\.mailbox\.(address|provider|providerSigners\.\d+|trust)$/,
      /^timeline\.entries\.\d+\.(recordedAt|key)$/,
      /^timeline\.entries\.\d+\.facts\.matchedBy$/,
      /^attempts\.\d+\.resendRequestedAt$/,
      /^messages\.omitted$/,
      /^messages\.items\.\d+\.(reasonText\.(it|en)|internalDate|fetchedAt|attempt)$/,
      /^certificates\.\d+\.trust$/,
    ];
    const leaves = (value: unknown, at: string): string[] => (typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, item]) => leaves(item, at === '' ? name : `${at}.${name}`)) : [at]);
    const other = (value: unknown): unknown => {
      if (typeof value === 'number') return value + 1;
      if (typeof value === 'boolean') return !value;
      if (typeof value !== 'string') return value === null ? '2020-01-01T00:00:00.000000Z' : value;
      if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return '2020-01-01T00:00:00.000000Z';
      if (/^[0-9a-f]{64}$/.test(value)) return 'e'.repeat(64);
      if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) return '01900000-0000-7000-8000-00000000000b';
      return `${value}x`;
    };
    const unnoticed: string[] = [];
    const { records } = take(bundle('delivered'));
    for (const leaf of leaves(records, '')) {
      // Places and hashes of the chain are written anew by whoever forges.
      if (/\.(file|hash|previousHash|head|timelineHash|sequence|format)$/.test(leaf)) continue;
      const opened = take(bundle('delivered'));
      const names = leaf.split('.');
      const holder = names.slice(0, -1).reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, opened.records as unknown as Record<string, unknown>);
      const name = names.at(-1)!;
      holder[name] = name === 'trust' ? (leaf.startsWith('certificates') ? 'person' : 'public') : other(holder[name]);
      rechain(opened);
      const found = await reassemble(opened).then(report, () => undefined);
      if (found?.ok) unnoticed.push(leaf);
    }
    expect(unnoticed.filter((leaf) => !UNPROVABLE.some((pattern) => pattern.test(leaf)))).toEqual([]);
    // The list is no longer than it must be.
    expect(UNPROVABLE.filter((pattern) => !unnoticed.some((leaf) => pattern.test(leaf)))).toEqual([]);
  });

  it('another invoice’s receipts, put in with every hash written anew, are refused', async () => {
    const other = take(bundle('other'));
    for (const [index, code] of [[0, 'other-message'], [1, 'other-message'], [2, 'other-hash']] as const) {
      const found = wrong(
        await forged(bundle('delivered'), (opened) => {
          const mine = opened.records.messages.items[index]!;
          const theirs = other.records.messages.items[index]!;
          const old = mine.sha256;
          Object.assign(mine, put(opened, other.pieces.get(theirs.sha256)!, 'message/rfc822'));
          if (theirs.sdi && mine.sdi) Object.assign(mine.sdi, { ...theirs.sdi, ...put(opened, other.pieces.get(theirs.sdi.sha256)!, 'application/xml') });
          for (const entry of opened.records.timeline.entries) if (entry.evidenceSha256 === old) entry.evidenceSha256 = mine.sha256;
          rechain(opened);
        }),
      );
      const piece = take(bundle('delivered')).records.messages.items[index]!.file;
      expect(found).toContain(`${piece}: ${code}`);
    }
  });

  it('a page that says something else is refused, and so is a piece that no record needs', async () => {
    const files = [...readBundleZip(bundle('delivered')).files];
    const opened = take(bundle('delivered'));
    opened.records.certificates.push({ ...opened.records.certificates[0]!, subject: 'CN=Altra' });
    expect(wrong(await report(await reassemble(opened))).length).toBeGreaterThan(0);
    const page = files.map(([name, octets]) => [name, name === 'index.html' ? Buffer.from(octets.toString().replace('delivered', 'rejected')) : octets] as const);
    expect(wrong(await report(await zip(page)))).toEqual(['index.html: hash']);
  });
});

describe('corriere verify', () => {
  async function run(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const code = await main(['verify', ...argv], { base: folder, env: {}, out: (text) => void (said.out += `${text}\n`), err: (text) => void (said.err += `${text}\n`) });
    return { code, ...said };
  }
  const write = (name: string, octets: Buffer): string => (writeFileSync(path.join(folder, name), octets), name);

  it('ends with 0 for a bundle that holds and says in both languages what it proves and what not', async () => {
    const file = write('good.zip', bundle('delivered'));
    const english = await run(file, '--lang', 'en');
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toContain('demonstration only');
    expect(english.out).toContain('Proves that the provider');
    const italian = await run(file, '--lang', 'it');
    expect(italian).toMatchObject({ code: 0, err: '' });
    for (const text of ['solo dimostrativo', 'Prova che il gestore', 'ha accettato il messaggio', 'La fattura è emessa.']) expect(italian.out).toContain(text);
    const json = JSON.parse((await run(file, '--json')).out) as BundleReport;
    expect(json).toMatchObject({ ok: true, basis: 'named', invoice: { status: 'delivered' } });
  });

  it('ends with 1, naming the piece, after a few hundred flips of single bits', { timeout: 120_000 }, async () => {
    const archive = Buffer.from(bundle('delivered'));
    const step = Math.floor(archive.length / 200);
    for (let offset = 3; offset < archive.length; offset += step) {
      const bit = 1 << (offset % 8);
      archive[offset]! ^= bit;
      const { code, out } = await run(write('flipped.zip', archive), '--json');
      expect(code, String(offset)).toBe(1);
      expect((JSON.parse(out) as BundleReport).pieces.some(({ ok }) => !ok)).toBe(true);
      archive[offset]! ^= bit;
    }
  });

  it('ends with 2 for what cannot be used, and reads no more than it must', async () => {
    mkdirSync(path.join(folder, 'empty'), { recursive: true });
    for (const args of [[], ['nowhere.zip'], ['good.zip', 'good.zip'], ['--head', 'x', 'good.zip'], ['--anchors', 'empty', 'good.zip'], [write('text.zip', Buffer.from('no archive at all, but long enough'))], [write('nothing.zip', Buffer.alloc(0))]]) {
      const { code, out, err } = await run(...args);
      expect({ code, out }, args.join(' ')).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^corriere verify: [^\n]+\n$/);
    }
  });

  it('refuses hostile archives within bounds', async () => {
    const small = await zip([['index.html', Buffer.from('x')]]);
    const huge = Buffer.from(small);
    huge.writeUInt32LE(0x7fffffff, 18);
    huge.writeUInt32LE(0x7fffffff, 22);
    const packed = Buffer.from(small);
    packed.writeUInt16LE(8, 8);
    const many = await zip(Array.from({ length: 10_050 }, (_, index) => [`a/${index}`, Buffer.alloc(0)] as const));
    const twice = await zip([['index.html', Buffer.from('x')], ['index.html', Buffer.from('y')]]);
    const deep = await zip([...readBundleZip(bundle('delivered')).files].map(([name, octets]) => [name, name === 'manifest.json' ? Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) : octets] as const));
    for (const archive of [small, huge, packed, many, twice, deep, Buffer.concat([bundle('delivered'), Buffer.from('more')]), Buffer.concat([Buffer.from('MZ'), bundle('delivered')])]) {
      const { code, out } = await run(write('hostile.zip', archive), '--json');
      expect(code).toBe(1);
      expect((JSON.parse(out) as BundleReport).ok).toBe(false);
    }
  });

  it('runs on a machine without the service: a copy of the sources, no database, no setting', () => {
    const run = spawnSync('npm', ['run', '-s', 'corriere', '--', 'verify', path.join(folder, 'good.zip'), '--json'], { cwd: path.resolve(__dirname, '../..'), encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true });
  });
});
