import { createHash, randomBytes } from 'node:crypto';
import type { Mailbox } from '../../../src/companies/mailboxes/mailbox.js';
import type { Attempt } from '../../../src/outbox/attempts/attempt.js';
import { type Pki, makePki } from '../../../src/sandbox/pki/pki.js';
import { ownProvider, type ProviderIdentity, sdiProvider } from '../../../src/sandbox/provider/identity.js';
import { pecIdentifier } from '../../../src/sandbox/provider/identifiers.js';
import { type AcceptedMail, acceptance, deliveryError, deliveryReceipt, innerOriginal, nonAcceptance, transportEnvelope } from '../../../src/sandbox/provider/receipts.js';
import { readOriginal } from '../../../src/sandbox/provider/submission.js';
import { sampleInvoice } from '../../../src/sandbox/samples/sample-invoice.js';
import { notificationMail } from '../../../src/sandbox/sdi/notification-mail.js';
import type { NotificationFacts } from '../../../src/sandbox/sdi/notification-xml.js';
import type { Flow, Status } from '../../../src/sdi/lifecycle/types.js';
import { type CertifiedKey, makeCertificate } from '../../../src/signature/index.js';
import { testDatabase } from '../../support/database.js';
import { lanesBench, type LanesBench } from '../../support/lanes-bench.js';

export const SIDES = ['public', 'sandbox'] as const;
export type SideName = (typeof SIDES)[number];

/** The address of SdI that messages about a victim come from: each victim has its own, so that an address learnt from a forgery shows. */
export const sdiAddressFor = ({ mail }: Victim): string => `sdi${10n + (mail.serial % 90n)}@pec.fatturapa.it`;

/** A mailbox with the authorities that count for it. */
export interface Side {
  readonly name: SideName;
  readonly pki: Pki;
  readonly own: ProviderIdentity;
  readonly sogei: ProviderIdentity;
  readonly mailbox: Mailbox;
}

/** An invoice that was handed over, with all that its genuine messages are made of. */
export interface Victim {
  readonly side: Side;
  readonly flow: Flow;
  readonly id: string;
  readonly attempt: Attempt;
  readonly mail: AcceptedMail;
  readonly file: { readonly name: string; readonly content: Buffer };
  facts(code: NotificationFacts['code'], over?: Partial<NotificationFacts>): NotificationFacts;
}

export interface Verdict {
  readonly disposition: string;
  readonly reason: string;
}

export interface Stage {
  readonly lanes: LanesBench;
  readonly sides: Readonly<Record<SideName, Side>>;
  /** Another provider under the public side's authority, with a mailbox of its own: what any stranger can buy. */
  readonly stranger: ProviderIdentity;
  victim(flow: Flow, side?: SideName): Promise<Victim>;
  /** The message through the ledger and judging, as if it had been fetched. */
  deliver(raw: Buffer, side?: SideName): Promise<Verdict>;
  /** Everything that a message could move. */
  everything(): Promise<string>;
  status(victim: Victim): Promise<Status | undefined>;
  close(): Promise<void>;
}

const DAY = 86_400_000;

