import { randomBytes } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { progressivoFromNumber } from '../fatturapa/index.js';
import { composeInvoiceMail, type PecMessage, readPecMessage } from '../pec/index.js';
import { PgLeases } from '../platform/leases/pg-leases.js';
import { SilentLog } from '../platform/log/log.js';
import { AesSecretBox } from '../platform/secrets/aes-secret-box.js';
import { type Flow, readSdiAttachments } from '../sdi/index.js';
import { parseDuration } from './clock/duration.js';
import { DEMO_ADDRESS } from './demo-company.js';
import type { SandboxSetup } from './home.js';
import { OUTCOMES } from './outcomes/outcomes.js';
import { TRANSPORT } from './outcomes/plans.js';
import { sampleInvoice } from './samples/sample-invoice.js';
import { sandboxBench, type SandboxBench } from './sandbox-bench.js';

let db: TestDatabase;
let bench: SandboxBench;
let setup: SandboxSetup;
let lastUid = 0;
let files = 0n;
const secrets = new AesSecretBox(randomBytes(32));
const newBench = (): SandboxBench => sandboxBench({ database: db.database, leases: new PgLeases(db.database, new SilentLog()), secrets });

beforeAll(async () => {
  db = await testDatabase();
  bench = newBench();
  await bench.host.start();
  setup = bench.home.setup!;
});
afterAll(async () => {
  await bench?.host.stop();
  await db?.close();
});

interface Sent {
  readonly fileName: string;
  readonly messageId: string;
  readonly content: Buffer;
  readonly raw: Buffer;
}

function invoiceMail(
  numbers: readonly string[],
  flow: Flow,
  more: { to?: string; tipoRicevuta?: 'completa' | 'breve' | 'sintetica'; fileName?: string } = {},
): Sent {
  const content = sampleInvoice({ numbers, flow, date: '2026-11-21' });
  files += 1n;
  const fileName = more.fileName ?? `IT09876543217_${progressivoFromNumber(files)}.xml`;
  const messageId = `inv.${files}.a1@pec.officina-dimostrativa.example`;
  return {
    fileName,
    messageId,
    content,
    raw: composeInvoiceMail({ from: DEMO_ADDRESS, to: more.to ?? setup.mailbox.sdiAddress, messageId, fileName, content, ...more }),
  };
}

async function submit(raw: Buffer, to = setup.mailbox.sdiAddress): Promise<string> {
  const { smtp, passwords, tlsCa } = setup.mailbox;
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: true,
    auth: { user: smtp.user, pass: passwords.smtp },
    tls: { ca: tlsCa },
  });
  try {
    const { response } = await transport.sendMail({ raw, envelope: { from: DEMO_ADDRESS, to: [to] } });
    return response;
  } finally {
    transport.close();
  }
}

interface Seen {
  readonly message: PecMessage;
  /** `accettazione`, `RC`, `NE EC01`, ... */
  readonly label: string;
  readonly trusted: boolean;
  readonly xml?: string;
  readonly raw: Buffer;
}

/** What entered the inbox since the last look, in the order of arrival, judged as the service judges it. */
async function look(): Promise<Seen[]> {
  const { imap, passwords, tlsCa } = setup.mailbox;
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: true,
    auth: { user: imap.user, pass: passwords.imap },
    tls: { ca: tlsCa },
    logger: false,
  });
  await client.connect();
  const raws: Buffer[] = [];
  try {
    await client.mailboxOpen('INBOX', { readOnly: true });
    for await (const { uid, source } of client.fetch({ uid: `${lastUid + 1}:*` }, { uid: true, source: true }, { uid: true })) {
      if (uid <= lastUid || !source) continue;
      lastUid = uid;
      raws.push(source);
    }
  } finally {
    await client.logout();
  }
  return Promise.all(raws.map(judge));
}

