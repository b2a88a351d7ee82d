import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { MessageFilter } from '../../api/client.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NAMES = ['reason', 'mailbox', 'q', 'from', 'to'] as const;
type Name = (typeof NAMES)[number] | 'message';

/** Filter and open message live in the address, so that they can be shared and come back with the back button. */
export function useQuarantineFilter(): {
  filter: Required<MessageFilter>;
  open: string | null;
  active: boolean;
  set: (news: Partial<Record<Name, string>>, replace?: boolean) => void;
  clear: () => void;
} {
  const [parameters, setParameters] = useSearchParams();
  const filter = useMemo(() => {
    const read = (name: Name) => parameters.get(name) ?? '';
    const day = (name: Name) => (DAY.test(read(name)) ? read(name) : '');
    return { disposition: 'quarantined', reason: read('reason'), mailbox: read('mailbox'), q: read('q'), from: day('from'), to: day('to') };
  }, [parameters]);
  return {
    filter,
    open: parameters.get('message'),
    active: NAMES.some((name) => filter[name] !== ''),
    set: (news, replace = false) =>
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(news)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace, preventScrollReset: true },
      ),
    clear: () => setParameters({}, { preventScrollReset: true }),
  };
}
