import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api, idempotencyKey } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Archive, TakenInvoice, Verdict } from '../../api/types.js';
import { isZip, unpack, type Unpacked } from './unpack.js';

export type UploadMode = 'send' | 'check';

export interface Upload {
  /** Also the idempotency key: the same file tried again after silence is not taken twice. */
  readonly key: string;
  readonly name: string;
  readonly file?: File;
  /** What was asked for last. */
  readonly mode: UploadMode;
  /** `checked`: its verdict is there, and nothing was sent. */
  readonly state: 'waiting' | 'checking' | 'checked' | 'sending' | 'taken' | 'refused' | 'skipped';
  readonly verdict?: Verdict;
  readonly invoice?: TakenInvoice;
  /** Of a zip: what became of each file in it. */
  readonly archive?: Archive;
  /** Why a file of a zip was left out. */
  readonly reason?: Extract<Unpacked, { reason: unknown }>['reason'];
  /** Chosen by a person where the file alone does not tell. */
  readonly company?: string;
  readonly error?: unknown;
}

export interface Uploads {
  readonly uploads: readonly Upload[];
  add(files: readonly File[], mode: UploadMode): void;
  /** Does once more what was refused, perhaps for another company. */
  retry(key: string, company?: string): void;
  /** Sends what was checked. */
  send(keysOfFiles: readonly string[]): void;
}

function isArchive(answer: TakenInvoice | Archive): answer is Archive {
  return 'items' in answer;
}

function fromArchive({ name, ...rest }: Unpacked): Upload {
  const upload = { key: idempotencyKey(), name, mode: 'check' } as const;
  return 'file' in rest ? { ...upload, file: rest.file, state: 'waiting' } : { ...upload, state: 'skipped', reason: rest.reason };
}

/** Checks files, or hands them over, one after the other, in their order. */
export function useUploads(): Uploads {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const queue = useRef<Upload[]>([]);
  const running = useRef(false);

  const run = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    let sent = false;
    const replace = (key: string, news: readonly Upload[]) => setUploads((all) => all.flatMap((upload) => (upload.key === key ? news : [upload])));
    const change = (key: string, news: Partial<Upload>) => setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...news } : upload)));
    for (let next = queue.current.shift(); next; next = queue.current.shift()) {
      const { key, file, company, mode } = next;
      if (!file) continue;
      change(key, { state: mode === 'check' ? 'checking' : 'sending', error: undefined });
      try {
        if (mode === 'send') {
          sent = true;
          const answer = await api.send(file, key, company);
          change(key, { state: 'taken', verdict: undefined, ...(isArchive(answer) ? { archive: answer } : { invoice: answer }) });
        } else if (await isZip(file)) {
          const files = (await unpack(file)).map(fromArchive);
          replace(key, files);
          queue.current.unshift(...files.filter(({ state }) => state === 'waiting'));
        } else {
          change(key, { state: 'checked', verdict: await api.validate(file, company) });
        }
      } catch (error) {
        change(key, { state: 'refused', verdict: undefined, error });
      }
    }
    running.current = false;
    if (!sent) return;
    void client.invalidateQueries({ queryKey: keys.allInvoices });
    void client.invalidateQueries({ queryKey: keys.allCounts });
  }, [client]);

  const enqueue = useCallback(
    (added: readonly Upload[]) => {
      queue.current.push(...added);
      void run();
    },
    [run],
  );

  const add = useCallback(
    (files: readonly File[], mode: UploadMode) => {
      const added = files.map((file): Upload => ({ key: idempotencyKey(), name: file.name, file, mode, state: 'waiting' }));
      setUploads((all) => [...all, ...added]);
      enqueue(added);
    },
    [enqueue],
  );

  const retry = useCallback(
    (key: string, company?: string) => {
      const before = uploads.find((upload) => upload.key === key);
      if (!before) return;
      // Another question needs another idempotency key.
      const again: Upload = company ? { ...before, key: idempotencyKey(), company } : before;
      setUploads((all) => all.map((upload) => (upload.key === key ? again : upload)));
      enqueue([again]);
    },
    [uploads, enqueue],
  );

  const send = useCallback(
    (wanted: readonly string[]) => {
      const chosen = new Map(uploads.filter(({ key }) => wanted.includes(key)).map((upload): [string, Upload] => [upload.key, { ...upload, mode: 'send', state: 'waiting' }]));
      setUploads((all) => all.map((upload) => chosen.get(upload.key) ?? upload));
      enqueue([...chosen.values()]);
    },
    [uploads, enqueue],
  );

  return { uploads, add, retry, send };
}