export async function stage(): Promise<Stage> {
  const db = await testDatabase();
  const lanes = lanesBench({ database: db.database });
  // Nobody but the test hands over.
  lanes.jobs.deaf = true;
  const now = Date.now();
  const make = async (name: SideName): Promise<Side> => {
    const pki = await makePki(new Date(now));
    await lanes.mailboxes.addAnchor(name, 'pec', pki['pec-ca'].certificate);
    await lanes.mailboxes.addAnchor(name, 'sdi', pki['sdi-ca'].certificate);
    const own = ownProvider(pki);
    const server = { host: 'mail.example', port: 993, security: 'tls', user: name } as const;
    const mailbox = await lanes.mailbox({
      address: `${name}@pec.ditta.example`,
      smtp: server,
      imap: server,
      passwords: { smtp: 'x', imap: 'x' },
      sdiAddress: 'sdi01@pec.fatturapa.it',
      providerSigners: [own.address],
      quotaPerHour: 1_000_000,
      quotaPerDay: 1_000_000,
      trust: name,
    });
    return { name, pki, own, sogei: sdiProvider(pki), mailbox };
  };
  const sides = { public: await make('public'), sandbox: await make('sandbox') };
  const stranger = await otherProvider(sides.public.pki, 'pec.altro-gestore.example');
  let serial = 0n;
  let uid = 0;

  async function victim(flow: Flow, side: SideName = 'public'): Promise<Victim> {
    const { mailbox, own } = sides[side];
    const xml = sampleInvoice({ numbers: [`${++serial}-FORGE`], flow, date: new Date(now).toISOString().slice(0, 10) });
    const id = await lanes.take(xml, mailbox.id);
    const invoice = await lanes.invoices.get(id);
    const current = await lanes.mailboxes.get(mailbox.id);
    const opened = invoice && current && (await lanes.records.open(current, invoice, 0n));
    if (!opened) throw new Error('the invoice was not handed over');
    const { attempt, octets } = opened;
    await lanes.attempts.passFinalDot(attempt.id, attempt.tries, 0n);
    await lanes.records.settle(attempt, { state: 'accepted' }, { stage: 'answered', code: 250, response: 'ok', transcript: 'S: 250 ok' }, undefined);
    const at = new Date();
    const identificativo = pecIdentifier(own, at, serial, 1);
    const content = (await lanes.evidence.get(invoice.sha256))?.content ?? Buffer.alloc(0);
    const mail: AcceptedMail = { serial, sender: mailbox.address, recipients: [attempt.sdiAddress], identificativo, acceptedAt: at, original: readOriginal(octets) };
    const facts = (code: NotificationFacts['code'], over: Partial<NotificationFacts> = {}): NotificationFacts => ({
      code,
      family: flow,
      identificativoSdi: String(90_000_000n + mail.serial),
      nomeFile: invoice.fileName,
      hash: createHash('sha256').update(content).digest('hex'),
      receivedAt: at,
      at,
      messageId: String(700_000n + mail.serial),
      pecMessageId: identificativo,
      destinatario: { codice: flow === 'pa' ? 'UFSBX1' : '0000000', descrizione: 'destinatario' },
      errors: ['00423'],
      ...over,
    });
    return { side: sides[side], flow, id, attempt, mail, file: { name: invoice.fileName, content }, facts };
  }

  async function deliver(raw: Buffer, side: SideName = 'public'): Promise<Verdict> {
    const { mailbox } = sides[side];
    const place = { mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'INBOX', imapEpoch: mailbox.imapEpoch, uidValidity: 1n };
    const [id] = await lanes.ledger.store(place, [{ uid: ++uid, octets: raw, internalDate: new Date() }], uid);
    if (id === undefined) throw new Error('the message did not get into the ledger');
    await lanes.judging.judge(id);
    const [row] = await db.database.query<{ disposition: string; reason: string }>('SELECT disposition, reason FROM messages WHERE id = $1', [id]);
    if (!row) throw new Error('the message left the ledger');
    return { disposition: row.disposition, reason: row.reason };
  }

  async function everything(): Promise<string> {
    const [row] = await db.database.query<{ all: string }>(
      `SELECT md5(concat_ws('|',
         (SELECT string_agg(concat_ws(',', id, status, identificativo_sdi), ';' ORDER BY id) FROM invoices),
         (SELECT string_agg(concat_ws(',', id, type, status), ';' ORDER BY id) FROM timeline),
         (SELECT string_agg(concat_ws(',', id, state, identificativo, settled_at), ';' ORDER BY id) FROM attempts),
         (SELECT string_agg(concat_ws(',', id, sdi_address), ';' ORDER BY id) FROM mailboxes),
         (SELECT count(*) FROM sdi_addresses))) AS all`,
    );
    return row?.all ?? '';
  }

  return {
    lanes,
    sides,
    stranger,
    victim,
    deliver,
    everything,
    status: (one) => lanes.status(one.id),
    close: async () => {
      await lanes.stop();
      await db.close();
    },
  };
}

