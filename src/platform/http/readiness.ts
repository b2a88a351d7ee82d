import type { Log } from '../log/log.js';

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly ms: number }>>;
}

/**
 * What `/readyz` asks. A room registers what it cannot work without; a check that throws or does not answer within two seconds makes the
 * process not ready. Not for what only one mailbox suffers from.
 */
export class Readiness {
  readonly #checks = new Map<string, () => Promise<unknown>>();
  #stopping = false;

  constructor(
    private readonly log: Log,
    private readonly timeoutMs = 2_000,
  ) {}

  register(name: string, check: () => Promise<unknown>): void {
    this.#checks.set(name, check);
  }

  /** From now on not ready, so that no new requests are sent here while the last ones finish. */
  stop(): void {
    this.#stopping = true;
  }

  async report(): Promise<ReadinessReport> {
    const checks = await Promise.all([...this.#checks].map(async ([name, check]) => [name, await this.#run(name, check)] as const));
    return { ready: !this.#stopping && checks.every(([, { ok }]) => ok), checks: Object.fromEntries(checks) };
  }

  async #run(name: string, check: () => Promise<unknown>): Promise<{ ok: boolean; ms: number }> {
    const begun = performance.now();
    let timer: NodeJS.Timeout | undefined;
    try {
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${this.timeoutMs} ms`)), this.timeoutMs);
      });
      await Promise.race([check(), timeout]);
      return { ok: true, ms: Math.round(performance.now() - begun) };
    } catch (error) {
      this.log.warn('not ready', { check: name, error });
      return { ok: false, ms: Math.round(performance.now() - begun) };
    } finally {
      clearTimeout(timer);
    }
  }
}
