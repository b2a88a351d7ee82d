import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import type { TrustInForce } from '../../companies/trust/trust-in-force.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { type Difference, REPLAY_START, type ReplayPlace, type ReplayScope, shown } from '../../evidence/replay/difference.js';
import { isOfDatabase } from '../../platform/database/errors.js';
import { Database, type Tx } from '../../platform/index.js';
import type { ReceivedRows } from '../../received/deliveries/received-rows.js';
import { type Concluded, judgedOf, named, STAYS } from '../judge/concluding.js';
import { judge, keysOf } from '../judge/judge.js';
import type { Judgement } from '../judge/judgement.js';
import { type Known, Lookup } from '../judge/lookup.js';
import { policyOf } from '../judge/policies.js';
import { type ReadMessage, readMessage } from '../judge/read-messages.js';
import { Readings } from '../judge/readings.js';
import { type Disposition, Ledger, type LedgerEntry, rowOf } from '../ledger/ledger.js';
import { isDecided } from '../quarantine/decided.js';
import { unjudgeable } from '../quarantine/decisions.js';

/** An entry of the ledger with all that judging left in it. */
interface JudgedRow {
  id: string;
  company_id: string;
  mailbox_id: string;
  sha256: string;
  size: number;
  disposition: Disposition;
  reason: string | null;
  judged_at: Date | null;
  class: string | null;
  kind: string | null;
  signature: string | null;
  trust: { ok: boolean; reasons: { code: string }[] } | null;
  content_key: string | null;
  message_id: string | null;
  riferimento_message_id: string | null;
  identificativo: string | null;
  identificativo_sdi: string | null;
  from_address: string | null;
  subject: string | null;
  invoice_id: string | null;
  attempt_id: string | null;
  signer_fingerprint: string | null;
  sdi_signer_fingerprint: string | null;
}

const COLUMNS = `id, company_id, mailbox_id, sha256, size, disposition, reason, judged_at, class, kind, signature, trust, content_key, message_id, riferimento_message_id, identificativo,
  identificativo_sdi, from_address, subject, invoice_id, attempt_id, signer_fingerprint, sdi_signer_fingerprint`;

/** Columns that follow from the octets and the judgement, whatever became known since. */
const FIRM = ['disposition', 'reason', 'class', 'kind', 'signature', 'content_key', 'message_id', 'riferimento_message_id', 'identificativo', 'identificativo_sdi', 'from_address', 'subject', 'invoice_id'] as const;

/** Columns that came later than rows, or that grow with what is known: nothing there is no difference. */
const GROWING = ['attempt_id', 'signer_fingerprint', 'sdi_signer_fingerprint'] as const;

/** What is judged by the octets under one set of anchors. */
interface Candidate {
  readonly message: ReadMessage;
  readonly trust: TrustInForce;
}

/** How many octets are in memory at once, one message at least. */
const PORTION_OCTETS = 16 * 1024 * 1024;

/** Entries of a scope, oldest first, behind a place. */
async function entries(database: Database, { companyId, since }: ReplayScope, after: ReplayPlace, limit: number): Promise<(ReplayPlace & { readonly size: number })[]> {
  const company = companyId === undefined ? '' : 'AND company_id = $5';
  return database.query<ReplayPlace & { readonly size: number }>(
    `SELECT id, fetched_at::text AS at, size FROM messages WHERE (fetched_at, id) > ($1::timestamptz, $2::uuid) AND fetched_at >= $3 ${company} ORDER BY fetched_at, id LIMIT $4`,
    [after.at, after.id, since ?? new Date(0), limit, ...(companyId === undefined ? [] : [companyId])],
  );
}

/**
 * Judges every message of the ledger again, from its stored octets and with the code that judges, and compares with what was concluded. Writes nothing. A person's decision is taken
 * as given, when it is written down; what was judged under a certificate that was taken back since is judged under that.
 */
export class RejudgingStored {
  constructor(
    private readonly database: Database,
    private readonly evidence: EvidenceStore,
    private readonly mailboxes: Mailboxes,
    private readonly readings: Readings,
    private readonly lookup: Lookup,
    private readonly ledger: Ledger,
    private readonly received: Pick<ReceivedRows, 'brought'>,
  ) {}

