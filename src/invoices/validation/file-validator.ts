import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ruleVersionAt } from '../../fatturapa/checks/index.js';
import type { CheckContext } from '../../fatturapa/checks/types.js';
import { MAX_INVOICE_BYTES } from '../../fatturapa/limits.js';
import type { FatturapaFinding } from '../../fatturapa/types.js';
import { fileFindings, type PlainValidation, plainValidation, validateFile } from '../../fatturapa/validate/index.js';
import { Problem } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { Log } from '../../platform/log/log.js';
import { movable, Moved } from '../../platform/workers/transfer.js';
import { TaskFailed, WorkerLost, WorkerPool, WorkerPoolBusy } from '../../platform/workers/worker-pool.js';
import * as tasks from './tasks.js';

/** Up to here a file is judged in some milliseconds where it is; beyond, other requests would wait for it. */
const INLINE_BYTES = 200_000;
/** From here on a thread takes it when one is to be had: nobody is sent away for a file of this size, and the event loop does not hold still for many of them in a row. */
const SMALL_BYTES = 30_000;
/** Large files that may wait, each in memory as a whole. */
const QUEUE = 16;
const TIMEOUT_MS = 30_000;
const MEMORY_MB = 384;

/** Judges files by their own data (`validateFile`): small ones at once, large ones on a thread, so that the event loop is never held up. */
@Injectable()
export class FileValidator implements BeforeApplicationShutdown {
  readonly #pool = new WorkerPool<typeof tasks>({
    module: path.join(__dirname, 'tasks'),
    threads: Math.max(1, Math.min(2, availableParallelism() - 1)),
    queue: QUEUE,
    timeoutMs: TIMEOUT_MS,
    memoryMb: MEMORY_MB,
  });

  constructor(private readonly log: Log) {}

  /** @throws Problem 503 when too many large files are being judged already */
  async validate(bytes: Buffer, context: CheckContext): Promise<PlainValidation> {
    // What is too large is refused by its size alone.
    if (bytes.length > SMALL_BYTES && bytes.length <= MAX_INVOICE_BYTES) {
      try {
        return await this.#onThread(bytes, context);
      } catch (error) {
        if (!(error instanceof WorkerPoolBusy)) throw error;
        if (bytes.length > INLINE_BYTES) throw overloaded();
      }
    }
    try {
      return plainValidation(validateFile(bytes, { ...context, onFault: (code, error) => this.#fault(code, tasks.faultName(error)) }));
    } catch (error) {
      return this.#failed(tasks.faultName(error), bytes, context);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  async #onThread(bytes: Buffer, { onFault: _stays, ...context }: CheckContext): Promise<PlainValidation> {
    const copy = movable(bytes);
    try {
      const { validation, unwrapped, faults } = await this.#pool.run('validate', new Moved({ bytes: copy, context }, [copy.buffer]));
      for (const { code, fault } of faults) this.#fault(code, fault);
      const content = unwrapped ? Buffer.from(unwrapped.buffer, unwrapped.byteOffset, unwrapped.byteLength) : bytes;
      return revived(validation.extension ? { ...validation, content } : validation);
    } catch (error) {
      if (error instanceof TaskFailed) return this.#failed(error.taskError, bytes, context);
      if (!(error instanceof WorkerLost)) throw error;
      this.log.error('a file could not be judged', { error: error.message, size: bytes.length });
      return refused(context.at, TOO_MUCH);
    }
  }

  #fault(code: string, fault: string): void {
    this.log.error('a check failed', { check: code, error: fault });
  }

  #failed(fault: string, bytes: Buffer, { at }: CheckContext): PlainValidation {
    this.log.error('a file could not be judged', { error: fault, size: bytes.length });
    return refused(at, fileFindings.notValidated(fault));
  }
}

/** Buffers cross to another thread as plain octets. */
function revived(validation: PlainValidation): PlainValidation {
  if (!validation.signatures) return validation;
  const signatures = validation.signatures.signatures.map((signature) => (signature.certificate ? { ...signature, certificate: { ...signature.certificate, der: Buffer.from(signature.certificate.der) } } : signature));
  return { ...validation, signatures: { ...validation.signatures, signatures } };
}

/** The file took a thread's time or memory: it is refused, not tried again by every caller. */
const TOO_MUCH: FatturapaFinding = {
  code: 'not-validated',
  severity: 'error',
  message: { it: 'Il controllo del file non è terminato: il file richiede troppo tempo o memoria.', en: 'The file’s validation did not end: it takes too much time or memory.' },
  fix: { it: 'Non è una fattura normale: controllare come è stato prodotto il file, oppure dividerlo.', en: 'This is no ordinary invoice: check how the file was made, or split it.' },
};

const refused = (at: Date, finding: FatturapaFinding): PlainValidation => ({ documentKeys: [], verdict: { valid: false, ruleVersion: ruleVersionAt(at), findings: [finding] } });

function overloaded(): Problem {
  return new Problem(
    PROBLEMS.unavailable,
    { it: 'Troppi file grandi sono in corso di controllo.', en: 'Too many large files are being validated.' },
    { mend: { it: 'Ripetere la richiesta tra qualche secondo.', en: 'Send the request again in some seconds.' }, headers: { 'retry-after': '5' } },
  );
}
