import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api, idempotencyKey } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { TakenInvoice } from '../../api/types.js';

export interface Upload {
  /** Also the idempotency key: the same file tried again after silence is not taken twice. */
  readonly key: string;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'taken' | 'refused';
  readonly invoice?: TakenInvoice;
  /** Chosen by a person where the file alone does not tell. */
  readonly company?: string;
  readonly error?: unknown;
}

/** Hands files over one after the other, in their order. */
export function useUploads(): { uploads: readonly Upload[]; add: (files: readonly File[]) => void; retry: (key: string, company?: string) => void } {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const queue = useRef<Upload[]>([]);
  const running = useRef(false);

  const run = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    const change = (key: string, news: Partial<Upload>) => setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...news } : upload)));
    for (let next = queue.current.shift(); next; next = queue.current.shift()) {
      const { key, file, company } = next;
      change(key, { state: 'sending', error: undefined });
      try {
        change(key, { state: 'taken', invoice: await api.send(file, key, company) });
      } catch (error) {
        change(key, { state: 'refused', error });
      }
    }
    running.current = false;
    void client.invalidateQueries({ queryKey: keys.allInvoices });
    void client.invalidateQueries({ queryKey: keys.allCounts });
  }, [client]);

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file): Upload => ({ key: idempotencyKey(), file, state: 'waiting' }));
      queue.current.push(...added);
      setUploads((all) => [...all, ...added]);
      void run();
    },
    [run],
  );

  const retry = useCallback(
    (key: string, company?: string) => {
      const before = uploads.find((upload) => upload.key === key);
      if (!before) return;
      // Another question needs another idempotency key.
      const again: Upload = company ? { ...before, key: idempotencyKey(), company } : before;
      setUploads((all) => all.map((upload) => (upload.key === key ? again : upload)));
      queue.current.push(again);
      void run();
    },
    [uploads, run],
  );

  return { uploads, add, retry };
}