  /** Every difference, message by message; `onMessages` hears how many were looked at. */
  async *differences(scope: ReplayScope, onMessages: (count: number) => void = () => undefined): AsyncGenerator<Difference> {
    let place = REPLAY_START;
    for (;;) {
      const page = await entries(this.database, scope, place, 200);
      for (const portion of portions(page)) {
        yield* await this.#compare(portion);
        onMessages(portion.length);
      }
      const last = page.at(-1);
      if (!last) break;
      place = { at: last.at, id: last.id };
    }
    if (scope.companyId === undefined && scope.since === undefined) yield* await this.#counters();
  }

  async #compare(ids: readonly string[]): Promise<Difference[]> {
    const octets = new Map<string, Buffer>();
    const found: Difference[] = [];
    for (const row of await this.database.query<Pick<JudgedRow, 'id' | 'company_id' | 'sha256' | 'disposition' | 'reason' | 'invoice_id'>>('SELECT id, company_id, sha256, disposition, reason, invoice_id FROM messages WHERE id = ANY ($1::uuid[])', [ids])) {
      const object = await this.evidence.get(row.sha256).catch(unlessOfDatabase);
      if (object && !(object instanceof Error)) octets.set(row.sha256, object.content);
      else found.push({ kind: 'evidence', place: 'octets', stored: row.sha256, computed: object ? object.message : 'not in the store', messageId: row.id, sha256: row.sha256, companyId: row.company_id, ...(row.invoice_id ? { invoiceId: row.invoice_id } : {}) });
    }
    const read = await this.#read(ids, octets);
    const compared = await this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return this.#compareIn(tx, ids, read);
    });
    return [...found, ...compared];
  }

  /** The messages as they read under what counts today, and under what has counted. */
  async #read(ids: readonly string[], octets: ReadonlyMap<string, Buffer>): Promise<Map<string, readonly Candidate[] | 'unreadable'>> {
    const read = new Map<string, readonly Candidate[] | 'unreadable'>();
    const mailboxes = new Map<string, Mailbox | undefined>();
    for (const entry of await this.ledger.entries(ids)) {
      const raw = octets.get(entry.sha256);
      if (!mailboxes.has(entry.mailboxId)) mailboxes.set(entry.mailboxId, await this.mailboxes.get(entry.mailboxId));
      const mailbox = mailboxes.get(entry.mailboxId);
      if (!raw || !mailbox || entry.disposition === 'waiting' || isDecided(entry.reason) || unjudgeable(entry.reason)) continue;
      try {
        const first = await this.#under(entry, mailbox, raw, await this.mailboxes.trust(mailbox));
        const more = STAYS.includes(entry.disposition) && !first.message.pec.trust.ok ? (await this.mailboxes.trustOnRecord(mailbox)).steps : [];
        const candidates = [first];
        for (const step of more) candidates.push(await this.#under(entry, mailbox, raw, step));
        read.set(entry.id, candidates);
      } catch (error) {
        unlessOfDatabase(error);
        read.set(entry.id, 'unreadable');
      }
    }
    return read;
  }

  async #under(entry: LedgerEntry, mailbox: Mailbox, raw: Buffer, trust: TrustInForce): Promise<Candidate> {
    const { ownProvider, sdiProvider } = policyOf(mailbox);
    const pec = await this.readings.pec(raw, { ...trust.pec, senderProviders: ownProvider, recipientProviders: sdiProvider });
    return { trust, message: readMessage(entry, mailbox, pec, keysOf(pec).fromSdi ? await this.readings.sdi(pec.attachments, trust.sdi) : undefined) };
  }

  async #compareIn(tx: Tx, ids: readonly string[], read: ReadonlyMap<string, readonly Candidate[] | 'unreadable'>): Promise<Difference[]> {
    const rows = await tx.query<JudgedRow>(`SELECT ${COLUMNS} FROM messages WHERE id = ANY ($1::uuid[]) ORDER BY fetched_at, id`, [ids]);
    const readable = [...read.values()].flatMap((candidates) => (candidates === 'unreadable' ? [] : candidates.map(({ message }) => message)));
    const originals = new Map((await this.ledger.originals(tx, readable.map(({ mailbox, contentKey }) => ({ mailboxId: mailbox.id, contentKey })))).map(({ id, mailboxId, contentKey }) => [`${mailboxId} ${contentKey}`, id]));
    const brought = await this.received.brought(tx, rows.filter(({ disposition }) => disposition === 'received_invoice').map(({ id }) => id));
    const found: Difference[] = [];
    const rested = new Set((await tx.query<{ id: string }>('SELECT DISTINCT message_id AS id FROM timeline WHERE message_id = ANY ($1::uuid[]) AND invoice_id = ANY ($2::uuid[])', [ids, rows.flatMap(({ invoice_id: id }) => (id ? [id] : []))])).map(({ id }) => id));
    for (const row of rows) {
      if (row.disposition === 'applied' && !rested.has(row.id)) found.push(differenceIn(row, 'timeline', null, 'an entry that rests on this message'));
      if (isDecided(row.reason)) found.push(...(await this.#decided(tx, row)));
      if (row.disposition === 'received_invoice' && !brought.has(row.id)) found.push(differenceIn(row, 'received invoice', null, 'the invoice that the message brought'));
      const candidates = read.get(row.id);
      if (candidates === 'unreadable' && row.reason !== 'unreadable') found.push(differenceIn(row, 'octets', row.disposition, 'cannot be read'));
      if (candidates && candidates !== 'unreadable' && row.disposition !== 'waiting') found.push(...(await this.#judged(tx, row, candidates, originals)));
    }
    return found;
  }

  /** What a person decided stands, as long as it is written down as that. */
  async #decided(tx: Tx, row: JudgedRow): Promise<Difference[]> {
    const [act] = await tx.query<{ disposition: string; reason: string | null; invoice_id: string | null }>(
      'SELECT disposition_after AS disposition, reason_after AS reason, invoice_id FROM message_acts WHERE message_id = $1 ORDER BY at DESC, id DESC LIMIT 1',
      [row.id],
    );
    const pairs = [
      ['disposition', row.disposition, act?.disposition],
      ['reason', row.reason, act?.reason],
      ['invoice_id', row.invoice_id, act?.invoice_id],
    ] as const;
    return pairs.flatMap(([place, stored, decided]) => (stored === (decided ?? null) ? [] : [differenceIn(row, place, stored, decided ?? 'no decision of a person is written down')]));
  }

  async #judged(tx: Tx, row: JudgedRow, candidates: readonly Candidate[], originals: ReadonlyMap<string, string>): Promise<Difference[]> {
    let closest: Difference[] | undefined;
    for (const { message } of candidates) {
      const known = await this.lookup.known(tx, [message]);
      const found = differences(row, message, await this.#concluded(tx, row, message, known, originals));
      if (found.length === 0) return [];
      closest ??= found;
    }
    return closest ?? [];
  }

  /** What judging would conclude, had it to do it for the first time beside all others that were judged. */
  async #concluded(tx: Tx, row: JudgedRow, message: ReadMessage, known: Known, originals: ReadonlyMap<string, string>): Promise<Concluded> {
    const holder = originals.get(`${message.mailbox.id} ${message.contentKey}`);
    if (holder !== undefined && holder !== row.id) return { disposition: 'duplicate', reason: 'same_content' };
    const judgement = named(judge(message.pec, message.sdi, known.contextOf(message, row.judged_at ?? undefined)), message);
    const teller = judgement.disposition === 'applied' ? await this.#teller(tx, judgement) : undefined;
    if (teller === undefined || teller === row.id) return judgement;
    // Of copies that were judged together the first one counts, whatever becomes of it.
    const copy = row.reason === 'same_content' && (await this.#hasCopy(tx, row));
    return copy ? { disposition: 'duplicate', reason: 'same_content' } : { ...judgement, disposition: 'duplicate', reason: 'told_before' };
  }

  /** The message from which the invoice has this event; undefined when it has it from none. */
  async #teller(tx: Tx, { event, invoiceId }: Judgement): Promise<string | undefined> {
    if (!event || invoiceId === undefined) return undefined;
    const [entry] = await tx.query<{ message_id: string | null }>('SELECT message_id FROM timeline WHERE invoice_id = $1 AND key = $2', [invoiceId, event.key]);
    return entry?.message_id ?? undefined;
  }

  async #hasCopy(tx: Tx, row: JudgedRow): Promise<boolean> {
    const copies = await tx.query('SELECT id FROM messages WHERE mailbox_id = $1 AND content_key = $2 AND id <> $3 LIMIT 1', [row.mailbox_id, row.content_key, row.id]);
    return copies.length > 0;
  }

  async #counters(): Promise<Difference[]> {
    const rows = await this.database.query<{ companyId: string; mailboxId: string; reason: string; kept: string; counted: string }>(
      `SELECT coalesce(k.company_id, c.company_id) AS "companyId", coalesce(k.mailbox_id, c.mailbox_id) AS "mailboxId", coalesce(k.reason, c.reason) AS reason, coalesce(k.n, 0)::text AS kept, coalesce(c.n, 0)::text AS counted
       FROM (SELECT company_id, mailbox_id, reason, sum(delta) AS n FROM held_counts GROUP BY 1, 2, 3) k
       FULL JOIN (SELECT company_id, mailbox_id, coalesce(reason, '') AS reason, count(*) AS n FROM messages WHERE disposition = 'quarantined' GROUP BY 1, 2, 3) c
         ON c.company_id = k.company_id AND c.mailbox_id = k.mailbox_id AND c.reason = k.reason
       WHERE coalesce(k.n, 0) <> coalesce(c.n, 0) ORDER BY 1, 2, 3`,
    );
    return rows.map(({ companyId, mailboxId, reason, kept, counted }) => ({ kind: 'counter', place: `held ${reason} in mailbox ${mailboxId}`, stored: kept, computed: counted, companyId }));
  }
}

