import { type Scale, moodOf } from '@touchstone/domain/scores';
import { intervalOf } from '@touchstone/domain/stats';
import { badInput } from '../../platform/kernel/problem.ts';
import { type FiguresHouse, borderOf, withProblems } from './answers.ts';
import { type Asked, scopeOf } from './asking.ts';
import type { Distribution, ScorePart } from './contract.ts';
import { type Distributed, type Fallen, type Scores, selectDistribution } from './facts/distribution.ts';
import { CONFIDENCE, isHidden, lineageOf } from './figures.ts';
import { type MetricDefinition, definitionOf, scaleOf } from './registry.ts';
import { FEW_BELOW_ANSWERS, HIDDEN_BELOW_PEOPLE, METRIC_KEYS, MOODS, type MetricKey } from './vocabulary.ts';

/** Scores that sound alike. */
interface Sounding extends Scores {
  readonly mood: (typeof MOODS)[number];
}

/** How the answers of a metric fall to its scores. Throws Problem for a metric that is not of scores. */
export async function distributionOf(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  seesPeople: boolean,
): Promise<Distribution> {
  const metric = definitionOf(key);
  const scale = scaleOf(metric);
  if (scale === null) {
    const scored = METRIC_KEYS.filter((k) => scaleOf(definitionOf(k)) !== null);
    throw badInput('key', key, 'What this metric counts are no scores.', `Ask for ${scored.join(', ')}.`);
  }
  const ranges = rangesOf(metric, scale);
  const [found, border] = await Promise.all([
    withProblems(asked, () => selectDistribution(house.facts, scopeOf(asked, key), ranges)),
    borderOf(house, asked, metric),
  ]);
  const { n, clusters, people, excluded } = found;
  const overall = { sums: { n, clusters, x: 0, xx: 0, xn: 0, nn: 0 }, people, excluded };
  return {
    ...shownParts(ranges, found, seesPeople),
    lineage: lineageOf(asked, metric, overall, { seesPeople, border }),
  };
}

/** The scores that sound alike, low to high, and after them each score alone. */
export function rangesOf(metric: Pick<MetricDefinition, 'key'>, scale: Scale): Sounding[] {
  const single = Array.from({ length: scale.high - scale.low + 1 }, (_, i): Sounding => {
    const score = scale.low + i;
    return { from: score, to: score, mood: moodOf(score, scale, metric.key === 'nps') ?? 'middle' };
  });
  const alike = MOODS.map((mood): Sounding => {
    const own = single.filter((s) => s.mood === mood);
    return { mood, from: own[0]?.from ?? scale.low, to: own.at(-1)?.to ?? scale.low };
  });
  return [...alike, ...single];
}

/**
 * What may be seen of it. One that is hidden could be worked out of the others, the whole and the mean: so where one
 * score is of too few people, none is shown, and where one of the three is, nothing.
 */
export function shownParts(
  ranges: readonly Sounding[],
  found: Distributed,
  seesPeople: boolean,
): Omit<Distribution, 'lineage'> {
  const parts = ranges.map((range, i) => ({ range, fallen: found.parts[i] ?? NOTHING_FALLEN }));
  const [moods, scores] = [parts.slice(0, MOODS.length), parts.slice(MOODS.length)];
  const small = (of: typeof parts): boolean =>
    !seesPeople && of.some(({ fallen }) => fallen.clusters > 0 && fallen.clusters < HIDDEN_BELOW_PEOPLE);
  const { n, clusters, people } = found;
  const nothing = { n: 0, people: 0, few: false, moods: [], scores: [] };
  if (n === 0) return { ...nothing, reason: 'no-answers' };
  const sums = { n, clusters, x: 0, xx: 0, xn: 0, nn: 0 };
  if (isHidden({ sums, people }, seesPeople) || small(moods)) return { ...nothing, reason: 'hidden' };
  return {
    n,
    people,
    few: n < FEW_BELOW_ANSWERS,
    reason: null,
    moods: moods.map(partOf),
    scores: small(scores) ? [] : scores.map(partOf),
  };
}

const NOTHING_FALLEN: Fallen = {
  sums: { n: 0, clusters: 0, x: 0, xx: 0, xn: 0, nn: 0 },
  clusters: 0,
  people: 0,
};

function partOf({ range, fallen }: { readonly range: Sounding; readonly fallen: Fallen }): ScorePart {
  const { sums, people } = fallen;
  const interval = intervalOf(sums, { kind: 'share' }, CONFIDENCE);
  return {
    ...range,
    n: sums.x,
    people,
    share: sums.x / sums.n,
    low: interval?.low ?? 0,
    high: interval?.high ?? 1,
  };
}
