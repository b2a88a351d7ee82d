import { LIMITS } from '../limits.js';
import { childrenOf, decodedBody, type Entity, isMultipart, readEntity } from './entity.js';
import { decodeCharset } from './words.js';

/** What people read of an original mail: free text of its sender, never a ground for a decision in anybody's favour. */
export interface OriginalText {
  readonly subject?: string;
  /** The From field as it was written, names included. */
  readonly from?: string;
  /** The running text, plain before HTML; at most `LIMITS.textOctets` of each part. */
  readonly text: string;
}

const TEXTS = ['text/plain', 'text/html'];

/** Subject, sender and running text of the mail in a `postacert.eml`. Mails inside it are not opened. Bounded; never throws. */
export function readOriginalText(mail: Buffer): OriginalText {
  const entity = readEntity(mail);
  const texts: string[] = [];
  collect(entity, 0, { left: LIMITS.parts }, texts);
  const subject = entity.headers.text('subject');
  const from = entity.headers.text('from');
  return { ...(subject === undefined ? {} : { subject }), ...(from === undefined ? {} : { from }), text: texts.join('\n') };
}

function collect(entity: Entity, depth: number, budget: { left: number }, into: string[]): void {
  if (!isMultipart(entity)) {
    if (entity.disposition === 'attachment' || !TEXTS.includes(entity.contentType.value)) return;
    // Cut before it is decoded: at most this much of any text is looked at.
    const octets = decodedBody({ ...entity, body: entity.body.subarray(0, LIMITS.textOctets) });
    into.push(decodeCharset(octets, entity.contentType.parameters.get('charset') ?? 'utf-8'));
    return;
  }
  if (depth === LIMITS.depth) return;
  for (const part of childrenOf(entity, budget.left).parts) {
    budget.left--;
    collect(readEntity(part), depth + 1, budget, into);
  }
}
