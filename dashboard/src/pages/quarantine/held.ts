import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { ApiProblem } from '../../api/problem.js';
import type { HeldCounts } from '../../api/types.js';

const NONE: HeldCounts = { total: 0, reasons: [], mailboxes: [] };
/** The floor under the live stream, which tells of what comes in but not of what is settled elsewhere. */
const EVERY_MS = 30_000;

/** How many messages are held and wait for a person; undefined while unknown. A key that may not read messages holds none. */
export function useHeld(): HeldCounts | undefined {
  const query = useQuery({
    queryKey: keys.held,
    queryFn: () =>
      api.held().catch((error: unknown) => {
        if (error instanceof ApiProblem && (error.status === 403 || error.status === 404)) return NONE;
        throw error;
      }),
    refetchInterval: EVERY_MS,
  });
  return query.data;
}
