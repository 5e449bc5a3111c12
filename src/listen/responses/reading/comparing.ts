import { npsPoints } from '@touchstone/domain/scores';
import {
  differenceOf,
  holm,
  type Measure,
  NOTHING,
  type Sums,
  sumsOfCounts,
  sumsOfGroups,
  verdictOf,
} from '@touchstone/domain/stats';
import { answerKey, scaleOf } from '@touchstone/domain/survey';
import { saysItself } from '../marks.ts';
import type { Comparison } from '../shapes.ts';
import { HIDDEN_BELOW_PEOPLE } from '../vocabulary.ts';
import type { AskedQuestion, Documents } from './documents.ts';
import { bestWorst, figureOf, NPS, scored, shareSums, sumsOfNumbers } from './figures.ts';
import { answeredOf, type Counted, type CountedSince, headsIn, idsOf, roundsOf } from './questions.ts';
import { NO_TALLY, peopleOf, type Tally } from './tally.ts';

type Question = Comparison['questions'][number];
type Line = Question['lines'][number];

interface Sides {
  readonly id: string;
  readonly label: string;
  readonly measure: Line['measure'];
  readonly how: Measure;
  readonly sums: readonly [Sums, Sums];
  /** Of how many people each side is at least: of a share those who chose it, and those who did not. */
  readonly people: readonly [readonly number[], readonly number[]];
}

/** Every question of two groups of responses; verdicts are corrected for all lines of all questions together. */
export function comparisonOf(
  documents: Documents,
  sides: readonly [CountedSince, CountedSince],
  seesPeople: boolean,
): Comparison['questions'] {
  const found = [...documents.questions.values()].flatMap((asked) => {
    const { id, kind } = asked.question;
    const both = [sides[0](asked), sides[1](asked)] as const;
    const rounds = asked.loop === undefined ? [''] : [...new Set(both.flatMap((one) => roundsOf(id, one)))].toSorted();
    return rounds.map((round) => {
      const key = answerKey(id, round === '' ? undefined : round);
      const lines = sidesOf(documents, asked, key, both);
      const head = { key, questionId: id, kind, title: documents.titleOf(asked) };
      return { ...head, round: round === '' ? '' : documents.roundOf(asked, round), sides: lines };
    });
  });
  const differences = found.map(({ sides }) => sides.map(({ how, sums: [a, b] }) => differenceOf(a, b, how)));
  const known = differences.flat().flatMap((one, at) => (one === undefined ? [] : [{ at, p: one.p }]));
  const ps = holm(known.map((one) => one.p));
  const corrected = new Map(known.map(({ at }, i) => [at, ps[i] ?? 1]));
  let at = 0;
  return found.flatMap(({ sides, ...head }, i) => {
    const lines = sides.map((one, j): Line => lineOf(one, differences[i]?.[j], corrected.get(at++) ?? 1, seesPeople));
    return lines.length === 0 ? [] : [{ ...head, lines }];
  });
}

function lineOf(
  { id, label, measure, how, sums: [a, b], people }: Sides,
  difference: ReturnType<typeof differenceOf>,
  p: number,
  seesPeople: boolean,
): Line {
  const hidden = !seesPeople && people.flat().some((of) => of > 0 && of < HIDDEN_BELOW_PEOPLE);
  if (hidden) {
    const none = { n: 0, value: null, low: null, high: null };
    return { id, label, measure, first: none, second: none, difference: null, verdict: 'unclear', hidden };
  }
  return {
    id,
    label,
    measure,
    first: { n: a.clusters, ...figureOf(a, how) },
    second: { n: b.clusters, ...figureOf(b, how) },
    difference: difference ?? null,
    verdict: difference === undefined ? 'unclear' : verdictOf(difference.value, p),
    hidden,
  };
}

