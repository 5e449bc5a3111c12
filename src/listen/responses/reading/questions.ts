import { moodOf, npsPoints } from '@touchstone/domain/scores';
import { type Measure, sumsOfCounts, sumsOfGroups, suppress } from '@touchstone/domain/stats';
import { answerKey, isPersonal, NOT_APPLICABLE, type Question, scaleOf } from '@touchstone/domain/survey';
import type { Heads, NumberSums } from '../facts/counting.ts';
import { saysItself } from '../marks.ts';
import type { Item, Option, QuestionResult } from '../shapes.ts';
import { FEW_BELOW_ANSWERS, HIDDEN_BELOW_PEOPLE } from '../vocabulary.ts';
import { type AskedQuestion, choicesOf, type Documents } from './documents.ts';
import { bestWorst, figureOf, NO_FIGURE, NPS, scored, shareOf, sumsOfNumbers } from './figures.ts';
import { NO_TALLY, peopleOf, sumOf, type Tally } from './tally.ts';

export interface Counted {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly numbers: ReadonlyMap<string, NumberSums>;
  /** How many of the responses are of people who had answered before. */
  readonly repeats: number;
}

/** Of a question, what was counted since it is answered as it is now. */
export type CountedSince = (asked: { readonly since: number }) => Counted;

export const NOTHING_COUNTED: Counted = { tallies: new Map(), numbers: new Map(), repeats: 0 };

/** Scales of more points than these are told by their mean alone. */
const MOST_POINTS = 101;

/** Every question, in the order of the survey; in a loop one result a round that anybody came to. */
export function questionResults(
  documents: Documents,
  countedSince: CountedSince,
  seesPeople: boolean,
): QuestionResult[] {
  return [...documents.questions.values()].flatMap((asked) => {
    if (asked.question.kind === 'statement') return [];
    const counted = countedSince(asked);
    const rounds = asked.loop === undefined ? [''] : roundsOf(asked.question.id, counted);
    const found = rounds.map((round) => questionResult(documents, asked, round, counted, seesPeople));
    return asked.removed ? found.filter((one) => one.shown > 0) : found;
  });
}

export function roundsOf(id: string, { tallies, numbers }: Counted): string[] {
  const rounds = new Set<string>();
  for (const key of [...tallies.keys(), ...numbers.keys()]) {
    if (key.startsWith(`${id}@`)) rounds.add(key.slice(id.length + 1).split('.')[0] ?? '');
  }
  return [...rounds].toSorted();
}

export function answeredOf(question: Question, tally: Tally): number {
  return saysItself(question) ? sumOf(tally.values.values()) : tally.answered;
}

/** Of how many people its answers are, at least. */
function answeredBy(question: Question, tally: Tally, repeats: number): number {
  return saysItself(question) ? peopleOf(headsIn(tally), repeats) : tally.answeredBy;
}

export function headsIn({ values, people }: Tally, ids: Iterable<string> = values.keys()) {
  return Array.from(ids, (id) => ({ n: values.get(id) ?? 0, people: people.get(id) ?? 0 }));
}

