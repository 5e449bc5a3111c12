import {
  type ComparedWith,
  type Day,
  type Interval,
  type Period,
  addDays,
  comparedPeriod,
  usualPeriod,
  previousPeriod,
} from '@touchstone/domain/calendar';
import { type CourseFact, type Finding, type MetricFact, changesOf, findingsOf } from '@touchstone/domain/findings';
import { NOTHING } from '@touchstone/domain/stats';
import { catalogueNames } from '../../core/catalogue/facade.ts';
import { type FiguresHouse, type Wanted, comparisonOf, figuresIn, measure } from './answers.ts';
import type { Asked } from './asking.ts';
import type { Comparison, Figures, Home } from './contract.ts';
import { contrastsOf, levelsApart } from './contrasts.ts';
import { coveringOf } from './covered.ts';
import { coursesOf } from './courses.ts';
import { type KnownDays, ripeTo } from './known.ts';
import { MOST_LEVELS } from './facts/contrasts.ts';
import { figureOf, noFigure } from './figures.ts';
import { HEADLINES, type MetricDefinition, allDefinitions } from './registry.ts';
import { type Course, courseFactOf, ripeCourse, figureFact, groupFact, stageFact, whereFactsOf } from './telling.ts';
import type { MetricKey } from './vocabulary.ts';

const USUAL_DAYS = 90;
const CONTRASTS = 12;
/** What the journey is told in where its stages are asked different questions. */
const JOURNEY = 'overall_score';
/** Buckets of a course that is also looked at stage by stage. */
const MOST_LOCATED = 400;

/** The usual period of the days that have data, else all of them; the last 90 days where there are none. Where one end is given the other is 90 days from it, or the data's end. */
export function periodOfHome(
  extent: Home['extent'],
  today: string,
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
): Period {
  const end = addDays(extent?.to ?? today, 1);
  const { from } = given;
  if (extent !== null && from === undefined && given.to === undefined) {
    return usualPeriod(extent) ?? { from: extent.from, to: end };
  }
  const to = given.to ?? (from === undefined || from < end ? end : addDays(from, USUAL_DAYS));
  return { from: from ?? addDays(to, -USUAL_DAYS), to };
}

interface HomeOptions {
  readonly interval: Interval;
  readonly compare: ComparedWith;
  readonly seesPeople: boolean;
}

/** All that Home shows. */
export async function homeOf(
  house: FiguresHouse,
  asked: Asked,
  known: KnownDays | null,
  options: HomeOptions,
): Promise<Home> {
  const { compare, interval, seesPeople } = options;
  const previous = comparedPeriod(asked.period, compare) ?? previousPeriod(asked.period);
  const against = { period: previous, filter: asked.filter };
  const definitions = allDefinitions();
  // Over both periods where they meet: what changed may have changed before this one.
  const meet = compare !== 'none' && previous.to === asked.period.from;
  const both = { ...asked, period: { ...asked.period, from: meet ? previous.from : asked.period.from } };
  const followed = definitions.filter((m) => m.key !== JOURNEY && hasAny(m, known)).map((m) => m.key);
  const [courses, ...compared] = await Promise.all([
    coursesOf(house, both, followed, { interval, seesPeople }),
    ...definitions.map(async (metric) => ({
      metric,
      comparison: hasAny(metric, known)
        ? await comparisonOf(house, asked, metric.key, against, seesPeople)
        : ofNothing(metric),
    })),
  ]);
  const headline = headlineOf(compared);
  const ripe = (metric: MetricDefinition): Day | null => ripeTo(metric, known);
  const metrics = compared.map((c) =>
    metricFact(c, compare, { course: courses.get(c.metric.key), ripe: ripe(c.metric) }),
  );
  const changes = changesOf(metrics);
  const empty = { findings: [], series: [], stages: [], touchpoints: [], contrasts: [], compared: 0, lineage: null };
  const journey = journeyOf(compared) ?? headline?.metric.key ?? null;
  const told =
    headline === null || journey === null ? empty : await tell(house, asked, { headline, journey, metrics }, options);
  return {
    extent: known?.extent ?? null,
    outside: known?.outside ?? null,
    zone: asked.workspace.zone,
    compare,
    previous,
    headline: headline?.metric.key ?? null,
    journey,
    interval,
    figures: compared.map(({ metric, comparison }) => ({
      metric: metric.key,
      unit: metric.unit,
      higherIsBetter: metric.higherIsBetter,
      figure: comparison.first,
      before: comparison.second,
      change: changeOf(changes.find((c) => c.metric === metric.key)),
      course: comparison.first.value === null ? [] : valuesIn(courses.get(metric.key), asked.period, ripe(metric)),
    })),
    ...told,
  };
}

