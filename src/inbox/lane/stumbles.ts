/** After so many failures a message is fetched alone, so that its neighbours do not suffer. */
const ALONE_AFTER = 2;
/** After so many it is passed over for a while: a server that breaks down over one message must not keep us from all that follow. */
const SKIP_AFTER = 5;
const SKIP_MS = 6 * 3_600_000;

/** Messages over which fetching failed, per folder and UID. Lives as long as the lane, over its connections. */
export class Stumbles {
  readonly #failures = new Map<string, { count: number; at: number }>();

  constructor(private readonly now: () => number) {}

  failed(folder: string, uids: readonly number[]): void {
    for (const uid of uids) {
      const key = `${folder} ${uid}`;
      this.#failures.set(key, { count: (this.#failures.get(key)?.count ?? 0) + 1, at: this.now() });
    }
  }

  passed(folder: string, uids: readonly number[]): void {
    if (this.#failures.size > 0) for (const uid of uids) this.#failures.delete(`${folder} ${uid}`);
  }

  alone(folder: string, uid: number): boolean {
    return (this.#failures.get(`${folder} ${uid}`)?.count ?? 0) >= ALONE_AFTER;
  }

  skip(folder: string, uid: number): boolean {
    const failure = this.#failures.get(`${folder} ${uid}`);
    return failure !== undefined && failure.count >= SKIP_AFTER && this.now() - failure.at < SKIP_MS;
  }
}
