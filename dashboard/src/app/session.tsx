import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { api } from '../api/client.js';
import { keys } from '../api/keys.js';
import { ApiProblem } from '../api/problem.js';
import { setSignedOutListener } from '../api/request.js';
import type { Session } from '../api/types.js';
import { recall, remember } from './stored.js';

/** The cookie is out of a script's sight; this note of ours spares a first visitor the question whether there is one. */
const NOTE = 'corriere.signedIn';

export interface SessionState {
  readonly session: Session | undefined;
  readonly loading: boolean;
  readonly error: unknown;
  /** The session ended while the page was open. */
  readonly over: boolean;
  signedIn(): Promise<void>;
  signOut(): Promise<void>;
  refresh(): Promise<void>;
}

const Context = createContext<SessionState | undefined>(undefined);

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [noted, setNoted] = useState(() => recall(NOTE) === 'yes');
  const [over, setOver] = useState(false);
  const query = useQuery({ queryKey: keys.session, queryFn: api.session, enabled: noted, staleTime: Infinity, retry: (count, error) => !(error instanceof ApiProblem) && count < 3 });

  const forget = useCallback(() => {
    remember(NOTE, undefined);
    setNoted(false);
    client.clear();
  }, [client]);

  useEffect(() => {
    setSignedOutListener(() => {
      setOver(true);
      forget();
    });
  }, [forget]);

  const unauthorized = query.error instanceof ApiProblem && query.error.status === 401;
  useEffect(() => {
    if (!unauthorized) return;
    setOver(true);
    forget();
  }, [unauthorized, forget]);

  const value = useMemo<SessionState>(
    () => ({
      session: noted ? (query.data ?? undefined) : undefined,
      loading: noted && query.isPending,
      error: noted && !unauthorized ? query.error : undefined,
      over,
      signedIn: async () => {
        remember(NOTE, 'yes');
        setOver(false);
        await client.fetchQuery({ queryKey: keys.session, queryFn: api.session });
        setNoted(true);
      },
      signOut: async () => {
        await api.signOut();
        forget();
      },
      refresh: () => client.invalidateQueries({ queryKey: keys.session }),
    }),
    [noted, query.data, query.isPending, query.error, unauthorized, over, client, forget],
  );
  return <Context value={value}>{children}</Context>;
}

export function useSession(): SessionState {
  const value = useContext(Context);
  if (!value) throw new Error('SessionProvider is missing');
  return value;
}
