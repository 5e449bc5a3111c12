import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Access } from '../../kernel/contract.ts';
import type { OwnWorkspace, SessionView } from '../../workspaces/contract.ts';
import { call, callIn, onProblem } from './api.ts';
import { ownWorkspace, rememberedWorkspace, rememberWorkspace } from './early.ts';
import { ProblemError } from './problem.ts';

/** Who reads, and in which workspace. `may` asks what the server said of their role. */
export interface Reader {
  readonly state: 'loading' | 'unreachable' | 'nobody' | 'member';
  readonly user: SessionView['user'] | undefined;
  readonly workspace: OwnWorkspace | undefined;
  readonly workspaces: readonly OwnWorkspace[];
  may(access: Access): boolean;
  /** Works in another workspace from now on. */
  choose(workspaceId: string): void;
  /** Asks the server again who is signed in: after signing in or out, setting up, accepting an invitation. */
  refresh(): Promise<void>;
  signOut(): Promise<void>;
}

const ReaderContext = createContext<Reader | undefined>(undefined);

async function readSession(): Promise<SessionView | null> {
  try {
    return (await (await call('/session')).json()) as SessionView;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null;
    throw error;
  }
}

const KEY = ['session'];
const SESSION = { queryKey: KEY, queryFn: readSession, staleTime: 60_000, retry: 1 };
const NONE: readonly OwnWorkspace[] = [];

/** Asks who reads while the words of the page are still on their way. */
export function askSession(client: QueryClient): void {
  void client.prefetchQuery(SESSION);
}

export function ReaderProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery(SESSION);
  const [chosen, setChosen] = useState(rememberedWorkspace);
  const workspaces = session.data?.workspaces ?? NONE;
  const workspace = ownWorkspace(workspaces, chosen);
  callIn(workspace?.id);

  useEffect(
    () =>
      onProblem((problem) => {
        if (problem.status === 401) void client.invalidateQueries({ queryKey: KEY });
      }),
    [client],
  );

  const reader = useMemo<Reader>(() => {
    const refresh = async (): Promise<void> => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
      await client.refetchQueries({ queryKey: KEY });
    };
    return {
      state:
        session.data === undefined
          ? session.isError
            ? 'unreachable'
            : 'loading'
          : workspace === undefined
            ? 'nobody'
            : 'member',
      user: session.data?.user,
      workspace,
      workspaces,
      may: (access) =>
        access === 'public' ||
        (access === 'session' ? session.data != null : (workspace?.permissions.some((p) => p === access) ?? false)),
      choose: (id) => {
        rememberWorkspace(id);
        setChosen(id);
        void refresh();
      },
      refresh,
      signOut: async () => {
        // Where the server is away, asking again says so.
        await call('/session', { method: 'DELETE' }).catch(() => undefined);
        await refresh();
      },
    };
  }, [client, session.data, session.isError, workspace, workspaces]);

  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (reader === undefined) throw new Error('useReader is used outside the app');
  return reader;
}

/** The workspace a page stands in; pages with a permission of a workspace always have one. */
export function useWorkspace(): OwnWorkspace {
  const { workspace } = useReader();
  if (workspace === undefined) throw new Error('useWorkspace is used outside a workspace');
  return workspace;
}
