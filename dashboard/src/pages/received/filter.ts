import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { ReceivedFilter } from '../../api/received.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f-]{36}$/i;

/** What each parameter may hold; anything else in an address is no filter. */
const SHAPES: Readonly<Record<keyof ReceivedFilter, RegExp>> = {
  q: /./s,
  company: ID,
  mailbox: ID,
  from: DAY,
  to: DAY,
  type: /^TD\d{2}$/,
  findings: /^(?:error|error,warning|hint,none)$/,
  acknowledged: /^(?:true|false)$/,
  message: ID,
};
const NAMES = Object.keys(SHAPES) as (keyof ReceivedFilter)[];

/** The list's filter lives in the address, so that it can be shared and comes back with the back button. */
export function useReceivedFilter(): {
  filter: ReceivedFilter;
  active: boolean;
  change: (news: Partial<ReceivedFilter>, replace?: boolean) => void;
  clear: () => void;
} {
  const [parameters, setParameters] = useSearchParams();

  const filter = useMemo(() => {
    const read = (name: keyof ReceivedFilter): string => {
      const value = parameters.get(name) ?? '';
      return SHAPES[name].test(value) ? value : '';
    };
    return Object.fromEntries(NAMES.map((name) => [name, read(name)])) as unknown as ReceivedFilter;
  }, [parameters]);

  const change = useCallback(
    (news: Partial<ReceivedFilter>, replace = false) => {
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

  return { filter, active: NAMES.some((name) => filter[name] !== ''), change, clear: useCallback(() => setParameters({}, { preventScrollReset: true }), [setParameters]) };
}
