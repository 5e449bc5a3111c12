import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useGo } from '../ui/go.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { isTaken, letterOf, meaningOf, type KeyAct } from './keyboard.ts';
import { opener } from './openers.ts';
import { useRailEntries } from './rail.tsx';

const KeyMap = lazy(async () => ({ default: (await import('./key-map.tsx')).KeyMap }));

/** Hears single keys, wherever the reader is, and ⌘K whatever they like. */
export function Keys() {
  const { ways } = useWords();
  const go = useGo();
  const entries = useRailEntries();
  const [shown, setShown] = useState(false);
  const act = (what: KeyAct): void => {
    if (typeof what === 'object') go(what);
    else open(what);
  };
  const pages = new Map(
    entries.flatMap(({ entries: own }) =>
      own.flatMap(({ letter, path }) => (letter === undefined ? [] : [[letter, path] as const])),
    ),
  );
  const hear = useRef<(event: KeyboardEvent) => void>(undefined);
  const begunAt = useRef<number>(undefined);
  useEffect(() => {
    hear.current = (event) => {
      if (event.defaultPrevented) return;
      if (letterOf(event) === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        opener('search')?.click();
        return;
      }
      if (!ways.keys || isTaken(event.target)) return;
      const now = event.timeStamp;
      const meaning = meaningOf(event, begunAt.current, now, pages);
      begunAt.current = meaning === 'begin' ? now : undefined;
      if (meaning === undefined || meaning === 'begin') return;
      event.preventDefault();
      act(meaning);
    };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => hear.current?.(event);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button type="button" hidden data-opens="map" onClick={() => setShown(true)} />
      {shown ? (
        <Suspense>
          <KeyMap onClose={() => setShown(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** Uses the button that opens it, so that the focus comes back to that. */
function open(what: string): void {
  opener(what)?.focus();
  opener(what)?.click();
}
