import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { keys } from '../api/keys.js';
import { ApiProblem } from '../api/problem.js';
import type { Sandbox } from '../api/types.js';
import { useSession } from './session.js';

/** The sandbox, when this service has one: `null` when it answered that there is none, undefined while unknown. */
export function useSandbox(): Sandbox | null | undefined {
  const { session } = useSession();
  const query = useQuery({
    queryKey: keys.sandbox,
    queryFn: async () => {
      try {
        return await api.sandbox();
      } catch (error) {
        if (error instanceof ApiProblem && (error.status === 404 || error.status === 403)) return null;
        throw error;
      }
    },
    enabled: session !== undefined && session.sandbox !== false,
    staleTime: 30_000,
  });
  return session?.sandbox === false ? null : query.data;
}
