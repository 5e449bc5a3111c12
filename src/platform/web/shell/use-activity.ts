import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { HappeningView } from '../../activity/contract.ts';
import { api } from '../client/api.ts';
import { useRead } from '../client/read.ts';
import { askAgainMs, goesOn, isNew } from './happenings.ts';

const NONE: readonly HappeningView[] = [];

export interface Activity {
  readonly items: readonly HappeningView[];
  /** RFC 3339; null before the reader looked for the first time. */
  readonly seenAt: string | null;
  /** How much of what ended or waits the reader has not seen. */
  readonly unseen: number;
  readonly error: unknown;
}

/** What runs, what ended and what waits. Asked again while something runs; once that ended every page reads anew. */
export function useActivity(): Activity {
  const client = useQueryClient();
  const read = useRead(['activity'], (signal) => api.activity.list(undefined, { signal }), {
    everyMs: (data) => askAgainMs(data?.items),
  });
  const items = read.data?.items ?? NONE;
  const seenAt = read.data?.seenAt ?? null;
  const running = useRef<readonly string[]>([]);
  useEffect(() => {
    const now = items.filter(goesOn).map(({ id }) => id);
    const ended = running.current.some((id) => !now.includes(id));
    running.current = now;
    if (!ended) return;
    const isOther = (key: unknown): boolean => key !== 'activity' && key !== undefined;
    void client.invalidateQueries({ predicate: ({ queryKey }) => isOther(queryKey[1]) });
  }, [client, items]);
  return { items, seenAt, unseen: items.filter((item) => isNew(item, seenAt)).length, error: read.error };
}
