import type { FolderChange } from '../types.js';

/** Who wants to know of which folder. A listener that throws disturbs neither the writer nor the other listeners. */
export class Watchers {
  readonly #listeners = new Map<string, Set<(change: FolderChange) => void>>();

  watch(account: string, folder: string, listener: (change: FolderChange) => void): () => void {
    const key = keyOf(account, folder);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners);
    // A wrapper of its own, so that one function may watch twice.
    const own = (change: FolderChange): void => listener(change);
    listeners.add(own);
    return () => {
      listeners.delete(own);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }

  tell(account: string, folder: string, change: FolderChange): void {
    for (const listener of [...(this.#listeners.get(keyOf(account, folder)) ?? [])]) {
      try {
        listener(change);
      } catch {
        // The change is committed; what a watcher makes of it is its own affair.
      }
    }
  }
}

const keyOf = (account: string, folder: string): string => `${account}\n${folder}`;
