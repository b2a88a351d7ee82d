import { z } from 'zod';

/** Name and version of the format; every change of what is written gets another version. */
export const BUNDLE_FORMAT = 'corriere-evidence';
export const BUNDLE_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const path = z.string().max(200);
const text = z.string().max(100_000);
const count = z.number().int().min(0).max(2_147_483_647);
const instant = z.string().max(40).regex(/^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/);
const texts = z.strictObject({ it: text, en: text });
const party = z.strictObject({ name: text, id: text.nullable() });

/** What the service knows of the invoice: `invoice.json`. */
export const InvoiceRecord = z.strictObject({
  id: z.uuid(),
  company: z.strictObject({ name: text, partitaIva: text.nullable(), codiceFiscale: text.nullable(), transmitter: z.strictObject({ idPaese: text, idCodice: text }) }),
  /** The mailbox from which it was sent, as it is set when the bundle is made; what was accepted from whom, the timeline says. */
  mailbox: z.strictObject({ address: text, provider: text, providerSigners: z.array(text).max(100), trust: z.enum(['public', 'sandbox']) }),
  fileName: z.string().regex(/^[A-Za-z0-9._-]{1,120}$/),
  sha256,
  size: count,
  mediaType: text,
  file: path,
  /** What came, where others bytes were sent: signed here, or made from the JSON form. */
  original: z.strictObject({ sha256, size: count, mediaType: text, file: path }).nullable(),
  formatoTrasmissione: text,
  flow: z.enum(['private', 'pa']),
  codiceDestinatario: text,
  seller: party,
  buyer: party,
  number: text,
  date: text,
  total: text.nullable(),
  currency: text.nullable(),
  documents: z.array(z.strictObject({ position: count, tipoDocumento: text, numero: text, data: text, divisa: text.nullable(), importoTotaleDocumento: text.nullable(), status: text })).min(1).max(10_000),
  status: text,
  flags: z.array(text).max(50),
  identificativoSdi: text.nullable(),
  attempt: count,
  createdAt: instant,
  timelineHash: sha256,
});
export type InvoiceRecord = z.infer<typeof InvoiceRecord>;

/** `timeline.json`. */
export const TimelineRecord = z.strictObject({
  format: z.literal('corriere-timeline-1'),
  invoiceId: z.uuid(),
  head: sha256,
  entries: z
    .array(
      z.strictObject({
        sequence: count,
        type: text,
        key: text,
        at: instant,
        recordedAt: instant,
        attempt: count.nullable(),
        identificativoSdi: text.nullable(),
        facts: z.record(z.string(), z.unknown()),
        source: text,
        evidenceSha256: sha256,
        messageId: z.uuid().nullable(),
        status: text,
        previousHash: sha256,
        hash: sha256,
        /** The piece that it rests on. */
        file: path,
      }),
    )
    .max(20_000),
});
export type TimelineRecord = z.infer<typeof TimelineRecord>;
export type EntryRecord = TimelineRecord['entries'][number];

/** Every hand-over: `attempts.json`. */
export const AttemptsRecord = z
  .array(
    z.strictObject({
      number: count,
      messageId: text,
      sdiAddress: text,
      state: text,
      stage: text.nullable(),
      smtpCode: count.nullable(),
      smtpResponse: text.nullable(),
      identificativo: text.nullable(),
      tries: count,
      openedAt: instant,
      settledAt: instant.nullable(),
      resendRequestedAt: instant.nullable(),
      sha256,
      size: count,
      file: path,
    }),
  )
  .max(10_000);
export type AttemptsRecord = z.infer<typeof AttemptsRecord>;
export type AttemptRecord = AttemptsRecord[number];