function questionResult(
  documents: Documents,
  asked: AskedQuestion,
  round: string,
  { tallies, numbers, repeats }: Counted,
  seesPeople: boolean,
): QuestionResult {
  const { question } = asked;
  const key = answerKey(question.id, round === '' ? undefined : round);
  const tally = tallies.get(key) ?? NO_TALLY;
  const answered = answeredOf(question, tally);
  const isHidden = !seesPeople && answered > 0 && answeredBy(question, tally, repeats) < HIDDEN_BELOW_PEOPLE;
  const empty: QuestionResult = {
    key,
    questionId: question.id,
    kind: question.kind,
    title: documents.titleOf(asked),
    round: round === '' ? '' : documents.roundOf(asked, round),
    removed: asked.removed,
    shown: tally.open + answered,
    answered,
    few: answered > 0 && answered < FEW_BELOW_ANSWERS,
    reason: answered === 0 ? 'no-answers' : isHidden ? 'hidden' : null,
    figure: null,
    scale: null,
    moods: [],
    options: [],
    hiddenOptions: false,
    items: [],
    numbers: null,
    typed:
      !isPersonal(question) && (question.kind === 'shortText' || question.kind === 'longText' || hasWords(question)),
  };
  if (isHidden) return { ...empty, shown: 0, answered: 0, few: false, typed: false };
  if (answered === 0) return { ...empty, typed: false };
  const reading = { documents, asked, tally, answered, seesPeople, repeats };
  switch (question.kind) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
      return { ...empty, ...scaleResult(reading) };
    case 'slider':
    case 'number':
      return { ...empty, ...numberResult(question, numbers.get(key), seesPeople) };
    case 'single':
    case 'dropdown':
    case 'multiple':
    case 'picture':
    case 'consent':
    case 'date':
      return { ...empty, ...kept(choiceOptions(reading), seesPeople, question.kind !== 'multiple', tally.people) };
    case 'matrix':
      return { ...empty, ...matrixItems(reading) };
    case 'ranking':
      return { ...empty, items: rankedItems(reading) };
    case 'constantSum':
    case 'maxdiff':
      return { ...empty, items: ratedItems(reading, key, numbers) };
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
    case 'file':
    case 'statement':
      return empty;
  }
}

interface Reading {
  readonly documents: Documents;
  readonly asked: AskedQuestion;
  readonly tally: Tally;
  readonly answered: number;
  readonly seesPeople: boolean;
  readonly repeats: number;
}

function hasWords(question: Question): boolean {
  return choicesOf(question).some((choice) => choice.words === true);
}

export function optionOf(id: string, label: string, n: number, of: number): Option {
  return { id, label, n, hidden: false, ...shareOf(n, of) };
}

function hidden(option: Option): Option {
  return { ...option, n: null, hidden: true, ...NO_FIGURE };
}

/**
 * Options as they may be seen: those of too few people are hidden, and as many more as keep these from being worked out of
 * the whole.
 */
export function kept(
  options: readonly Option[],
  seesPeople: boolean,
  addUp: boolean,
  people: ReadonlyMap<string, number>,
): Pick<QuestionResult, 'options' | 'hiddenOptions'> {
  if (seesPeople) return { options: [...options], hiddenOptions: false };
  const gone = suppress(
    options.map(({ id }, i) => ({ people: people.get(id) ?? 0, lines: addUp ? ['all'] : [String(i)] })),
    HIDDEN_BELOW_PEOPLE,
  );
  const few = (of: number): boolean => of > 0 && of < HIDDEN_BELOW_PEOPLE;
  const isGone = options.map(({ id }, i) => (addUp ? gone[i] === true : few(people.get(id) ?? 0)));
  return { options: options.map((o, i) => (isGone[i] === true ? hidden(o) : o)), hiddenOptions: isGone.includes(true) };
}

