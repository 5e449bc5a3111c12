/** Steps that can be undone; older ones are forgotten. */
const MOST = 300;

interface Step<T> {
  /** What stands on the other side of it. */
  readonly value: T;
  /** What was done, in the reader's words. */
  readonly label: string;
  readonly as: string | undefined;
}

/** A value that is never changed in place, with what it was before and what was undone. */
export interface History<T> {
  readonly now: T;
  /** The last is undone first. */
  readonly past: readonly Step<T>[];
  /** The last is done again first. */
  readonly future: readonly Step<T>[];
  /** Whether the next change is a step of its own, whatever it is like. */
  readonly sealed: boolean;
}

export type HistoryAct<T> =
  /** Changes of the same `as` that follow one another are one step. */
  | { readonly act: 'change'; readonly next: T; readonly label: string; readonly as?: string | undefined }
  /** What comes next is a step of its own: the focus went elsewhere. */
  | { readonly act: 'seal' }
  | { readonly act: 'undo' }
  | { readonly act: 'redo' };

export function begin<T>(now: T): History<T> {
  return { now, past: [], future: [], sealed: true };
}

/** Pure: the history after an act. The same object where nothing is to be done. */
export function historyAfter<T>(history: History<T>, act: HistoryAct<T>): History<T> {
  const { now, past, future, sealed } = history;
  switch (act.act) {
    case 'change': {
      const { next, label, as } = act;
      if (next === now) return history;
      const last = past.at(-1);
      const goesOn = !sealed && as !== undefined && last?.as === as && future.length === 0;
      return {
        now: next,
        past: goesOn ? past : [...past, { value: now, label, as }].slice(-MOST),
        future: [],
        sealed: false,
      };
    }
    case 'seal':
      return sealed ? history : { ...history, sealed: true };
    case 'undo': {
      const last = past.at(-1);
      if (last === undefined) return history;
      return { now: last.value, past: past.slice(0, -1), future: [...future, { ...last, value: now }], sealed: true };
    }
    case 'redo': {
      const next = future.at(-1);
      if (next === undefined) return history;
      return { now: next.value, past: [...past, { ...next, value: now }], future: future.slice(0, -1), sealed: true };
    }
  }
}
