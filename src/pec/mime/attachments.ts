import { createHash } from 'node:crypto';
import { LIMITS } from '../limits.js';
import type { PecAttachment } from '../types.js';
import { childrenOf, decodedBody, type Entity, isMultipart, readEntity } from './entity.js';

export interface Attachments {
  readonly attachments: readonly PecAttachment[];
  /** False when a limit on parts or depth cut the walk short. */
  readonly complete: boolean;
}

const BODY_TYPES = ['text/plain', 'text/html', ''];

/** The running text of a mail is no attachment, unless it has a name or says so. */
const isRunningText = (entity: Entity): boolean => entity.name === undefined && entity.disposition !== 'attachment' && BODY_TYPES.includes(entity.contentType.value);

/**
 * The attachments of a mail, transfer encodings undone to exact octets, in order. A mail inside the mail is one attachment and is not opened: what stands in it was not sent with this one.
 * Bounded in parts and depth (pec.md 7.1). Nothing is verified here.
 */
export function readAttachments(mail: Buffer): Attachments {
  const attachments: PecAttachment[] = [];
  let left: number = LIMITS.parts;
  let complete = true;
  const walk = (octets: Buffer, depth: number): void => {
    const entity = readEntity(octets);
    if (!isMultipart(entity)) {
      if (!isRunningText(entity)) attachments.push(attachmentOf(entity));
      return;
    }
    const children = childrenOf(entity, left);
    if (depth === LIMITS.depth || !children.complete) complete = false;
    if (depth === LIMITS.depth) return;
    left -= children.parts.length;
    for (const part of children.parts) walk(part, depth + 1);
  };
  walk(mail, 0);
  return { attachments, complete };
}

function attachmentOf(entity: Entity): PecAttachment {
  const content = decodedBody(entity);
  return {
    name: entity.name ?? (entity.contentType.value === 'message/rfc822' ? 'message.eml' : ''),
    contentType: entity.contentType.value,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    content,
  };
}