/** What is wrong with the octets; a database that went away says nothing of them. */
function unlessOfDatabase(error: unknown): Error {
  if (isOfDatabase(error)) throw error;
  return error as Error;
}

function differenceIn(row: JudgedRow, place: string, stored: unknown, computed: unknown, invoiceId: string | null | undefined = row.invoice_id): Difference {
  return { kind: 'message', place, stored: shown(stored), computed: shown(computed), messageId: row.id, sha256: row.sha256, companyId: row.company_id, ...(invoiceId ? { invoiceId } : {}) };
}

function differences(row: JudgedRow, message: ReadMessage, concluded: Concluded): Difference[] {
  const computed = rowOf(row.id, judgedOf(message, concluded));
  const found: Difference[] = [];
  const about = row.invoice_id ?? concluded.invoiceId;
  for (const column of FIRM) if ((row[column] ?? null) !== (computed[column] ?? null)) found.push(differenceIn(row, column, row[column], computed[column], about));
  for (const column of GROWING) if (row[column] !== null && row[column] !== (computed[column] ?? null)) found.push(differenceIn(row, column, row[column], computed[column], about));
  const codes = (trust: JudgedRow['trust']): string => JSON.stringify([trust?.ok, trust?.reasons.map(({ code }) => code)]);
  if (codes(row.trust) !== codes(computed['trust'] as JudgedRow['trust'])) found.push(differenceIn(row, 'trust', codes(row.trust), codes(computed['trust'] as JudgedRow['trust']), about));
  return found;
}

/** Ids in their order, cut so that the octets of each part stay bounded. */
function portions(entries: readonly { readonly id: string; readonly size: number }[]): string[][] {
  const found: string[][] = [];
  let octets = Number.POSITIVE_INFINITY;
  for (const { id, size } of entries) {
    if (octets + size > PORTION_OCTETS) {
      found.push([]);
      octets = 0;
    }
    found.at(-1)?.push(id);
    octets += size;
  }
  return found;
}