function scaleResult({ asked: { question }, tally, answered, seesPeople, repeats }: Reading): Partial<QuestionResult> {
  const scale = scaleOf(question);
  if (scale === undefined) return {};
  const ends = { low: scale.from, high: scale.to };
  const points = scored(tally.values);
  const n = sumOf(points.map(([, times]) => times));
  const isNps = question.kind === 'nps';
  const sums = sumsOfCounts(isNps ? points.map(([value, times]) => [npsPoints(value) ?? 0, times] as const) : points);
  const measure: Measure = isNps ? NPS : { kind: 'bounded', ...ends };
  const times = new Map(points);
  const every = Array.from({ length: Math.min(MOST_POINTS, scale.to - scale.from + 1) }, (_, i) => scale.from + i);
  const none = tally.values.get(NOT_APPLICABLE) ?? 0;
  const options = every.map((point) => optionOf(String(point), String(point), times.get(point) ?? 0, n));
  const moodPeople: number[] = [];
  const moods = isNps
    ? (['low', 'middle', 'high'] as const).map((mood) => {
        const own = points.filter(([value]) => moodOf(value, ends, true) === mood);
        moodPeople.push(
          peopleOf(
            headsIn(
              tally,
              own.map(([value]) => String(value)),
            ),
            repeats,
          ),
        );
        return optionOf(mood, mood, sumOf(own.map(([, t]) => t)), n);
      })
    : [];
  const isFew = (of: number): boolean => !seesPeople && of > 0 && of < HIDDEN_BELOW_PEOPLE;
  const scoredBy = headsIn(
    tally,
    points.map(([value]) => String(value)),
  );
  const noneBy = tally.people.get(NOT_APPLICABLE) ?? 0;
  const figure = n === 0 ? null : figureOf(sums, measure);
  // What is hidden of a scale could be worked out of the others and the mean: so all of it is.
  const strict = scoredBy.some(({ people }) => isFew(people)) || isFew(noneBy);
  return {
    // Of how many it is would tell to how few it did not apply.
    figure: figure === null || isFew(peopleOf(scoredBy, repeats)) ? null : { ...figure, n: isFew(noneBy) ? null : n },
    scale: ends,
    moods: moodPeople.some(isFew) ? [] : moods,
    options: [
      ...options.map((option) => (strict ? hidden(option) : option)),
      ...(none === 0
        ? []
        : [kept([optionOf(NOT_APPLICABLE, '', none, answered)], seesPeople, false, tally.people).options[0]].flatMap(
            (o) => o ?? [],
          )),
    ],
    hiddenOptions: strict,
  };
}

function numberResult(question: Question, sums: NumberSums | undefined, seesPeople: boolean): Partial<QuestionResult> {
  if (sums === undefined || (!seesPeople && sums.people < HIDDEN_BELOW_PEOPLE)) return {};
  const scale = scaleOf(question);
  const measure: Measure =
    scale === undefined ? { kind: 'open' } : { kind: 'bounded', low: scale.from, high: scale.to };
  const enough = seesPeople || sums.n >= 4 * HIDDEN_BELOW_PEOPLE;
  return {
    figure: { ...figureOf(sumsOfNumbers(sums), measure), n: sums.n },
    scale: scale === undefined ? null : { low: scale.from, high: scale.to },
    numbers: {
      n: sums.n,
      least: seesPeople ? sums.least : null,
      most: seesPeople ? sums.most : null,
      quantiles: enough ? [...sums.quantiles] : [],
    },
  };
}

/** Choices in the order of the survey, others after them, the most frequent first. */
function choiceOptions({ documents, asked, tally, answered }: Reading): Option[] {
  const { question } = asked;
  if (question.kind === 'consent')
    return ['yes', 'no'].map((id) => optionOf(id, '', tally.values.get(id) ?? 0, answered));
  const ids = idsOf(asked, tally.values);
  const known = question.kind === 'date' ? ids.toSorted() : ids;
  return known.map((id) => optionOf(id, documents.choiceOf(asked, id), tally.values.get(id) ?? 0, answered));
}

export function idsOf({ question }: AskedQuestion, found: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...choicesOf(question).map((choice) => choice.id), ...found.keys()])];
}