async function judge(raw: Buffer): Promise<Seen> {
  const message = await readPecMessage(raw, { anchors: [...setup.anchors.pec] });
  if (message.class !== 'envelope') return { message, raw, label: message.kind ?? message.class, trusted: message.trust.ok };
  const reading = readSdiAttachments(message.attachments, setup.anchors.sdi);
  if (!reading.ok) return { message, raw, label: 'envelope', trusted: message.trust.ok };
  const said = reading.message;
  return {
    message,
    raw,
    xml: reading.messageFile.content.toString(),
    label: [said.code, said.esito, said.riferimentoFattura?.posizioneFattura].filter(Boolean).join(' '),
    trusted: message.trust.ok && said.signature.verdict === (said.code === 'MT' ? 'absent' : 'valid') && reading.remarks.length === 0,
  };
}

/** Looks until nothing more is owed. */
async function settled(): Promise<Seen[]> {
  const now = (await bench.clock.now()).getTime();
  for (;;) {
    const [row] = await db.database.query<{ owed: number }>('SELECT count(*)::int AS owed FROM sandbox_schedule WHERE due_at < $1', [
      new Date(now + 60_000),
    ]);
    if (row?.owed === 0) return look();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const LABELS: Readonly<Record<string, string>> = { 'non-accettazione-virus': 'non-accettazione' };

/** What the table makes us expect: receipts and answers in the order of their times. */
function expectedOf(row: (typeof OUTCOMES)[number]): string[] {
  const arrival = row.transport.find(({ act }) => act === 'arrival')?.after;
  const receipts = row.transport.filter(({ act }) => act !== 'arrival').map(({ act, after }) => ({ after, label: LABELS[act] ?? act }));
  const answers =
    arrival === undefined
      ? []
      : row.answers.map(({ code, esito, after }) => ({ after: arrival + after, label: [code, esito].filter(Boolean).join(' ') }));
  const labels = [...receipts, ...answers].sort((a, b) => a.after - b.after).map(({ label }) => label);
  return row.twice ? labels.flatMap((label) => [label, label]) : labels;
}

describe('every ending', () => {
  const cases = OUTCOMES.flatMap((row) =>
    (row.flow === 'both' ? (['private', 'pa'] as const) : [row.flow]).map((flow) => [row.ending || 'none', flow, row] as const),
  ).filter(
    // What the PEC providers do is the same for both flows, and a real pause of seconds proves nothing here.
    ([, flow, { handover, transport }]) => handover.kind !== 'slow' && (flow === 'private' || transport === TRANSPORT.delivered),
  );

  it.each(cases)('%s (%s)', async (_, flow, row) => {
    const mail = invoiceMail([`1${row.ending.replace('nnnnn', '00423')}`], flow);
    const offset = await bench.clock.offset();
    const hand = (): Promise<string> =>
      submit(mail.raw).catch((error: Error & { responseCode?: number }) => `failed ${error.responseCode ?? 'without an answer'}`);
    const answers = [await hand()];
    if (row.handover.kind === 'refuse') {
      for (let more = 0; more < row.handover.times; more++) answers.push(await hand());
      expect(answers.slice(0, -1).every((answer) => answer === `failed ${row.handover.kind === 'refuse' ? row.handover.code : ''}`)).toBe(
        true,
      );
    } else if (row.handover.kind === 'drop' || row.handover.kind === 'take-and-drop') {
      expect(answers).toEqual(['failed without an answer']);
    }
    if (row.handover.kind === 'take') expect(answers[0]).toMatch(/^250 /);
    // Enough for the pauses of seconds, so that the test need not wait for them.
    const advance = parseDuration(row.advance ?? '10s')!;
    expect((await bench.sandbox.advance(advance)).pending).toBe(0);
    const seen = await settled();
    const expected = row.handover.kind === 'drop' ? [] : expectedOf(row);
    const genuine = seen.filter(({ trusted }) => trusted);
    expect(genuine.map(({ label }) => label)).toEqual(expected);
    const forged = seen.filter(({ trusted }) => !trusted);
    expect(forged.map(({ label }) => label)).toEqual(row.forged ? ['NS'] : []);
    for (const { message } of genuine.filter(({ message: { class: of } }) => of === 'receipt')) {
      expect(message.daticert?.msgid).toBe(mail.messageId);
      expect(message.headers.riferimentoMessageId).toBe(mail.messageId);
    }
    expect(
      new Set(genuine.filter(({ message: { class: of } }) => of === 'receipt').map(({ message }) => message.daticert?.identificativo)).size,
    ).toBe(genuine.length === 0 ? 0 : 1);
    const { total } = await bench.sandbox.listArrivals(mail.fileName);
    expect(total).toBe(expected.some((label) => label === 'avvenuta-consegna') ? 1 : 0);
    expect(await bench.clock.offset()).toBe(offset + advance);
  });
});

describe('what the messages say', () => {
  it('rewrites the Message-ID and gives one identifier to everything about a mail', async () => {
    const mail = invoiceMail(['1'], 'private');
    await submit(mail.raw);
    const [accepted, delivered, answer] = await settled();
    const identificativo = accepted!.message.daticert!.identificativo;
    expect(identificativo).toMatch(/^gsbx204\.\d{14}\.\d{5}\.\d+\.1\.1@pec\.gestore-sandbox\.example$/);
    expect(accepted!.message.daticert).toMatchObject({
      tipo: 'accettazione',
      errore: 'nessuno',
      mittente: DEMO_ADDRESS,
      destinatari: [{ address: 'sdi01@pec.fatturapa.it', tipo: 'certificato' }],
      oggetto: mail.fileName,
    });
    expect(accepted!.message.headers.messageId).not.toBe(identificativo);
    expect(accepted!.message.postacert).toBeUndefined();
    expect(delivered!.message.daticert).toMatchObject({
      gestoreEmittente: 'Sogei SpA',
      ricevuta: 'completa',
      consegna: 'sdi01@pec.fatturapa.it',
      identificativo,
    });
    const inner = delivered!.message.postacert!.toString('latin1');
    expect(inner).toContain(`Message-ID: <${identificativo}>\r\n`);
    expect(inner).toContain(`X-Riferimento-Message-ID: <${mail.messageId}>\r\n`);
    expect(inner).not.toContain(`\r\nMessage-ID: <${mail.messageId}>`);
    expect(answer!.xml).toContain(`<PecMessageId>${identificativo}</PecMessageId>`);
    expect(answer!.message.headers.from).toBe('posta-certificata@pcert.sogei.it');
    expect(answer!.message.daticert).toMatchObject({ tipo: 'posta-certificata', ricevuta: 'breve' });
    const sdi = answer!.message.daticert!.mittente;
    expect(sdi).toMatch(/^sdi(?!01)\d\d@pec\.fatturapa\.it$/);
    expect(answer!.message.postacert!.toString().replace(/=\r\n/g, '')).toContain(`fino a nuovo avviso, =C3=A8 ${sdi}.`);
    const again = invoiceMail(['2'], 'private', { to: sdi });
    await submit(again.raw, sdi);
    expect((await settled()).map(({ label, message }) => [label, message.daticert?.mittente])).toEqual([
      ['accettazione', DEMO_ADDRESS],
      ['avvenuta-consegna', DEMO_ADDRESS],
      ['RC', sdi],
    ]);
  });

  it('gives the kind of delivery receipt that was asked for', async () => {
    const brief = invoiceMail(['1'], 'private', { tipoRicevuta: 'breve' });
    await submit(brief.raw);
    const [, delivered] = await settled();
    expect(delivered!.message.daticert!.ricevuta).toBe('breve');
    expect(delivered!.message.trust.ok).toBe(true);
    const text = delivered!.message.postacert!.toString();
    expect(text).toContain(`${brief.fileName}.hash`);
    expect(text).not.toContain(brief.content.toString('base64').slice(0, 60));
    await submit(invoiceMail(['1'], 'private', { tipoRicevuta: 'sintetica' }).raw);
    const [, short] = await settled();
    expect(short!.message.daticert!.ricevuta).toBe('sintetica');
    expect(short!.message.postacert).toBeUndefined();
  });

  it('tells each document of a PA lot its own outcome', async () => {
    await submit(invoiceMail(['1-EC01', '2-EC02', '3'], 'pa').raw);
    const seen = await settled();
    expect(seen.map(({ label }) => label)).toEqual(['accettazione', 'avvenuta-consegna', 'RC', 'NE EC01 1', 'NE EC02 2']);
    expect(seen.every(({ trusted }) => trusted)).toBe(true);
  });

  it('refuses a file name for ever, in any writing', async () => {
    const mail = invoiceMail(['1'], 'private');
    await submit(mail.raw);
    await settled();
    await submit(invoiceMail(['2'], 'private', { fileName: mail.fileName.replace('IT', 'it') }).raw);
    const seen = await settled();
    expect(seen.map(({ label }) => label)).toEqual(['accettazione', 'avvenuta-consegna', 'NS']);
    expect(seen[2]!.xml).toContain('<Codice>00002</Codice>');
    const { items, total } = await bench.sandbox.listArrivals(mail.fileName);
    expect(total).toBe(2);
    expect(items.map(({ duplicate }) => duplicate)).toEqual([false, true]);
    expect(items[0]!.messageId).toBe(mail.messageId);
    expect(BigInt(items[1]!.identificativoSdi)).toBeGreaterThan(BigInt(items[0]!.identificativoSdi));
  });

  it('sends again what a person decides to send again', async () => {
    const mail = invoiceMail(['1-NODELIVERY'], 'private');
    await submit(mail.raw);
    expect((await settled()).map(({ label }) => label)).toEqual(['accettazione', 'errore-consegna']);
    await submit(mail.raw);
    expect((await settled()).map(({ label }) => label)).toEqual(['accettazione', 'avvenuta-consegna', 'RC']);
  });

  it('delivers an invoice to a mailbox of its own with its metadata', async () => {
    const mail = invoiceMail(['1'], 'private');
    const addressed = Buffer.from(
      mail.content
        .toString()
        .replace('</CodiceDestinatario>', `</CodiceDestinatario>\n      <PECDestinatario>${DEMO_ADDRESS}</PECDestinatario>`),
    );
    await submit(
      composeInvoiceMail({
        from: DEMO_ADDRESS,
        to: setup.mailbox.sdiAddress,
        messageId: mail.messageId,
        fileName: mail.fileName,
        content: addressed,
      }),
    );
    const seen = await settled();
    expect(seen.map(({ label }) => label)).toEqual(['accettazione', 'avvenuta-consegna', 'MT', 'RC']);
    expect(seen[2]!.message.attachments.find(({ name }) => name === mail.fileName)?.content.equals(addressed)).toBe(true);
    expect(seen[2]!.xml).toContain('<TentativiInvio>1</TentativiInvio>');
  });

  it('answers a mail without files, to nobody and to a stranger', async () => {
    const head = (to: string): string =>
      `From: ${DEMO_ADDRESS}\r\nTo: ${to}\r\nSubject: prova\r\nMessage-ID: <x${Math.random()}@a.example>\r\n\r\nciao\r\n`;
    await submit(Buffer.from(head('sdi01@pec.fatturapa.it')), 'sdi01@pec.fatturapa.it');
    expect((await settled()).map(({ label }) => label)).toEqual(['accettazione', 'envelope', 'avvenuta-consegna']);
    await submit(Buffer.from(head('nessuno@pec.altrove.example')), 'nessuno@pec.altrove.example');
    const nobody = await settled();
    expect(nobody.map(({ label }) => label)).toEqual(['accettazione', 'errore-consegna']);
    expect(nobody[1]!.message.daticert).toMatchObject({ errore: 'no-dest', consegna: 'nessuno@pec.altrove.example' });
    await submit(Buffer.from(head('qualcuno@ordinaria.example')), 'qualcuno@ordinaria.example');
    const ordinary = await settled();
    expect(ordinary.map(({ label }) => label)).toEqual(['accettazione']);
    expect(ordinary[0]!.message.daticert!.destinatari).toEqual([{ address: 'qualcuno@ordinaria.example', tipo: 'esterno' }]);
  });

  it('does not accept what breaks the rules of form', async () => {
    const mail = invoiceMail(['1'], 'private');
    await submit(Buffer.concat([Buffer.from('Bcc: altro@pec.example.it\r\n'), mail.raw]));
    const [refused, ...rest] = await settled();
    expect(rest).toEqual([]);
    expect(refused!.trusted).toBe(true);
    expect(refused!.message.daticert).toMatchObject({
      tipo: 'non-accettazione',
      errore: 'altro',
      erroreEsteso: '5.7.1 - GESTORE SANDBOX S.p.A. - destinatari in copia nascosta (Bcc) non ammessi',
    });
  });
});

describe('faults', () => {
  it('swallows a receipt, doubles a message, reorders the next', async () => {
    bench.sandbox.setFault({ kind: 'swallow-receipt', at: 'avvenuta-consegna', count: 1 });
    await submit(invoiceMail(['1'], 'private').raw);
    expect((await settled()).map(({ label }) => label)).toEqual(['accettazione', 'RC']);
    bench.sandbox.setFault({ kind: 'duplicate' });
    await submit(invoiceMail(['1'], 'private').raw);
    expect((await settled()).map(({ label }) => label)).toEqual(['accettazione', 'accettazione', 'avvenuta-consegna', 'RC']);
    bench.sandbox.setFault({ kind: 'reorder' });
    await submit(invoiceMail(['1'], 'private').raw);
    expect((await settled()).map(({ label }) => label)).toEqual(['RC', 'avvenuta-consegna', 'accettazione']);
    expect((await bench.sandbox.view()).faults).toEqual([]);
  });

  it('tries a full mailbox again: a provider after minutes, SdI once after an hour', async () => {
    await submit(invoiceMail(['1'], 'private').raw);
    await settled();
    bench.sandbox.setFault({ kind: 'mailbox-full', count: 3 });
    await submit(invoiceMail(['1'], 'private').raw);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await look()).toEqual([]);
    bench.sandbox.clearFaults();
    await bench.sandbox.advance(parseDuration('2h')!);
    const late = await settled();
    expect(late.map(({ label }) => label)).toEqual(['accettazione', 'avvenuta-consegna', 'RC']);
    expect(late.every(({ trusted }) => trusted)).toBe(true);
  });

  it('numbers the mailbox anew', async () => {
    const before = (await bench.store.status(DEMO_ADDRESS, 'INBOX'))!;
    const value = await bench.sandbox.bumpUidValidity();
    const after = (await bench.store.status(DEMO_ADDRESS, 'INBOX'))!;
    expect(value).toBe(after.uidValidity);
    expect(after.uidValidity).not.toBe(before.uidValidity);
    expect(after.messages).toBe(before.messages);
    lastUid = after.uidNext - 1;
  });
});

describe('promises', () => {
  it('keeps them over a restart, and repeats nothing', async () => {
    const mails = Array.from({ length: 12 }, () => invoiceMail(['1'], 'private'));
    for (const [index, mail] of mails.entries()) {
      await submit(mail.raw);
      if (index % 4 === 3) {
        const { smtp, imap } = bench.host.ports!;
        await bench.host.stop();
        bench = newBench();
        await bench.host.start();
        setup = bench.home.setup!;
        expect(bench.host.ports).toEqual({ smtp, imap });
      }
    }
    const seen = await settled();
    expect(seen.length).toBe(36);
    expect(seen.every(({ trusted }) => trusted)).toBe(true);
    expect(new Set(seen.map(({ message }) => message.signedPartSha256)).size).toBe(36);
    for (const mail of mails) expect((await bench.sandbox.listArrivals(mail.fileName)).total).toBe(1);
  });

  it('does each item once although two runners work at the same time', async () => {
    const other = newBench();
    await other.host.start();
    expect(other.host.ports).toBeUndefined();
    await submit(invoiceMail(['1'], 'private').raw);
    expect((await settled()).map(({ label }) => label)).toEqual(['accettazione', 'avvenuta-consegna', 'RC']);
    const { smtp } = bench.host.ports!;
    await bench.host.stop();
    for (let tries = 0; other.host.ports === undefined && tries < 100; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(other.host.ports?.smtp).toBe(smtp);
    bench = other;
    setup = bench.home.setup!;
    await submit(invoiceMail(['1'], 'private').raw);
    expect((await settled()).map(({ label }) => label)).toEqual(['accettazione', 'avvenuta-consegna', 'RC']);
  });
});
