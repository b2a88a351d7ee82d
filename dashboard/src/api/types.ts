import type { ChannelHealth, Mailbox as MailboxSettings, MailboxPasswords } from '../../../src/companies/mailboxes/mailbox.js';
import type { FatturapaFinding, FormatoTrasmissione, Patch } from '../../../src/fatturapa/types.js';
import type { Text } from '../../../src/platform/http/problem.js';
import type { EventType, Flow, Status } from '../../../src/sdi/lifecycle/types.js';

export type { ChannelHealth, EventType, Flow, MailboxPasswords, Patch, Status, Text };

/** One thing that is wrong with a file or a request, or worth a look. */
export interface Finding extends FatturapaFinding {
  /** Another invoice that it is about. */
  readonly invoiceId?: string;
}

/** The shapes of `/v1` as the browser reads them; instants are ISO 8601 in UTC, amounts decimal strings. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the next page; absent or null on the last. */
  readonly next?: string | null;
}

export interface Party {
  readonly name: string;
  readonly id?: string | null;
}

export interface Invoice {
  readonly id: string;
  readonly companyId: string;
  readonly mailboxId: string;
  readonly fileName: string;
  readonly sha256: string;
  /** Of the bytes that came, where others are sent: we signed them, or made the XML from its JSON form. */
  readonly originalSha256?: string | null;
  readonly size: number;
  readonly formatoTrasmissione: string;
  readonly flow: Flow;
  readonly codiceDestinatario: string;
  readonly seller: Party;
  readonly buyer: Party;
  readonly number: string;
  readonly date: string;
  readonly total?: string | null;
  readonly currency?: string | null;
  readonly documentsCount: number;
  readonly status: Status;
  readonly statusSince: string;
  readonly flags: readonly string[];
  readonly identificativoSdi?: string | null;
  readonly sequence: number;
  readonly attempt: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The answer to a hand-over: taken, perhaps with something to think about. */
export interface TakenInvoice extends Invoice {
  readonly warnings?: readonly Finding[];
  readonly verdict?: StoredVerdict | null;
}

/** What became of one entry of a zip. */
export type ArchiveItem =
  | { readonly name: string; readonly status: 'accepted'; readonly invoice: TakenInvoice }
  | { readonly name: string; readonly status: 'refused'; readonly problem: ProblemBody }
  | { readonly name: string; readonly status: 'skipped'; readonly reason: Finding };

export interface Archive {
  readonly items: readonly ArchiveItem[];
}

/** What is said of a file without sending it. */
export interface Verdict {
  readonly valid: boolean;
  readonly format: FormatoTrasmissione | null;
  readonly ruleVersion: string;
  readonly findings: readonly Finding[];
}

/** What was said of a file when it was taken in. */
export interface StoredVerdict {
  readonly ruleVersion: string;
  readonly judgedAt: string;
  readonly findings: readonly Finding[];
}

/** An earlier invoice that holds a document of the same number. */
export interface Duplicate {
  readonly position: number;
  readonly number: string;
  readonly invoiceId: string;
  readonly fileName: string;
  readonly status: Status;
}

/** A refusal (RFC 9457), with what some kinds add. */
export interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly mend?: string;
  readonly instance?: string;
  readonly messages?: Partial<Record<keyof Text, { readonly title?: string; readonly detail?: string; readonly mend?: string }>>;
  readonly errors?: readonly Finding[];
  readonly duplicates?: readonly Duplicate[];
  /** The invoice that stands in the way. */
  readonly invoiceId?: string;
  /** Of a zip of which nothing was taken. */
  readonly items?: readonly ArchiveItem[];
}

export interface InvoiceDocument {
  readonly position: number;
  readonly tipoDocumento: string;
  readonly numero: string;
  readonly data: string;
  readonly divisa?: string | null;
  readonly importoTotaleDocumento?: string | null;
  readonly status: Status;
}

/** The four questions that every state answers (house plan, promise 8). */
export interface Explanation {
  readonly who: Text;
  readonly meaning: Text;
  readonly todo: Text;
  readonly law: Text;
  readonly deadline?: string | null;
}

export interface InvoiceDetail extends Invoice {
  readonly documents: readonly InvoiceDocument[];
  /** Null when it was taken in before verdicts were kept. */
  readonly verdict?: StoredVerdict | null;
  readonly explanation: Explanation;
}