/** What a kind of message says of a victim when it is genuine, and the state that it leads to. */
export const GENUINE = {
  accettazione: { status: 'pec_accepted', make: (v: Victim) => acceptance(v.side.own, v.mail, new Date()) },
  'non-accettazione': { status: 'send_failed', make: (v: Victim) => nonAcceptance(v.side.own, v.mail, new Date(), { errore: 'altro', erroreEsteso: 'destinatario non valido' }) },
  'avvenuta-consegna': { status: 'at_sdi', make: (v: Victim) => deliveryReceipt(v.side.sogei, v.mail, v.attempt.sdiAddress, new Date(), { inner: innerOriginal(v.side.own, v.mail) }) },
  'errore-consegna': { status: 'send_failed', make: (v: Victim) => deliveryError(v.side.sogei, v.mail, v.attempt.sdiAddress, new Date(), { errore: 'no-dest', erroreEsteso: '5.1.1' }) },
  NS: { status: 'rejected', make: (v: Victim) => notification(v, v.facts('NS')) },
  RC: { status: 'delivered', make: (v: Victim) => notification(v, v.facts('RC')) },
  MC: { status: undefined, make: (v: Victim) => notification(v, v.facts('MC')) },
  NE: { status: 'refused', make: (v: Victim) => notification(v, v.facts('NE', { esito: 'EC02' })) },
  DT: { status: 'terms_expired', make: (v: Victim) => notification(v, v.facts('DT')) },
  AT: { status: 'undeliverable', make: (v: Victim) => notification(v, v.facts('AT')) },
} as const satisfies Readonly<Record<string, { readonly status: Status | undefined; readonly make: (victim: Victim) => Promise<Buffer> }>>;
export type GenuineKind = keyof typeof GENUINE;

/** A notification of SdI about a victim. */
export const notification = (v: Victim, facts: NotificationFacts, more: { readonly sdiAddress?: string; readonly at?: Date; readonly to?: string; readonly pki?: Pki } = {}): Promise<Buffer> =>
  notificationMail(more.pki ?? v.side.pki, { to: more.to ?? v.side.mailbox.address, sdiAddress: more.sdiAddress ?? sdiAddressFor(v), at: more.at ?? facts.at, serial: v.mail.serial + BigInt(randomBytes(4).readUInt32BE(0)) * 1000n }, facts, v.file, 1);

/** A provider under an authority, with a certificate that departs from the ordinary where told. */
export async function otherProvider(pki: Pki, domain: string, key?: CertifiedKey): Promise<ProviderIdentity> {
  const address = `posta-certificata@${domain}`;
  return { ...ownProvider(pki), domain, address, name: 'ALTRO GESTORE S.p.A.', key: key ?? (await certify(pki['pec-ca'], address)) };
}

export function certify(issuer: CertifiedKey | undefined, email: string, more: Partial<Parameters<typeof makeCertificate>[0]> = {}): Promise<CertifiedKey> {
  const now = Date.now();
  return makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { country: 'IT', commonName: email }, emails: [email], notBefore: new Date(now - DAY), notAfter: new Date(now + 365 * DAY), ...(issuer ? { issuer } : {}), ...more });
}

/** A mail from a certified mailbox of the stranger's, in its genuine envelope. */
export function strangersEnvelope({ sides, stranger }: Pick<Stage, 'sides' | 'stranger'>, mail: Buffer, sender = 'sdi01@pec.fattura-pa.example', provider = stranger, to = sides.public.mailbox.address, at = new Date()): Promise<Buffer> {
  const serial = BigInt(randomBytes(5).readUIntBE(0, 5));
  return transportEnvelope(provider, { serial, sender, recipients: [to], identificativo: pecIdentifier(provider, at, serial, 1), acceptedAt: at, original: readOriginal(mail) });
}