function metricFact(
  { metric, comparison }: Headline,
  compare: ComparedWith,
  { course, ripe }: { readonly course: Course | undefined; readonly ripe: Day | null },
): MetricFact<MetricKey> {
  const isFollowed = course !== undefined && metric.measure !== null && comparison.first.value !== null;
  return {
    course: isFollowed ? courseFactOf(metric, ripeCourse(course, ripe)) : undefined,
    metric: metric.key,
    higherIsBetter: metric.higherIsBetter,
    figure: figureFact(comparison.first),
    other: figureFact(comparison.second),
    // Which questions were asked differs from period to period, and with it the score of them all: no change is told of it.
    change: compare === 'none' || metric.key === JOURNEY ? null : comparison.difference,
  };
}

/** The values of those buckets that lie in the period as a whole, of at least two. */
function valuesIn(course: Course | undefined, { from }: Period, ripe: Day | null): (number | null)[] {
  const within = (course === undefined ? [] : ripeCourse(course, ripe).series).filter(
    (s) => s.at >= from && !s.partial,
  );
  return within.filter((s) => s.value !== null).length < 2 ? [] : within.map((s) => s.value);
}

/** A change with the verdict that is left of it among all that were looked at. */
function changeOf(finding: Finding | undefined): Home['figures'][number]['change'] {
  if (finding === undefined || finding.change === null) return null;
  const { value, low, high, p, pCorrected } = finding.change;
  return { value, low, high, p, pCorrected, verdict: finding.direction };
}

type Compared = Pick<Comparison, 'first' | 'second' | 'difference'>;

interface Headline {
  readonly metric: MetricDefinition;
  readonly comparison: Compared;
}

/** Whether anything was loaded that the metric could be of: else nothing needs to be asked. */
function hasAny({ source, instrument }: MetricDefinition, known: KnownDays | null): boolean {
  if (known === null) return false;
  if (source === 'orders') return known.orders;
  return instrument === null ? known.instruments.size > 0 : known.instruments.has(instrument);
}

function ofNothing(metric: MetricDefinition): Compared {
  const nothing = figureOf(metric, { sums: NOTHING, people: 0 });
  return { first: nothing, second: nothing, difference: null };
}

/** The score most people answered. */
function headlineOf(compared: readonly Headline[]): Headline | null {
  const scores = HEADLINES.flatMap((key) => compared.filter((c) => c.metric.key === key && c.comparison.first.n > 0));
  return scores.toSorted((a, b) => b.comparison.first.n - a.comparison.first.n)[0] ?? null;
}

/** One score of all that was asked, where it was more than one thing; undefined: the headline is it. */
function journeyOf(compared: readonly Headline[]): MetricKey | undefined {
  const asked = HEADLINES.filter((key) => compared.some((c) => c.metric.key === key && c.comparison.first.n > 0));
  return asked.length > 1 ? JOURNEY : undefined;
}

type Told = Pick<Home, 'findings' | 'series' | 'stages' | 'touchpoints' | 'contrasts' | 'compared' | 'lineage'>;

