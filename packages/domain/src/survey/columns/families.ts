import { scaleOf } from '../check.ts';
import type { Choice, Loop, Question, QuestionKind, SurveyDocument } from '../document.ts';
import { loopItems, offeredOf } from './offered.ts';

/** A document as it was published. */
export interface Version {
  readonly version: number;
  readonly document: SurveyDocument;
}

/** A question as some versions asked it, alike enough for the same columns. */
export interface Family {
  readonly name: string;
  /** As it was asked last. */
  readonly question: Question;
  readonly document: SurveyDocument;
  /** Where other versions asked something else by its id: those that asked this. */
  readonly only: readonly number[] | undefined;
  readonly asked: readonly Asked[];
}

export interface Asked extends Version {
  readonly question: Question;
  readonly loop: Loop | undefined;
}

/**
 * Questions of all versions by what they ask, in the order of the newest version; what only older ones asked stands behind.
 * @param versions the oldest first
 */
export function familiesOf(versions: readonly Version[]): Family[] {
  const byId = new Map<string, Asked[]>();
  for (const { version, document } of versions.toReversed()) {
    for (const page of document.pages) {
      const loop = document.loops?.find(({ id }) => id === page.loop);
      for (const question of page.questions) {
        if (question.kind === 'statement') continue;
        const asked = byId.get(question.id) ?? [];
        asked.push({ version, document, question, loop });
        byId.set(question.id, asked);
      }
    }
  }
  return [...byId.values()].flatMap((all) => {
    const shapes = new Map<string, Asked[]>();
    for (const one of all) shapes.set(shapeOf(one), [...(shapes.get(shapeOf(one)) ?? []), one]);
    return [...shapes.values()].flatMap((asked, i): Family[] => {
      const [newest] = asked;
      if (newest === undefined) return [];
      const { question, document } = newest;
      const base = question.name ?? question.id;
      const numbers = asked.map(({ version }) => version).toReversed();
      return [
        {
          name: i === 0 ? base : `${base}_v${numbers[0]}`,
          question,
          document,
          only: shapes.size === 1 ? undefined : numbers,
          asked: asked.toReversed(),
        },
      ];
    });
  });
}

/** What has to be the same for answers to stand in the same columns. */
function shapeOf({ question, loop }: Asked): string {
  const scale = scaleOf(question);
  const around = loop === undefined ? '' : 'loop ';
  if (scale !== undefined) return `${around}${scale.from} to ${scale.to}`;
  const several = 'multiple' in question && question.multiple === true;
  if (question.kind === 'matrix') return `${around}matrix ${several ? 'many' : 'one'}`;
  if (question.kind === 'picture') return around + (several ? 'multiple' : 'single');
  return around + (ALIKE[question.kind] ?? question.kind);
}

const ALIKE: Readonly<Partial<Record<QuestionKind, QuestionKind>>> = { dropdown: 'single', longText: 'shortText' };

/** Items of the loop it stands in, over all versions. */
export function itemsOf({ asked }: Family): Merged[] {
  return merged(asked.map(({ document, loop }) => (loop === undefined ? [] : loopItems(document, loop))));
}

/** What it offers, over all versions; of a matrix its rows. */
export function choicesOf({ asked }: Family): Merged[] {
  return merged(asked.map(({ document, question }) => offeredOf(document, question)));
}

export function matrixColumns({ asked }: Family): Merged[] {
  return merged(asked.map(({ question }) => (question.kind === 'matrix' ? question.columns : [])));
}

/** A choice as it was offered last, and its number. */
export interface Merged {
  readonly choice: Choice;
  readonly code: number;
}

/** Choices of all versions, in the order of the newest. */
function merged(lists: readonly (readonly Choice[])[]): Merged[] {
  const codes = codesOf(lists);
  const newest = new Map<string, Choice>();
  for (const choice of lists.toReversed().flat()) if (!newest.has(choice.id)) newest.set(choice.id, choice);
  return [...newest.values()].map((choice) => ({ choice, code: codes.get(choice.id) ?? 0 }));
}

/**
 * The number of each choice, which no later version changes: of the first version their values, where all have whole
 * ones, each its own, else their places. What comes up later has its value where those before have theirs and no other
 * has that number, else the next above all.
 */
function codesOf(lists: readonly (readonly Choice[])[]): ReadonlyMap<string, number> {
  const first = lists.find((list) => list.length > 0) ?? [];
  const values = first.flatMap(({ value }) => (Number.isSafeInteger(value) ? [value] : []));
  const own = new Set(values).size === first.length;
  const codes = new Map<string, number>();
  const taken = new Set<number>();
  let highest = 0;
  for (const { id, value } of lists.flat()) {
    if (codes.has(id)) continue;
    const free = own && value !== undefined && Number.isSafeInteger(value) && !taken.has(value);
    const code = free ? value : highest + 1;
    codes.set(id, code);
    taken.add(code);
    highest = Math.max(highest, code);
  }
  return codes;
}