function matrixItems({ documents, asked, tally, seesPeople, repeats }: Reading): Partial<QuestionResult> {
  const { question } = asked;
  if (question.kind !== 'matrix') return {};
  const values = new Map(question.columns.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
  const scale = values.size < 2 ? null : { low: Math.min(...values.values()), high: Math.max(...values.values()) };
  const items = idsOf(asked, tally.parts).map((id): Item => {
    const row = tally.parts.get(id) ?? NO_TALLY;
    const several = question.multiple === true;
    const n = several ? row.answered : sumOf(row.values.values());
    const columns = [...new Set([...question.columns.map((column) => column.id), ...row.values.keys()])];
    const options = columns.map((c) => optionOf(c, documents.columnOf(asked, c), row.values.get(c) ?? 0, n));
    const rated = [...row.values].flatMap(([c, times]) => {
      const value = values.get(c);
      return value === undefined ? [] : [[value, times] as const];
    });
    const seen = kept(options, seesPeople, !several, row.people);
    const people = several ? row.answeredBy : peopleOf(headsIn(row), repeats);
    const mean =
      scale === null || several || seen.hiddenOptions
        ? NO_FIGURE
        : figureOf(sumsOfCounts(rated), { kind: 'bounded', ...scale });
    return itemOf(id, documents.choiceOf(asked, id), { n, people }, mean, seen.options, seesPeople);
  });
  return { items, scale, hiddenOptions: items.some((one) => one.hidden || one.options.some((o) => o.hidden)) };
}

function rankedItems({ documents, asked, tally, answered, seesPeople, repeats }: Reading): Item[] {
  const most = idsOf(asked, tally.parts).length;
  const items = idsOf(asked, tally.parts).map((id): Item => {
    const part = tally.parts.get(id) ?? NO_TALLY;
    const ranks = scored(part.values).toSorted((a, b) => a[0] - b[0]);
    const n = sumOf(ranks.map(([, times]) => times));
    const options = ranks.map(([rank, times]) => optionOf(String(rank), String(rank), times, answered));
    const seen = kept(options, seesPeople, true, part.people);
    const people = peopleOf(headsIn(part), repeats);
    const mean = most < 2 ? NO_FIGURE : figureOf(sumsOfCounts(ranks), { kind: 'bounded', low: 1, high: most });
    return itemOf(id, documents.choiceOf(asked, id), { n, people }, mean, seen.options, seesPeople);
  });
  return items.toSorted((a, b) => (a.value ?? Infinity) - (b.value ?? Infinity));
}

/** Of a constant sum and a MaxDiff, the highest first. */
function ratedItems(
  { documents, asked, tally, seesPeople, repeats }: Reading,
  key: string,
  numbers: ReadonlyMap<string, NumberSums>,
): Item[] {
  const { question } = asked;
  const parts = new Map<string, unknown>(tally.parts);
  for (const name of numbers.keys()) if (name.startsWith(`${key}.`)) parts.set(name.slice(key.length + 1), true);
  const items = idsOf(asked, parts).map((id): Item => {
    const label = documents.choiceOf(asked, id);
    if (question.kind === 'constantSum') {
      const sums = numbers.get(`${key}.${id}`);
      const mean =
        sums === undefined
          ? NO_FIGURE
          : figureOf(sumsOfNumbers(sums), { kind: 'bounded', low: 0, high: Math.max(question.total, sums.most) });
      return itemOf(id, label, sums ?? { n: 0, people: 0 }, mean, [], seesPeople);
    }
    const part = tally.parts.get(id) ?? NO_TALLY;
    const groups = bestWorst(part.values);
    const score = figureOf(sumsOfGroups(groups), { kind: 'bounded', low: -1, high: 1 });
    const n = sumOf(groups.map((group) => group.times));
    return itemOf(id, label, { n, people: peopleOf(headsIn(part), repeats) }, score, [], seesPeople);
  });
  return items.toSorted((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
}

function itemOf(
  id: string,
  label: string,
  { n, people }: Heads,
  figure: Pick<Item, 'value' | 'low' | 'high'>,
  options: readonly Option[],
  seesPeople: boolean,
): Item {
  if (!seesPeople && n > 0 && people < HIDDEN_BELOW_PEOPLE) {
    return { id, label, n: 0, hidden: true, ...NO_FIGURE, options: [] };
  }
  return { id, label, n, hidden: false, ...figure, options: [...options] };
}
