import { addDays, bucketsOf, type Interval } from '@touchstone/domain/calendar';
import { npsPoints } from '@touchstone/domain/scores';
import { type Measure, suppress, sumsOfCounts } from '@touchstone/domain/stats';
import { scaleOf } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import type { Asked } from './asking.ts';
import { countByTime, headsOf } from './facts/counting.ts';
import { levelsSql, sinceVersion } from './facts/narrowing.ts';
import { figureOf, NO_FIGURE, NPS, scored } from './reading/figures.ts';
import { sumOf } from './reading/tally.ts';
import type { ResultSeries } from './shapes.ts';
import { HIDDEN_BELOW_PEOPLE } from './vocabulary.ts';

const MOST_POINTS = 1_000;

/** The score of a question by bucket, empty ones among them. Throws Problem for a question without a score. */
export async function seriesOf(
  { facts }: Pick<House, 'facts'>,
  { workspace, documents, condition, seesPeople }: Asked,
  wanted: { readonly question: string; readonly interval: Interval },
): Promise<ResultSeries> {
  const found = documents.find(wanted.question);
  const since = documents.questions.get(wanted.question)?.since ?? 0;
  const scale = found === undefined ? undefined : scaleOf(found.question);
  if (found === undefined || scale === undefined || found.question.kind === 'slider') {
    throw badInput(
      'question',
      wanted.question,
      'This question has no score.',
      'Name one that asks for points on a scale.',
    );
  }
  const bound: Record<string, string> = {};
  const bind = (value: string): string => {
    const name = `t${Object.keys(bound).length}`;
    bound[name] = value;
    return `{${name}:String}`;
  };
  const levels = levelsSql(wanted.question, undefined, found.looped, bind);
  const { zone } = workspace;
  const rows = await countByTime(facts, sinceVersion(condition, since), {
    levels,
    interval: wanted.interval,
    zone,
    bound,
  });
  const byDay = new Map<string, Map<string, number>>();
  const people = new Map<string, number>();
  for (const { at, level, n, people: of, whole } of rows) {
    if (whole === 1) {
      people.set(at, headsOf(n, of).people);
      continue;
    }
    const values = byDay.get(at) ?? new Map<string, number>();
    byDay.set(at, values.set(level, n));
  }
  const days = [...byDay.keys()].toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { points: [] };
  const isNps = found.question.kind === 'nps';
  const measure: Measure = isNps ? NPS : { kind: 'bounded', low: scale.from, high: scale.to };
  const buckets = everyBucket(first, last, wanted.interval).map((at) => {
    const points = scored(byDay.get(at) ?? new Map<string, number>());
    return { at, points, n: sumOf(points.map(([, times]) => times)) };
  });
  // With the whole known, what is hidden of one bucket could be worked out of the others.
  const gone = seesPeople
    ? []
    : suppress(
        buckets.map(({ at, n }) => ({ people: Math.min(n, people.get(at) ?? 0), lines: ['all'] })),
        HIDDEN_BELOW_PEOPLE,
      );
  return {
    points: buckets.map(({ at, points, n }, i) => {
      if (gone[i] === true) return { at, n: 0, hidden: true, ...NO_FIGURE };
      const sums = sumsOfCounts(isNps ? points.map(([v, t]) => [npsPoints(v) ?? 0, t] as const) : points);
      return { at, n, hidden: false, ...figureOf(sums, measure) };
    }),
  };
}

function everyBucket(first: string, last: string, interval: Interval): readonly string[] {
  const all = bucketsOf({ from: first, to: addDays(last, 1) }, interval);
  if (all.length <= MOST_POINTS) return all;
  throw badInput('interval', interval, `This makes more than ${MOST_POINTS} points.`, 'Choose a longer one.');
}