export interface Evidence {
  readonly sha256: string;
  readonly size?: number;
  readonly mediaType?: string;
  readonly url: string;
}

export interface TimelineEntry {
  readonly sequence: number;
  readonly type: EventType | (string & {});
  readonly title: Text;
  /** What the evidence itself states: the instant that counts in law. */
  readonly at: string;
  /** When we wrote it down. */
  readonly recordedAt: string;
  readonly source: 'api' | 'smtp' | 'pec' | 'sdi' | 'person';
  readonly attempt?: number | null;
  readonly identificativoSdi?: string | null;
  readonly facts?: Readonly<Record<string, unknown>> | null;
  readonly status: Status;
  readonly messageId?: string | null;
  /** It contradicts another event (state `conflict`). */
  readonly conflicting?: boolean;
  readonly evidence: Evidence;
}

/** The timeline, and whether each entry still fits the hash of the one before. */
export interface Timeline extends Page<TimelineEntry> {
  readonly chain?: { readonly ok: boolean; readonly brokenAt?: number };
}

export interface Attempt {
  readonly id: string;
  readonly number: number;
  readonly messageId: string;
  readonly sdiAddress: string;
  readonly state: 'open' | 'accepted' | 'refused' | 'deferred' | 'unknown';
  readonly stage?: string | null;
  readonly smtpCode?: number | null;
  readonly smtpResponse?: string | null;
  readonly identificativo?: string | null;
  readonly tries: number;
  readonly openedAt: string;
  readonly settledAt?: string | null;
  readonly evidence: Evidence;
}

export interface StatusCounts {
  readonly counts: Partial<Record<Status, number>>;
  readonly attention: number;
  readonly warnings?: readonly CompanyWarning[];
}

/** What will hinder sending soon, or does already. */
export interface CompanyWarning extends Finding {
  readonly companyId: string;
}

/** Of one code of SdI's: of how many invoices it was foretold, for how many it came, and both. */
export interface VerdictCount {
  readonly code: string;
  readonly title: Text | null;
  readonly foretold: number;
  readonly came: number;
  readonly hits: number;
}

export interface VerdictOutcome {
  readonly invoiceId: string;
  readonly companyId: string;
  readonly fileName: string;
  readonly number: string;
  readonly status: Status;
  readonly foretold: 'warning' | 'hint' | null;
  readonly came: boolean;
  readonly takenIn: string;
}

export interface VerdictStats extends Page<VerdictCount> {
  /** Only of one code. */
  readonly invoices?: Page<VerdictOutcome>;
}

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly partitaIva?: string | null;
  readonly codiceFiscale?: string | null;
  readonly transmitter: { readonly idPaese: string; readonly idCodice: string };
  readonly healthProvider: boolean;
  readonly createdAt: string;
}

/** How invoices are signed: CAdES makes an `.xml.p7m`, XAdES keeps the `.xml`. */
export type SignatureForm = 'cades' | 'xades';

export interface SigningCertificate {
  readonly companyId: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly algorithm: string;
  readonly keyUsage: { readonly digitalSignature: boolean; readonly nonRepudiation: boolean } | null;
  readonly form: SignatureForm;
  readonly state: 'valid' | 'expiring' | 'expired';
  readonly expiresInDays: number;
  readonly warnings: readonly Finding[];
}

/** One version of a mailbox's SdI address; the newest is in force. */
export interface SdiAddressVersion {
  readonly address: string;
  readonly source: 'initial' | 'message' | 'person';
  readonly inForceSince: string;
  readonly until: string | null;
  readonly messageId: string | null;
  readonly decidedBy: string | null;
  readonly note: string | null;
}

/** An address of SdI that was seen in verified messages and is not in force. */
export interface SdiAddressSighting {
  readonly address: string;
  readonly how: 'sender' | 'announcement';
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly messageId: string | null;
  /** Null while a person should look. */
  readonly settled: 'left' | 'superseded' | null;
}

/** How one folder is read, and how it and the ledger compare; counts are null before the first comparison. */
export interface FolderReading {
  readonly folder: string;
  readonly readSince: string;
  readonly behind: boolean;
  readonly reconciledAt: string | null;
  readonly requestedAt: string | null;
  readonly onServer: number | null;
  readonly inLedger: number | null;
  readonly duplicates: number | null;
  readonly agrees: boolean | null;
  readonly vanished: number;
  readonly takenLate: number;
}

