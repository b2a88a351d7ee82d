import { own } from './own.js';
import { type BundleRecords, type FileRecord, type MessageRecord, type Role } from './records.js';

/** A record without the places of its files. */
type Unplaced<T> = T extends readonly (infer Item)[] ? Unplaced<Item>[] : T extends object ? { [Key in keyof T as Key extends 'file' ? never : Key]: T[Key] } : T;

/** Records before their files have places. */
export interface UnplacedRecords {
  readonly invoice: Omit<BundleRecords['invoice'], 'file' | 'original'> & { readonly original: Omit<NonNullable<BundleRecords['invoice']['original']>, 'file'> | null };
  readonly timeline: Omit<BundleRecords['timeline'], 'entries'> & { readonly entries: Unplaced<BundleRecords['timeline']['entries']> };
  readonly attempts: Unplaced<BundleRecords['attempts']>;
  readonly messages: { readonly omitted: number; readonly items: readonly (Omit<MessageRecord, 'file' | 'sdi'> & { readonly sdi: Omit<NonNullable<MessageRecord['sdi']>, 'file'> | null })[] };
  readonly certificates: Unplaced<BundleRecords['certificates']>;
}

/** Size and media type of stored bytes by their SHA-256. */
export type Sizes = ReadonlyMap<string, { readonly size: number; readonly mediaType: string }>;

const EXTENSIONS: Readonly<Record<string, string>> = { 'application/xml': 'xml', 'application/pkcs7-mime': 'p7m', 'message/rfc822': 'eml', 'text/plain; charset=utf-8': 'txt', 'text/plain': 'txt', 'application/json': 'json' };

const number = (value: number, digits = 3): string => String(value).padStart(digits, '0');
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40) || 'message';
const extensionOf = (mediaType: string): string => own(EXTENSIONS, mediaType) ?? 'bin';

/** What stands for a piece of evidence that an event rests on, by who said it. */
const EVENT_PLACE: Readonly<Record<string, { readonly folder: string; readonly role: Role }>> = {
  smtp: { folder: 'mail', role: 'transcript' },
  api: { folder: 'statements', role: 'statement' },
  person: { folder: 'statements', role: 'statement' },
};
const ELSEWHERE = { folder: 'evidence', role: 'evidence' } as const;

const labelOf = (message: UnplacedRecords['messages']['items'][number]): string => plain(message.sdi ? `sdi-${message.sdi.code}` : (message.kind ?? message.class ?? message.disposition));

/**
 * Gives every piece its place. Pure, and all that decides it stands in the records: whoever verifies a bundle places its pieces again and compares.
 * Bytes that serve twice (the file that the first event rests on is the invoice) have one place: the first.
 */
export function layOut(records: UnplacedRecords, sizes: Sizes): { readonly records: BundleRecords; readonly files: readonly FileRecord[] } {
  const files: FileRecord[] = [];
  const places = new Map<string, string>();
  const place = (path: string, role: Role, sha256: string, size: number, mediaType: string, of: FileRecord['of'], derivedFrom?: string): string => {
    files.push({ path, sha256, size, mediaType, role, of, ...(derivedFrom === undefined ? {} : { derivedFrom }) });
    if (!places.has(sha256)) places.set(sha256, path);
    return path;
  };

  const { original, ...invoice } = records.invoice;
  const file = place(`invoice/${invoice.fileName}`, 'invoice', invoice.sha256, invoice.size, invoice.mediaType, {});
  const came = original && { ...original, file: place(`invoice/original.${extensionOf(original.mediaType)}`, 'original', original.sha256, original.size, original.mediaType, {}) };

  const attempts = records.attempts.map((attempt) => ({ ...attempt, file: place(`mail/attempt-${attempt.number}.eml`, 'mail', attempt.sha256, attempt.size, 'message/rfc822', { attempt: attempt.number }) }));

  const items = records.messages.items.map((message, index) => {
    const name = `${number(index + 1)}-${labelOf(message)}`;
    const own = places.get(message.sha256) ?? place(`messages/${name}.eml`, 'message', message.sha256, message.size, 'message/rfc822', { message: index + 1 });
    const { sdi } = message;
    const notification = sdi && { ...sdi, file: places.get(sdi.sha256) ?? place(`sdi/${name}.xml`, 'notification', sdi.sha256, sdi.size, 'application/xml', { message: index + 1 }, own) };
    return { ...message, file: own, sdi: notification };
  });

  const entries = records.timeline.entries.map((entry) => {
    const known = places.get(entry.evidenceSha256);
    if (known !== undefined) return { ...entry, file: known };
    const { size, mediaType } = sizes.get(entry.evidenceSha256) ?? { size: 0, mediaType: 'application/octet-stream' };
    const { folder, role } = own(EVENT_PLACE, entry.source) ?? ELSEWHERE;
    return { ...entry, file: place(`${folder}/${number(entry.sequence)}-${plain(entry.type)}.${extensionOf(mediaType)}`, role, entry.evidenceSha256, size, mediaType, { event: entry.sequence }) };
  });

  const certificates = records.certificates.map((certificate) => ({
    ...certificate,
    file: place(`certificates/${certificate.fingerprint.slice(0, 16)}.pem`, 'certificate', certificate.sha256, certificate.size, 'application/x-pem-file', {}),
  }));
  return {
    records: {
      invoice: inOrder(invoice, { file, original: came }),
      timeline: { ...records.timeline, entries },
      attempts,
      messages: { omitted: records.messages.omitted, items },
      certificates,
    },
    files,
  };
}

/** The invoice with its places behind the media type, where a reader looks for them. */
function inOrder(invoice: Omit<UnplacedRecords['invoice'], 'original'>, places: Pick<BundleRecords['invoice'], 'file' | 'original'>): BundleRecords['invoice'] {
  const { id, company, mailbox, fileName, sha256, size, mediaType, ...rest } = invoice;
  return { id, company, mailbox, fileName, sha256, size, mediaType, ...places, ...rest };
}
