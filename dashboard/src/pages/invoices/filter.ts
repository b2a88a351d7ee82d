import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { InvoiceFilter } from '../../api/client.js';
import type { Status } from '../../api/types.js';
import { isStatus, STATUSES } from '../../app/status.js';

const NAMES = ['status', 'company', 'q', 'from', 'to'] as const;

/** The list's filter lives in the address, so that it can be shared and comes back with the back button. */
export function useInvoiceFilter(): {
  filter: InvoiceFilter;
  statuses: readonly Status[];
  active: boolean;
  change: (news: Partial<InvoiceFilter>, replace?: boolean) => void;
  setStatuses: (statuses: readonly Status[]) => void;
  clear: () => void;
} {
  const [parameters, setParameters] = useSearchParams();

  const filter = useMemo<InvoiceFilter>(() => {
    const read = (name: string) => parameters.get(name) ?? '';
    const statuses = read('status').split(',').filter(isStatus);
    return { status: statuses.join(','), company: read('company'), q: read('q'), from: day(read('from')), to: day(read('to')) };
  }, [parameters]);

  const change = useCallback(
    (news: Partial<InvoiceFilter>, replace = false) => {
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          for (const name of NAMES) {
            const value = news[name];
            if (value === undefined) continue;
            if (value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace, preventScrollReset: true },
      );
    },
    [setParameters],
  );

  return {
    filter,
    statuses: useMemo(() => filter.status.split(',').filter(isStatus), [filter.status]),
    active: NAMES.some((name) => filter[name] !== ''),
    change,
    // In the table's order, so that the same choice is always the same address.
    setStatuses: useCallback((statuses) => change({ status: STATUSES.filter((status) => statuses.includes(status)).join(',') }), [change]),
    clear: useCallback(() => setParameters({}, { preventScrollReset: true }), [setParameters]),
  };
}

function day(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '';
}