export interface MailboxRemark {
  readonly code: string;
  readonly text: Text;
}

export interface Mailbox extends Omit<MailboxSettings, 'imapEpoch' | 'tlsCa'> {
  readonly sdiAddressHistory: readonly SdiAddressVersion[];
  readonly sdiAddressSightings: readonly SdiAddressSighting[];
  readonly reading: readonly FolderReading[];
  readonly remarks: readonly MailboxRemark[];
  readonly sentLastHour: number;
  readonly sentLastDay: number;
  readonly health: { readonly send: ChannelHealth; readonly read: ChannelHealth };
}

export type Endpoint = MailboxSettings['smtp'];

/** Servers of a known provider, null where no certain value is known: what the form fills in. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly smtp: Pick<Endpoint, 'host' | 'port' | 'security'> | null;
  readonly imap: Pick<Endpoint, 'host' | 'port' | 'security'> | null;
  readonly login: Text;
  readonly note?: Text;
  readonly providerSigners: readonly string[];
  readonly quotaPerHour: number;
  readonly quotaPerDay: number;
}

export interface MailboxTest {
  readonly ok: boolean;
  readonly smtp: { readonly ok: boolean; readonly message: Text; readonly ms: number };
  readonly imap: { readonly ok: boolean; readonly message: Text; readonly ms: number; readonly capabilities?: readonly string[] };
}

export const DISPOSITIONS = ['waiting', 'applied', 'duplicate', 'not_ours', 'received_invoice', 'quarantined'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export interface Message {
  readonly id: string;
  readonly mailboxId: string;
  readonly folder: string;
  readonly uid: string | number;
  readonly subject?: string | null;
  readonly from?: string | null;
  readonly class?: string | null;
  readonly kind?: string | null;
  readonly signature?: string | null;
  readonly trust?: { readonly ok: boolean; readonly reasons: readonly { readonly code: string; readonly text: string | Text }[] } | null;
  readonly disposition: Disposition;
  readonly reason?: string | null;
  readonly reasonText?: Text | null;
  readonly sha256: string;
  readonly size: number;
  readonly internalDate?: string | null;
  readonly fetchedAt: string;
  readonly judgedAt?: string | null;
  /** The server has it at its place. */
  readonly present?: boolean;
  readonly vanishedAt?: string | null;
  /** Where the same octets are when they are not at their place. */
  readonly elsewhere?: { readonly messageId: string; readonly folder: string } | null;
  readonly invoiceId?: string | null;
  readonly identificativoSdi?: string | null;
}

/** What a person may do with a message. */
export type MessageAction = 'judge' | 'attach' | 'not_ours' | 'trust_certificate';

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly fingerprint: string;
  readonly emails: readonly string[];
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** Null where the signature states no time. */
  readonly inForceWhenSigned: boolean | null;
}

export interface MessageSigner extends CertificateFacts {
  readonly signingTime: string | null;
  readonly digestAlgorithm: string;
}

/** What daticert.xml states, by its own names. */
export interface Daticert {
  readonly tipo: string;
  readonly errore: string;
  readonly mittente: string;
  readonly destinatari: readonly { readonly address: string; readonly tipo: string }[];
  readonly risposte?: string;
  readonly oggetto?: string;
  readonly gestoreEmittente: string;
  readonly instant: string;
  readonly identificativo: string;
  readonly msgid?: string;
  readonly ricevuta?: string;
  readonly consegna?: string;
  readonly erroreEsteso?: string;
}

/** SdI's message as it was found, whoever sent it. */
export interface SdiFacts {
  readonly code: string;
  readonly family: Flow;
  readonly identificativoSdi: string;
  readonly nomeFile: string;
  readonly hash?: string;
  readonly messageId?: string;
  readonly pecMessageId?: string;
  readonly dataOraRicezione?: string;
  readonly dataOraConsegna?: string;
  readonly descrizione?: string;
  readonly note?: string;
  readonly esito?: string;
  readonly listaErrori?: readonly { readonly codice: string; readonly descrizione: string; readonly suggerimento?: string }[];
  readonly riferimentoFattura?: { readonly numeroFattura: string; readonly annoFattura: string; readonly posizioneFattura?: number };
  readonly signature: { readonly verdict: string; readonly reasons: readonly string[]; readonly signingTime: string | null; readonly signer: CertificateFacts | null };
}

