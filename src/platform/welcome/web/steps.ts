/** From an empty workspace to one that is used, in the order they come. */
export const STEPS = ['key', 'data', 'answers', 'figure', 'people'] as const;
export type Step = (typeof STEPS)[number];

/** What is there by now; undefined is not known yet. */
export interface Found {
  /** Write keys that stand. */
  readonly writeKeys: number | undefined;
  /** Events that came over HTTP, and files that brought rows. */
  readonly events: number | undefined;
  readonly files: number | undefined;
  readonly answers: number | undefined;
  /** Whether there is a day that has any answer or order. */
  readonly measured: boolean | undefined;
  /** Members and open invitations. */
  readonly people: number | undefined;
}

/** Which steps are done; undefined for those of which nothing is known yet. */
export function stepsOf(found: Found): Readonly<Record<Step, boolean | undefined>> {
  const { writeKeys, events, files, answers, measured, people } = found;
  return {
    key: some(writeKeys),
    // What made a figure or an answer has arrived, whichever way: through the API, say.
    data: anyOf(some(events), some(files), some(answers), measured),
    answers: some(answers),
    figure: measured,
    people: people === undefined ? undefined : people > 1,
  };
}

const some = (count: number | undefined): boolean | undefined => (count === undefined ? undefined : count > 0);

/** Whether any of it is there; unknown where none is known to be and one is not known. */
function anyOf(...found: readonly (boolean | undefined)[]): boolean | undefined {
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}