function sidesOf(documents: Documents, asked: AskedQuestion, key: string, both: readonly [Counted, Counted]): Sides[] {
  const { question } = asked;
  const [a, b] = both.map(({ tallies }) => tallies.get(key) ?? NO_TALLY);
  if (a === undefined || b === undefined) return [];
  const tallies = [a, b] as const;
  const pair = <T>(of: (side: 0 | 1) => T): readonly [T, T] => [of(0), of(1)];
  const label = (id: string): string => documents.choiceOf(asked, id);
  const scale = scaleOf(question);
  const scoredBy = (tally: Tally, repeats: number): number[] => {
    const ids = scored(tally.values).map(([value]) => String(value));
    return [peopleOf(headsIn(tally, ids), repeats)];
  };
  const byParts = (id: string) =>
    pair((side) => [peopleOf(headsIn(tallies[side].parts.get(id) ?? NO_TALLY), both[side].repeats)]);
  const byNumbers = (name: string) => pair((side) => [both[side].numbers.get(name)?.people ?? 0]);
  const whole = (
    measure: Line['measure'],
    how: Measure,
    sums: readonly [Sums, Sums],
    people = pair((side) => scoredBy(tallies[side], both[side].repeats)),
  ): Sides[] => (sums.every((one) => one.n === 0) ? [] : [{ id: '', label: '', measure, how, sums, people }]);
  const parts = (): string[] => idsOf(asked, new Map([...a.parts, ...b.parts]));
  const numbersOf = (name: string): readonly [Sums, Sums] =>
    pair((side) => {
      const sums = both[side].numbers.get(name);
      return sums === undefined ? NOTHING : sumsOfNumbers(sums);
    });
  switch (question.kind) {
    case 'nps':
      return whole(
        'nps',
        NPS,
        pair((side) => sumsOfCounts(scored(tallies[side].values).map(([v, n]) => [npsPoints(v) ?? 0, n] as const))),
      );
    case 'csat':
    case 'ces':
    case 'rating':
      return whole(
        'mean',
        ends(scale),
        pair((side) => sumsOfCounts(scored(tallies[side].values))),
      );
    case 'slider':
    case 'number':
      return whole('mean', ends(scale), numbersOf(key), byNumbers(key));
    case 'single':
    case 'dropdown':
    case 'multiple':
    case 'picture':
    case 'consent': {
      const ids = question.kind === 'consent' ? ['yes'] : idsOf(asked, new Map([...a.values, ...b.values]));
      return ids.map((id) => ({
        id,
        label: question.kind === 'consent' ? '' : label(id),
        measure: 'share',
        how: { kind: 'share' },
        sums: pair((side) => shareSums(tallies[side].values.get(id) ?? 0, answeredOf(question, tallies[side]))),
        people: pair((side) => shared(question, tallies[side], id, both[side].repeats)),
      }));
    }
    case 'matrix': {
      const values = new Map(question.columns.map((column) => [column.id, column.value]));
      const known = [...values.values()].filter((value) => value !== undefined);
      if (known.length < 2 || question.multiple === true) return [];
      const how: Measure = { kind: 'bounded', low: Math.min(...known), high: Math.max(...known) };
      return parts().map((id) => ({
        id,
        label: label(id),
        measure: 'mean',
        how,
        people: byParts(id),
        sums: pair((side) =>
          sumsOfCounts(
            [...(tallies[side].parts.get(id)?.values ?? [])].flatMap(([column, n]) => {
              const value = values.get(column);
              return value === undefined ? [] : [[value, n] as const];
            }),
          ),
        ),
      }));
    }
    case 'ranking': {
      const ids = parts();
      if (ids.length < 2) return [];
      return ids.map((id) => ({
        id,
        label: label(id),
        measure: 'rank',
        how: { kind: 'bounded', low: 1, high: ids.length },
        people: byParts(id),
        sums: pair((side) => sumsOfCounts(scored(tallies[side].parts.get(id)?.values ?? new Map<string, number>()))),
      }));
    }
    case 'constantSum':
      return idsOf(asked, new Map()).map((id) => ({
        id,
        label: label(id),
        measure: 'mean',
        how: { kind: 'bounded', low: 0, high: question.total },
        sums: numbersOf(`${key}.${id}`),
        people: byNumbers(`${key}.${id}`),
      }));
    case 'maxdiff':
      return parts().map((id) => ({
        id,
        label: label(id),
        measure: 'score',
        how: { kind: 'bounded', low: -1, high: 1 },
        people: byParts(id),
        sums: pair((side) => sumsOfGroups(bestWorst(tallies[side].parts.get(id)?.values ?? new Map<string, number>()))),
      }));
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
    case 'date':
    case 'file':
    case 'statement':
      return [];
  }
}

/** Of how many people a choice is at least, and how many of those who answered did without it. */
function shared(question: AskedQuestion['question'], tally: Tally, id: string, repeats: number): number[] {
  const rest = answeredOf(question, tally) - (tally.values.get(id) ?? 0);
  const others = [...tally.values.keys()].filter((other) => other !== id);
  const heads = saysItself(question) ? headsIn(tally, others) : [];
  const without = Math.max(rest - repeats, peopleOf(heads, repeats));
  return [tally.people.get(id) ?? 0, rest === 0 ? 0 : Math.max(1, without)];
}

function ends(scale: { readonly from: number; readonly to: number } | undefined): Measure {
  return scale === undefined ? { kind: 'open' } : { kind: 'bounded', low: scale.from, high: scale.to };
}
