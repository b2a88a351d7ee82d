/** Reading of large messages, on a thread of its own. */
import { type PecMessage, readPecMessage, type TrustStore } from '../../pec/index.js';
import { Moved } from '../../platform/workers/transfer.js';
import { readSdiAttachments, type SdiAttachmentsReading, type SdiTrust } from '../../sdi/index.js';

export interface PecTask {
  readonly raw: Uint8Array;
  readonly trust: TrustStore;
}

export interface SdiTask {
  readonly attachments: readonly { readonly name: string; readonly content: Uint8Array }[];
  readonly trust: SdiTrust;
}

export async function readPecOnThread(task: PecTask): Promise<Moved<PecMessage>> {
  const { raw, trust } = withBuffers(task);
  const message = await readPecMessage(bufferOf(raw), trust);
  return new Moved(message, memoryOf([message.postacert, ...message.attachments.map(({ content }) => content)]));
}

export function readSdiOnThread(task: SdiTask): SdiAttachmentsReading {
  const { attachments, trust } = withBuffers(task);
  return readSdiAttachments(
    attachments.map(({ name, content }) => ({ name, content: bufferOf(content) })),
    trust,
  );
}

const bufferOf = (octets: Uint8Array): Buffer => Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);

/** What came over from another thread, with Buffers where there were Buffers: they arrive as plain octets. */
export function withBuffers<T>(value: T): T {
  if (value instanceof Uint8Array) return bufferOf(value) as T & Buffer;
  if (Array.isArray(value)) return value.map(withBuffers) as T & unknown[];
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withBuffers(inner)])) as T & object;
}

/** Small Buffers are pieces of memory that they share, which must stay; what is large has its own and goes over. */
const SHARED = 64 * 1024;

function memoryOf(buffers: readonly (Buffer | undefined)[]): ArrayBuffer[] {
  const own = buffers.flatMap((buffer) => (buffer && buffer.buffer.byteLength > SHARED && buffer.buffer instanceof ArrayBuffer ? [buffer.buffer] : []));
  return [...new Set(own)];
}
