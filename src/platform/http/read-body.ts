import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';
import { PROBLEMS, tooLarge } from './problems.js';

/**
 * The bytes of a request that no parser has read (anything but JSON), at most `limit`. Throws 413 as soon as it is clear that there are
 * more, 400 when the sender goes away in the middle.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) throw refuse(request, limit);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw refuse(request, limit);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(PROBLEMS.malformedRequest, { it: 'La richiesta si è interrotta a metà.', en: 'The request broke off in the middle.' });
  }
  return Buffer.concat(chunks, size);
}

/** What is still under way is read and dropped, so that the sender gets to see the answer instead of a reset. */
function refuse(request: IncomingMessage, limit: number): Problem {
  request.resume();
  return tooLarge(limit);
}
