import path from 'node:path';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ruleVersionAt } from '../../fatturapa/checks/index.js';
import { fileFindings } from '../../fatturapa/validate/index.js';
import type { FatturapaFinding } from '../../fatturapa/types.js';
import { Problem } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { Log } from '../../platform/log/log.js';
import { movable, Moved } from '../../platform/workers/transfer.js';
import { TaskFailed, WorkerLost, WorkerPool, WorkerPoolBusy } from '../../platform/workers/worker-pool.js';
import { faultName, type OpenedReading, type ReadingTask, readReceived } from './reading.js';
import type * as tasks from './tasks.js';
import { type ViewTask, viewReceived } from './view.js';

/** Up to here a file is read in some milliseconds where it is; beyond, everything else would wait for it. */
const INLINE_BYTES = 200_000;
/** Few messages are judged at one time, so few files wait; each is in memory as a whole. */
const QUEUE = 64;
const TIMEOUT_MS = 60_000;
const MEMORY_MB = 384;

const TOO_MUCH: FatturapaFinding = {
  code: 'not-validated',
  severity: 'error',
  message: { it: 'La lettura del file non è terminata: il file richiede troppo tempo o memoria.', en: 'The reading of the file did not end: it takes too much time or memory.' },
  fix: { it: 'Scaricare il file così come è arrivato ed esaminarlo con un altro strumento.', en: 'Download the file as it came and examine it with another tool.' },
};

/** Reads suppliers' files and shows them: small ones at once, large ones on a thread. */
@Injectable()
export class ReceivedFiles implements BeforeApplicationShutdown {
  readonly #pool = new WorkerPool<typeof tasks>({ module: path.join(__dirname, 'tasks'), threads: 1, queue: QUEUE, timeoutMs: TIMEOUT_MS, memoryMb: MEMORY_MB });

  constructor(private readonly log: Log) {}

  /**
   * What can be read of a file. Whatever the file is, and whatever our code makes of it, there is a reading.
   * @throws WorkerPoolBusy, WorkerPoolClosed when it must be tried again later
   */
  async read(task: ReadingTask): Promise<OpenedReading> {
    try {
      const opened = task.bytes.length > INLINE_BYTES ? await this.#readOnThread(task) : readReceived(task);
      for (const { code, fault } of opened.faults) this.log.error('a check of a received file failed', { code, fault });
      return opened;
    } catch (error) {
      if (error instanceof WorkerLost) return this.#unread(task, TOO_MUCH, error.message);
      if (error instanceof TaskFailed) return this.#unread(task, fileFindings.notValidated(error.taskError), error.taskError);
      if (error instanceof Error && /^WorkerPool/.test(error.name)) throw error;
      return this.#unread(task, fileFindings.notValidated(faultName(error)), faultName(error));
    }
  }

  /** The readable page; undefined when the file cannot be shown. @throws Problem 503 when too much is being done already */
  async view(task: ViewTask): Promise<string | undefined> {
    if (task.xml.length <= INLINE_BYTES && task.file.length <= INLINE_BYTES) return viewReceived(task);
    const file = movable(task.file);
    const xml = movable(task.xml);
    try {
      return await this.#pool.run('viewOnThread', new Moved({ ...task, file, xml }, [file.buffer, xml.buffer]));
    } catch (error) {
      if (!(error instanceof WorkerPoolBusy)) throw error;
      throw new Problem(
        PROBLEMS.unavailable,
        { it: 'Troppi documenti grandi sono in lavorazione.', en: 'Too many large documents are being worked on.' },
        { mend: { it: 'Ripetere la richiesta tra qualche secondo.', en: 'Send the request again in some seconds.' }, headers: { 'retry-after': '5' } },
      );
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  async #readOnThread(task: ReadingTask): Promise<OpenedReading> {
    const bytes = movable(task.bytes);
    const { content, ...rest } = await this.#pool.run('readOnThread', new Moved({ ...task, bytes }, [bytes.buffer]));
    return { ...rest, ...(content && { content: Buffer.from(content.buffer, content.byteOffset, content.byteLength) }) };
  }

  #unread({ bytes, at }: ReadingTask, finding: FatturapaFinding, why: string): OpenedReading {
    this.log.error('a received file could not be read and is kept as it is', { fault: why, size: bytes.length });
    return { reading: { signed: 'none', signatures: [], ruleVersion: ruleVersionAt(at), findings: [finding] }, faults: [] };
  }
}
