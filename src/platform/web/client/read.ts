import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { useReader } from './session.tsx';
import type { ProblemError } from './problem.ts';

type Key = readonly [string, ...unknown[]];

/**
 * Reads something and keeps it: `useRead(['people', filter], (signal) => api.people.list(filter, { signal }))`.
 * The key begins with the capability's key and holds all the input. While other input loads, the last answer stays.
 * @param options.everyMs asks again after so long; false: no more
 */
export function useRead<T>(
  key: Key,
  read: (signal: AbortSignal) => Promise<T>,
  options: {
    readonly enabled?: boolean;
    readonly everyMs?: number | false | ((data: T | undefined) => number | false);
  } = {},
): UseQueryResult<T, ProblemError> {
  const { workspace } = useReader();
  const { everyMs, enabled } = options;
  return useQuery<T, ProblemError>({
    queryKey: [workspace?.id ?? '', ...key],
    queryFn: ({ signal }) => read(signal),
    placeholderData: keepPreviousData,
    ...(enabled === undefined ? {} : { enabled }),
    ...(everyMs === undefined
      ? {}
      : { refetchInterval: typeof everyMs === 'function' ? (query) => everyMs(query.state.data) : everyMs }),
  });
}

export interface Pages<T, P = unknown> {
  readonly items: readonly T[];
  /** The first page as it came, with what is told there alone, such as how many there are in all. */
  readonly first: P | undefined;
  readonly isPending: boolean;
  readonly error: ProblemError | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  more(): void;
}

/** Reads a listing page by page: `usePages(['people', q], (cursor, signal) => api.people.list({ q, cursor }, { signal }))`. */
export function usePages<P extends { readonly items: readonly unknown[]; readonly nextCursor: string | null }>(
  key: Key,
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<P>,
  options: { readonly enabled?: boolean } = {},
): Pages<P['items'][number], P> {
  const { workspace } = useReader();
  const query = useInfiniteQuery({
    queryKey: [workspace?.id ?? '', ...key, 'pages'],
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    ...options,
  });
  return {
    items: query.data?.pages.flatMap((page) => [...page.items]) ?? [],
    first: query.data?.pages[0],
    isPending: query.isPending,
    error: query.error as ProblemError | null,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
  };
}

/**
 * Has everything read anew that begins with one of these keys: what is on screen at once, the rest when it is opened.
 * What runs is always among it: a change may have begun long work.
 */
export function useRefresh(): (...keys: readonly string[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    (...keys) =>
      client.invalidateQueries({ predicate: (query) => [...keys, 'activity'].includes(String(query.queryKey[1])) }),
    [client],
  );
}

/**
 * Changes something, then reads anew what begins with one of `refresh`:
 * `const rename = useWrite(api.catalogue.renameStage, { refresh: ['catalogue', 'metrics'] })`.
 */
export function useWrite<I, O>(
  write: (input: I) => Promise<O>,
  options: { readonly refresh?: readonly string[]; readonly onDone?: (output: O, input: I) => void } = {},
): UseMutationResult<O, ProblemError, I> {
  const refresh = useRefresh();
  return useMutation<O, ProblemError, I>({
    mutationFn: (input) => write(input),
    onSuccess: async (output, input) => {
      await refresh(...(options.refresh ?? []));
      options.onDone?.(output, input);
    },
  });
}