async function tell(
  house: FiguresHouse,
  asked: Asked,
  told: {
    readonly headline: Headline;
    readonly journey: MetricKey;
    readonly metrics: readonly MetricFact<MetricKey>[];
  },
  { interval, seesPeople }: HomeOptions,
): Promise<Told> {
  const { metric, comparison } = told.headline;
  const { key } = metric;
  const { n } = comparison.first;
  const names = await catalogueNames(house, asked.workspace.id);
  const { journey } = told;
  const places = ['stage', 'touchpoint'];
  const measured = measure(house, asked, key, { by: journey === key ? places : [], interval });
  const measuredPlaces = journey === key ? measured : measure(house, asked, journey, { by: places });
  const figures = (of: Pick<Wanted, 'by' | 'interval'>): Promise<Figures> => {
    const wanted = { ...of, limit: 500, seesPeople, namesHidden: true };
    return of.by === undefined
      ? figuresIn(house, asked, key, wanted, measured)
      : figuresIn(house, asked, journey, wanted, measuredPlaces);
  };
  const course = figures({ interval }).then(async ({ series, lineage }) => {
    const whole = { series, measured: await measured, period: asked.period, interval };
    return { series, lineage, fact: await locatedIn(house, asked, metric, { whole, seesPeople }) };
  });
  const apart = { field: 'stage', levels: names.stages.slice(0, MOST_LEVELS).map((stage) => stage.id) };
  const [{ series, lineage, fact }, stages, touchpoints, found, foundApart] = await Promise.all([
    course,
    figures({ by: 'stage' }),
    figures({ by: 'touchpoint' }),
    contrastsOf(house, asked, key, { n, limit: CONTRASTS, seesPeople, ...(journey === key ? { apart } : {}) }).then(
      async (all) => ({ ...all, worse: await coveringOf(house, asked, key, { worse: all.worse, n, seesPeople }) }),
    ),
    journey === key ? [] : levelsApart(house, asked, journey, apart, seesPeople),
  ]);
  const parts = [...found.apart, ...foundApart].flatMap((against) => {
    const stage = stages.groups.find((g) => g.key === against.level);
    return stage === undefined || stage.value === null ? [] : [stageFact(stage, against, stages.overall.n)];
  });
  return {
    findings: withoutTwins(
      findingsOf({
        headline: key,
        journey,
        metrics: told.metrics,
        course: fact,
        parts: [...parts, ...found.worse.map((contrast) => groupFact(contrast, found.compared))],
      }),
    ),
    series,
    stages: placesOf(
      stages,
      names.stages.map((s) => ({ ...s, stageId: s.id })),
    ),
    touchpoints: placesOf(touchpoints, names.touchpoints),
    contrasts: found.items,
    compared: found.compared,
    lineage,
  };
}

/** CSAT and its mean are of the very same answers: where both changed the same way one is told. */
function withoutTwins(findings: readonly Finding<MetricKey>[]): Finding<MetricKey>[] {
  const isTold = ({ kind, direction }: Finding): boolean =>
    (kind === 'change' || kind === 'since' || kind === 'drift') && direction !== 'unclear';
  const told = findings.filter((f) => f.metric === 'csat' && isTold(f));
  return findings.filter(
    (f) => f.metric !== 'csat_mean' || !isTold(f) || !told.some((t) => (t.kind === 'change') === (f.kind === 'change') && t.direction === f.direction), // prettier-ignore
  );
}

/** What a course carries and, where that is a change, the stages it may show in: only then they are asked for their own courses. */
async function locatedIn(
  house: FiguresHouse,
  asked: Asked,
  metric: MetricDefinition,
  { whole, seesPeople }: { readonly whole: Course; readonly seesPeople: boolean },
): Promise<CourseFact | undefined> {
  const fact = courseFactOf(metric, whole);
  if (fact?.changes.at(-1)?.shape !== 'step' || whole.series.length > MOST_LOCATED) return fact;
  const { period, interval } = whole;
  const measured = measure(house, asked, metric.key, { by: ['stage'], interval });
  const { groups, series } = await figuresIn(house, asked, metric.key, { by: 'stage', interval, limit: MOST_LEVELS, seesPeople }, measured); // prettier-ignore
  return { ...fact, where: whereFactsOf(metric, fact, { series, measured: await measured, period, interval, stages: groups }) }; // prettier-ignore
}

/** Every place of the catalogue with its figure; after them what was answered at places it does not know, and nowhere. */
function placesOf(
  figures: Figures,
  places: readonly { readonly id: string; readonly name: string; readonly stageId: string }[],
): Home['stages'] {
  const known = new Set(places.map((p) => p.id));
  const others = figures.groups
    .filter((g) => !known.has(g.key))
    .toSorted((a, b) => Number(a.key === '') - Number(b.key === ''));
  return [
    ...places.map(({ id, name, stageId }) => {
      const group = figures.groups.find((g) => g.key === id);
      const figure = group ?? { ...noFigure('no-answers'), key: id, label: name };
      return { ...figure, stageId, assumption: group === undefined || (group.n === 0 && group.reason !== 'hidden') };
    }),
    ...others.map((group) => ({ ...group, stageId: '', assumption: false })),
  ];
}
