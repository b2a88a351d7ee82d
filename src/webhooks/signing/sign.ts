import { createHmac } from 'node:crypto';
import { secretKey } from './secret.js';

/** Signs the bytes `id.timestamp.body` and returns one entry of the signature list, for example `v1,<base64>`. */
export type Signer = (content: Buffer) => string;

/** The symmetric scheme of Standard Webhooks: HMAC-SHA256, version `v1`. */
export function hmacSigner(secret: string): Signer {
  const key = secretKey(secret);
  return (content) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

/** The three headers of Standard Webhooks. */
export interface WebhookHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs one attempt. The id is the same at every attempt and the timestamp is the attempt's own, so the signature is made anew each time over the same
 * body bytes. With several signers (two secrets while one replaces the other, or two schemes) the signatures stand in one list parted by spaces,
 * and a receiver takes the message when any of them fits.
 */
export function signedHeaders(id: string, at: Date, body: Buffer, signers: readonly Signer[]): WebhookHeaders {
  if (signers.length === 0) throw new Error('a webhook needs at least one secret');
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`, 'utf8'), body]);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signers.map((sign) => sign(content)).join(' '),
  };
}
