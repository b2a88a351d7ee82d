import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { api } from '../api/client.js';
import { keys } from '../api/keys.js';
import type { FeedHint, Invoice, Page } from '../api/types.js';

export type LiveState = 'connecting' | 'open' | 'lost';

interface Live {
  readonly state: LiveState;
  /** Ids of invoices that came since the list was last read, newest last. */
  readonly arrived: readonly string[];
  /** Ids whose row has just changed. */
  readonly changed: ReadonlySet<string>;
  clearArrived(): void;
  /** Ids of suppliers' invoices that came since their list was last read. */
  readonly received: readonly string[];
  clearReceived(): void;
}

const Context = createContext<Live>({ state: 'connecting', arrived: [], changed: new Set(), clearArrived: () => undefined, received: [], clearReceived: () => undefined });

export function useLive(): Live {
  return useContext(Context);
}

/** Hints come in bursts; the page follows them at this pace. */
const PACE_MS = 400;
const SHOWN_CHANGED_MS = 2500;
const REOPEN_MS = 2000;
/** The service ends a stream now and then on purpose; only a silence longer than this is worth a word. */
const LOST_AFTER_MS = 6000;

type Pages = InfiniteData<Page<Invoice>, string | undefined>;

/** Which invoices the lists in the cache show. */
function shown(client: QueryClient): Set<string> {
  const ids = new Set<string>();
  for (const [, data] of client.getQueriesData<Pages>({ queryKey: keys.allInvoices })) {
    for (const page of data?.pages ?? []) for (const invoice of page.items) ids.add(invoice.id);
  }
  return ids;
}

/** Puts an invoice's newest form in place of its row, wherever it is listed; rows neither move nor leave. */
export function putInPlace(client: QueryClient, fresh: Invoice): void {
  client.setQueriesData<Pages>({ queryKey: keys.allInvoices }, (data) =>
    data && {
      ...data,
      pages: data.pages.map((page) =>
        page.items.some(({ id }) => id === fresh.id) ? { ...page, items: page.items.map((old) => (old.id === fresh.id ? { ...old, ...fresh } : old)) } : page,
      ),
    },
  );
}

/**
 * Listens to the live stream and keeps the cache true: rows that are shown change in place, new invoices are counted, the open invoice and the counts
 * are read again. The stream goes on where it stopped; after a longer silence everything is read again all the same.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [arrived, setArrived] = useState<readonly string[]>([]);
  const [received, setReceived] = useState<readonly string[]>([]);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef(new Map<string, FeedHint>());

  useEffect(() => {
    let source: EventSource | undefined;
    let reopen: ReturnType<typeof setTimeout> | undefined;
    let pace: ReturnType<typeof setTimeout> | undefined;
    let fade: ReturnType<typeof setTimeout> | undefined;
    let lost: ReturnType<typeof setTimeout> | undefined;
    let position = '';
    let broken = false;

    const settle = async (): Promise<void> => {
      pace = undefined;
      const hints = [...pending.current.values()];
      pending.current.clear();
      const known = shown(client);
      const fresh = hints.filter(({ invoiceId, type }) => invoiceId && !known.has(invoiceId) && type === 'invoice.queued');
      if (fresh.length > 0) setArrived((before) => [...new Set([...before, ...fresh.map(({ invoiceId }) => invoiceId ?? '')])]);
      void client.invalidateQueries({ queryKey: keys.allCounts });
      const rows = hints.flatMap(({ invoiceId }) => (invoiceId && known.has(invoiceId) ? [invoiceId] : []));
      for (const { invoiceId } of hints) if (invoiceId) void client.invalidateQueries({ queryKey: keys.invoice(invoiceId) });
      // A few rows are read one by one; in a flood the lists are read again whole.
      if (rows.length > 12) await client.invalidateQueries({ queryKey: keys.allInvoices });
      else await Promise.all(rows.map((id) => api.invoice(id).then((invoice) => putInPlace(client, invoice), () => undefined)));
      if (rows.length === 0) return;
      setChanged(new Set(rows));
      clearTimeout(fade);
      fade = setTimeout(() => setChanged(new Set()), SHOWN_CHANGED_MS);
    };

    const open = (): void => {
      source = new EventSource(position ? `/v1/stream?after=${position}` : '/v1/stream');
      source.addEventListener('open', () => {
        clearTimeout(lost);
        lost = undefined;
        setState('open');
        if (broken) void client.invalidateQueries();
        broken = false;
      });
      source.addEventListener('feed', (event: MessageEvent<string>) => {
        position = event.lastEventId;
        const hint = readHint(event.data);
        const supplied = hint?.receivedInvoiceId;
        if (supplied) setReceived((before) => (before.includes(supplied) ? before : [...before, supplied]));
        if (hint?.messageId) {
          void client.invalidateQueries({ queryKey: keys.held });
          void client.invalidateQueries({ queryKey: keys.allMessages });
        }
        if (!hint?.invoiceId) return;
        const before = pending.current.get(hint.invoiceId);
        // The first hint of an invoice tells that it is new, later ones of the same burst must not hide that.
        pending.current.set(hint.invoiceId, before?.type === 'invoice.queued' ? { ...hint, type: before.type } : hint);
        pace ??= setTimeout(() => void settle(), PACE_MS);
      });
      source.addEventListener('error', () => {
        lost ??= setTimeout(() => {
          broken = true;
          setState('lost');
        }, LOST_AFTER_MS);
        if (source?.readyState !== EventSource.CLOSED) return;
        reopen = setTimeout(() => {
          // A closed stream may mean that the session is over: the question finds out.
          void client.invalidateQueries({ queryKey: keys.allCounts });
          open();
        }, REOPEN_MS);
      });
    };
    open();
    return () => {
      source?.close();
      clearTimeout(reopen);
      clearTimeout(lost);
      clearTimeout(pace);
      clearTimeout(fade);
    };
  }, [client]);

  const value = useMemo<Live>(() => ({ state, arrived, changed, clearArrived: () => setArrived([]), received, clearReceived: () => setReceived([]) }), [state, arrived, changed, received]);
  return <Context value={value}>{children}</Context>;
}

function readHint(data: string): FeedHint | undefined {
  try {
    return JSON.parse(data) as FeedHint;
  } catch {
    return undefined;
  }
}
