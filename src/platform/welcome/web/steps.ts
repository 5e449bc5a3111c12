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
    data: some(events) === true ? true : some(files) === true ? true : both(some(events), some(files)),
    answers: some(answers),
    figure: measured,
    people: people === undefined ? undefined : people > 1,
  };
}

const some = (count: number | undefined): boolean | undefined => (count === undefined ? undefined : count > 0);

/** Neither is there; unknown where one is. */
const both = (a: boolean | undefined, b: boolean | undefined): boolean | undefined =>
  a === undefined || b === undefined ? undefined : false;
