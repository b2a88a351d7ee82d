import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';
import { PROBLEMS, tooLarge } from './problems.js';

/** What a refused sender may still send until it has read its answer; then the connection is cut. */
const PATIENCE_BYTES = 20_000_000;

/**
 * The bytes of a request that no parser has read (anything but JSON), at most `limit`. Throws 413 as soon as it is clear that there are
 * more, 400 when the sender goes away in the middle.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (): void => {
      chunks.length = 0;
      reject(tooLarge(limit));
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) refuse();
    // Not an async iterator: leaving its loop destroys the connection, and the sender sees a reset instead of the answer.
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > limit + PATIENCE_BYTES) request.destroy();
      else refuse();
    });
    request.once('end', () => resolve(Buffer.concat(chunks, Math.min(size, limit))));
    request.once('error', () => reject(brokenOff()));
    request.once('close', () => {
      if (!request.readableEnded) reject(brokenOff());
    });
  });
}

function brokenOff(): Problem {
  return new Problem(PROBLEMS.malformedRequest, { it: 'La richiesta si è interrotta a metà.', en: 'The request broke off in the middle.' });
}