/** Every message about the invoice, with what was concluded from it: `messages.json`. */
export const MessagesRecord = z.strictObject({
  /** Messages that moved nothing and are not in the bundle, because they were too many or too large. */
  omitted: count,
  items: z
    .array(
      z.strictObject({
        id: z.uuid(),
        sha256,
        size: count,
        disposition: text,
        reason: text.nullable(),
        reasonText: texts.nullable(),
        class: text.nullable(),
        kind: text.nullable(),
        signature: text.nullable(),
        trust: z.strictObject({ ok: z.boolean(), reasons: z.array(text).max(1000) }).nullable(),
        messageId: text.nullable(),
        riferimentoMessageId: text.nullable(),
        identificativo: text.nullable(),
        identificativoSdi: text.nullable(),
        from: text.nullable(),
        subject: text.nullable(),
        internalDate: instant.nullable(),
        fetchedAt: instant,
        attempt: count.nullable(),
        file: path,
        /** SdI's message as it stands in the envelope. */
        sdi: z.strictObject({ code: text, name: text, sha256, size: count, file: path }).nullable(),
        /** Fingerprints of the certificates whose signatures it bears: the provider's, then SdI's on its message. */
        signers: z.array(sha256).max(10),
      }),
    )
    .max(10_000),
});
export type MessagesRecord = z.infer<typeof MessagesRecord>;
export type MessageRecord = MessagesRecord['items'][number];

/** What a certificate does in the bundle. */
export const CERTIFICATE_ROLES = ['pec-signer', 'sdi-signer', 'invoice-signer', 'intermediate', 'pec-anchor', 'sdi-anchor'] as const;
export type CertificateRole = (typeof CERTIFICATE_ROLES)[number];

/** Why an authority was believed: it is a public one, the sandbox's, or a person said so; null for what is no authority. */
export const TRUST_BASES = ['public', 'sandbox', 'person'] as const;
export type TrustBasis = (typeof TRUST_BASES)[number];

/** `certificates.json`. */
export const CertificatesRecord = z
  .array(
    z.strictObject({
      fingerprint: sha256,
      subject: text,
      issuer: text,
      serial: text,
      notBefore: instant,
      notAfter: instant,
      roles: z.array(z.enum(CERTIFICATE_ROLES)).max(10),
      trust: z.enum(TRUST_BASES).nullable(),
      /** Taken back since, by a person: it counts for no message that comes after. Absent when it was not. */
      revoked: z.strictObject({ at: instant, by: text }).optional(),
      sha256,
      size: count,
      file: path,
    }),
  )
  .max(5_000);
export type CertificatesRecord = z.infer<typeof CertificatesRecord>;
export type CertificateRecord = CertificatesRecord[number];

export const ROLES = ['index', 'record', 'invoice', 'original', 'mail', 'transcript', 'statement', 'message', 'notification', 'certificate', 'evidence'] as const;
export type Role = (typeof ROLES)[number];

/** Every file but the manifest itself: `manifest.json`. */
export const ManifestRecord = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(BUNDLE_VERSION),
  /** Version of the texts and the form of `index.html`. */
  page: count,
  invoice: z.strictObject({ id: z.uuid(), fileName: text, sha256, number: text, status: text, timelineHash: sha256 }),
  files: z
    .array(
      z.strictObject({
        path,
        sha256,
        size: count,
        mediaType: text,
        role: z.enum(ROLES),
        /** What it belongs to; an event by its sequence, a message by its place in `messages.json`, from 1. */
        of: z.strictObject({ event: count.optional(), attempt: count.optional(), message: count.optional() }),
        /** The file out of which it was taken. */
        derivedFrom: path.optional(),
      }),
    )
    .max(10_000),
});
export type ManifestRecord = z.infer<typeof ManifestRecord>;
export type FileRecord = ManifestRecord['files'][number];

/** All records of a bundle but the manifest. */
export interface BundleRecords {
  readonly invoice: InvoiceRecord;
  readonly timeline: TimelineRecord;
  readonly attempts: AttemptsRecord;
  readonly messages: MessagesRecord;
  readonly certificates: CertificatesRecord;
}

/** A record as text: the one form in which it is written. */
export const recordText = (record: unknown): string => `${JSON.stringify(record, null, 2)}\n`;
