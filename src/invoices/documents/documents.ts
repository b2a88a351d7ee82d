import path from 'node:path';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FatturapaFinding } from '../../fatturapa/types.js';
import { Problem } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { type KeyAndCertificate, keySigner, signCades, SigningError, signXades } from '../../signature/index.js';
import { movable, Moved } from '../../platform/workers/transfer.js';
import { WorkerPool, WorkerPoolBusy } from '../../platform/workers/worker-pool.js';
import type { Pkcs12Answer, Pkcs12Task, SignTask } from './sign.js';
import { buildXmlFrom, type Built, pointed, view, type ViewRequest } from './tasks.js';
import type * as tasks from './tasks.js';
import type { UnzipTask } from './unzip.js';

/** Up to here it takes some milliseconds; beyond, other requests would wait for it. */
const INLINE_BYTES = 200_000;
const QUEUE = 16;
const TIMEOUT_MS = 30_000;

/** Makes documents from their JSON form and pages from documents: small ones at once, large ones on a thread, so that the event loop is never held up. */
@Injectable()
export class Documents implements BeforeApplicationShutdown {
  readonly #pool = new WorkerPool<typeof tasks>({ module: path.join(__dirname, 'tasks'), threads: 1, queue: QUEUE, timeoutMs: TIMEOUT_MS });

  /** The XML of a JSON form. @throws Problem 503 when too much is being done already */
  async build(json: Buffer): Promise<Built> {
    return json.length <= INLINE_BYTES ? buildXmlFrom(json) : this.#buildOnThread(json);
  }

  /** Findings about the built XML, with their places in the JSON form (`pointer`). */
  async pointed(json: Buffer, findings: readonly FatturapaFinding[]): Promise<readonly FatturapaFinding[]> {
    if (findings.length === 0 || json.length <= INLINE_BYTES) return pointed({ json, findings });
    const copy = movable(json);
    return this.#run(() => this.#pool.run('pointOnThread', new Moved({ json: copy, findings }, [copy.buffer])));
  }

  /** The readable page; undefined when the file cannot be read as an invoice. */
  async view(request: ViewRequest): Promise<string | undefined> {
    if (request.file.length <= INLINE_BYTES) return view(request);
    const file = movable(request.file);
    return this.#run(() => this.#pool.run('viewOnThread', new Moved({ ...request, file }, [file.buffer])));
  }

  /** A signed file. Small ones cost a millisecond or two besides the key's own work, which is not done on the event loop. @throws SigningError, Problem 503 when too much is being done already */
  async sign(file: Buffer, form: SignTask['form'], key: KeyAndCertificate & { readonly certificate: Buffer; readonly chain: readonly Buffer[] }, signingTime: Date): Promise<Buffer> {
    const { certificate, chain } = key;
    if (file.length <= INLINE_BYTES) return (form === 'cades' ? signCades : signXades)(file, keySigner(key), { signingTime });
    const copy = movable(file);
    const privateKey = key.privateKey.export({ format: 'der', type: 'pkcs8' });
    const answer = await this.#run(() => this.#pool.run('signOnThread', new Moved({ file: copy, form, signingTime, certificate, chain, privateKey }, [copy.buffer])));
    if (!answer.ok) throw new SigningError(answer.trouble);
    return bufferOf(answer.file);
  }

  /** What a PKCS#12 file holds. @throws Problem 503 when too much is being done already */
  openPkcs12(task: Pkcs12Task): Promise<Pkcs12Answer> {
    return this.#run(() => this.#pool.run('openPkcs12OnThread', task));
  }

  /** One file of an archive; undefined when it is damaged. */
  async unzip(task: UnzipTask): Promise<Buffer | undefined> {
    const octets = await this.#run(() => this.#pool.run('unzipOnThread', task));
    return octets && bufferOf(octets);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  async #buildOnThread(json: Buffer): Promise<Built> {
    const copy = movable(json);
    const { built } = await this.#run(() => this.#pool.run('buildOnThread', new Moved(copy, [copy.buffer])));
    return built.ok ? { ok: true, xml: bufferOf(built.xml) } : built;
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WorkerPoolBusy)) throw error;
      throw new Problem(
        PROBLEMS.unavailable,
        { it: 'Troppi documenti grandi sono in lavorazione.', en: 'Too many large documents are being worked on.' },
        { mend: { it: 'Ripetere la richiesta tra qualche secondo.', en: 'Send the request again in some seconds.' }, headers: { 'retry-after': '5' } },
      );
    }
  }
}

const bufferOf = (octets: Uint8Array<ArrayBuffer>): Buffer => Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
