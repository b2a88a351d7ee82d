import { type PecMessage, readAttachments, readOriginalText, readPecMessage } from '../../../src/pec/index.js';
import { readSdiAttachments, type SdiMessage } from '../../../src/sdi/index.js';
import type { MailSeeds } from './seeds.js';

/** What is known of the genuine mails: what nobody but a signer could say. */
export interface Known {
  /** By the SHA-256 of their signed octets: what they say. */
  readonly signed: ReadonlyMap<string, string>;
  /** What SdI signed, in the field's words. */
  readonly messages: ReadonlySet<string>;
}

export interface Read {
  readonly message: PecMessage;
  readonly sdi?: SdiMessage;
}

/** Reads a mail to its last corner: what judging reads, and what a person is shown of what is not trusted. */
export async function readAll(raw: Buffer, { trust, sdiAnchors }: Pick<MailSeeds, 'trust' | 'sdiAnchors'>): Promise<Read> {
  const message = await readPecMessage(raw, trust);
  const original = message.postacert ?? (message.class === 'receipt' || message.class === 'envelope' ? undefined : raw);
  const attachments = message.attachments.length > 0 || !original ? message.attachments : readAttachments(original).attachments;
  if (original) readOriginalText(original);
  const reading = readSdiAttachments(attachments, sdiAnchors);
  return reading.ok ? { message, sdi: reading.message } : { message };
}

const wordsOf = ({ kind, daticert }: PecMessage): string => JSON.stringify([kind, daticert]);

function wordsOfSdi({ signature: _signature, ...words }: SdiMessage): string {
  return JSON.stringify(words);
}

/** The mathematics hold, whoever signed. */
export const isRight = ({ signature: { verdict } }: SdiMessage): boolean => verdict === 'valid' || verdict === 'intact' || verdict === 'revoked';

export async function knownOf(seeds: MailSeeds): Promise<Known> {
  const signed = new Map<string, string>();
  const messages = new Set<string>();
  for (const raw of seeds.mails) {
    const { message, sdi } = await readAll(raw, seeds);
    if (message.signature === 'valid' && message.signedPartSha256) signed.set(message.signedPartSha256, wordsOf(message));
    if (sdi && isRight(sdi)) messages.add(wordsOfSdi(sdi));
  }
  return { signed, messages };
}

/** @throws Error that says what must not be */
export async function checkMail(raw: Buffer, seeds: MailSeeds, known: Known): Promise<void> {
  const { message, sdi } = await readAll(raw, seeds);
  const { trust, signature, signedPartSha256, attachments } = message;
  if (trust.ok !== (trust.reasons.length === 0)) throw new Error('trusted with reasons, or not and without');
  if (trust.ok && signature !== 'valid') throw new Error(`trusted, and its signature is ${signature}`);
  const words = signedPartSha256 === undefined ? undefined : known.signed.get(signedPartSha256);
  if (signature === 'valid' && words === undefined) throw new Error('a signature is called valid over octets that nobody signed');
  if (trust.ok && words !== wordsOf(message)) throw new Error('trusted, and it does not say what was signed');
  if (signature !== 'valid' && attachments.length > 0) throw new Error('opened, and its signature does not hold');
  if (sdi && isRight(sdi) && !known.messages.has(wordsOfSdi(sdi))) throw new Error('a signature on a notification is called right over what its signer did not write');
}
