import { bareMessageId, readAttachments } from '../../../pec/index.js';
import { singleAddress } from '../../../pec/mime/addresses.js';
import { readEntity } from '../../../pec/mime/entity.js';

/** What a mail of ours says of itself, each header taken only when it stands once. */
export interface MailFacts {
  readonly messageId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly attachments: readonly { readonly name: string; readonly sha256: string }[];
}

export function readMailFacts(octets: Buffer): MailFacts {
  const { headers } = readEntity(octets);
  const once = (name: string): string | undefined => (headers.all(name).length === 1 ? headers.first(name) : undefined);
  const messageId = once('message-id');
  const from = singleAddress(once('from'));
  const to = singleAddress(once('to'));
  return {
    ...(messageId === undefined ? {} : { messageId: bareMessageId(messageId) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    attachments: readAttachments(octets).attachments.map(({ name, sha256 }) => ({ name, sha256 })),
  };
}