export interface MessageAttachment {
  readonly n: number;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
  readonly url: string;
}

/** An invoice that a message might be about, and by what. */
export interface MessageCandidate {
  readonly invoiceId: string;
  readonly keys: readonly string[];
  readonly number: string;
  readonly date: string;
  readonly fileName: string;
  readonly buyer: string;
  readonly status: Status;
}

interface MessageStand {
  readonly disposition: Disposition;
  readonly reason: string | null;
  readonly reasonText: Text | null;
}

/** What a person did with a message. */
export interface MessageAct {
  readonly act: 'judge' | 'attach' | 'not_ours';
  readonly by: string;
  readonly at: string;
  readonly note: string | null;
  readonly before: MessageStand;
  readonly after: MessageStand;
  readonly invoiceId: string | null;
  readonly states: readonly string[];
  readonly doubts: readonly string[];
}

/** A single message, opened. */
export interface MessageDetail extends Message {
  readonly companyId: string;
  readonly readable: boolean;
  readonly unreadable: Text | null;
  readonly signer: MessageSigner | null;
  readonly daticert: Daticert | null;
  readonly attachments: readonly MessageAttachment[];
  readonly attachmentsComplete: boolean;
  readonly sdi: SdiFacts | null;
  readonly claims: readonly { readonly type: string; readonly title: Text; readonly vouched: boolean }[];
  readonly candidates: readonly MessageCandidate[];
  readonly acts: readonly MessageAct[];
  readonly actions: readonly MessageAction[];
}

/** How many messages are held. */
export interface HeldCounts {
  readonly total: number;
  readonly reasons: readonly { readonly reason: string; readonly text: Text | null; readonly count: number }[];
  readonly mailboxes: readonly { readonly mailboxId: string; readonly count: number }[];
}

export interface Webhook {
  readonly id: string;
  readonly companyId?: string | null;
  readonly url: string;
  readonly description?: string | null;
  readonly eventTypes: readonly string[];
  readonly enabled: boolean;
  readonly secret?: string;
  readonly disabledReasonText?: Text | null;
  readonly createdAt: string;
  readonly health: {
    readonly lastSuccessAt?: string | null;
    readonly lastFailureAt?: string | null;
    readonly failingSince?: string | null;
    readonly waiting: number;
  };
}

export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly invoiceId?: string | null;
  readonly receivedInvoiceId?: string | null;
  readonly messageId?: string | null;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextAttemptAt?: string | null;
  /** An earlier event of the same invoice goes first. */
  readonly waitsForEarlier?: boolean;
  readonly createdAt: string;
}

export interface DeliveryLogEntry {
  readonly at: string;
  readonly requestHeaders?: Readonly<Record<string, string>> | null;
  readonly requestBody?: unknown;
  readonly responseStatus?: number | null;
  readonly responseBody?: string | null;
  readonly durationMs?: number | null;
  readonly error?: string | null;
  readonly errorText?: Text | null;
}

export interface DeliveryDetail extends Delivery {
  readonly log: readonly DeliveryLogEntry[];
}

export interface Session {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly companyId?: string | null;
  readonly passwordSet: boolean;
  /** Whether this service has a sandbox; a service that does not say is asked. */
  readonly sandbox?: boolean;
}

export interface SandboxOutcome {
  readonly ending: string;
  readonly flow: 'private' | 'pa' | 'both';
  readonly statuses: readonly Status[];
  readonly final: Status;
  /** How far the clock must go until `final`, as `POST /v1/sandbox/clock` reads it. */
  readonly advance?: string | null;
  readonly description: Text;
}

export interface SandboxFault {
  readonly kind: string;
  readonly count?: number;
}

export interface Sandbox {
  readonly clock: { readonly now: string; readonly offsetMs: number };
  readonly outcomes: readonly SandboxOutcome[];
  readonly faults: readonly SandboxFault[];
  readonly faultKinds: readonly { readonly kind: string; readonly description: Text }[];
  readonly arrivals: number;
  readonly suppliers?: readonly { readonly variant: string; readonly description: Text }[];
}

/** One entry of the live stream. */
export interface FeedHint {
  readonly position: string | number;
  readonly type: string;
  readonly invoiceId?: string | null;
  readonly receivedInvoiceId?: string | null;
  readonly messageId?: string | null;
  readonly companyId?: string;
  readonly status?: Status;
}
