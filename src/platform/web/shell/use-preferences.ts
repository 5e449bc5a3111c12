import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Preferences } from '../../workspaces/contract.ts';
import { api } from '../client/api.ts';
import { useWrite } from '../client/read.ts';
import { useReader } from '../client/session.tsx';
import { useWords } from '../ui/i18n/language.tsx';

/** How the reader likes to read and work, and how they say so: it holds at once and is kept for them. */
export function usePreferences(): {
  readonly now: Preferences;
  readonly prefer: (some: Partial<Preferences>) => void;
  /** Why it is not kept on the server. */
  readonly error: unknown;
} {
  const { user } = useReader();
  const { now, apply } = useApplied();
  const keep = useWrite(api.workspaces.session.prefer);
  return {
    now,
    error: keep.error,
    prefer: (some) => {
      const next = { ...now, ...some };
      apply(next);
      if (user !== undefined) keep.mutate(next);
    },
  };
}

/** Has what the reader chose elsewhere hold here, as soon as it is known who reads. */
export function KeptPreferences(): null {
  const { user } = useReader();
  const { apply } = useApplied();
  const kept = user?.preferences ?? null;
  const latest = useRef(apply);
  useEffect(() => {
    latest.current = apply;
  });
  const known = kept === null ? '' : JSON.stringify(kept);
  useEffect(() => {
    if (kept !== null) latest.current(kept);
    // By what is kept, not by the object that says it: what was chosen since must not be undone.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [known]);
  return null;
}

function useApplied(): { readonly now: Preferences; readonly apply: (next: Preferences) => void } {
  const { language, choose, ways, chooseWays } = useWords();
  const { colorScheme: scheme, setColorScheme } = useMantineColorScheme();
  return {
    now: { language, scheme, ...ways },
    apply: (next) => {
      const { digits, calendar, keys } = next;
      if (digits !== ways.digits || calendar !== ways.calendar || keys !== ways.keys)
        chooseWays({ digits, calendar, keys });
      if (next.scheme !== scheme) setColorScheme(next.scheme);
      if (next.language !== language) choose(next.language);
    },
  };
}
