import type { Day, Interval, Period } from '@touchstone/domain/calendar';
import { courseFindingsOf } from '@touchstone/domain/findings';
import { type Predicate, PredicateError, fieldsOf, printText } from '@touchstone/domain/predicate';
import { type Difference as Measured, differenceOf, verdictOf } from '@touchstone/domain/stats';
import { asProblem } from '../../core/fields/facade.ts';
import type { House } from '../../platform/house/house.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import { keptSince } from '../../platform/retention/facade.ts';
import { type Asked, refuseManyBuckets, scopeOf, timesOf } from './asking.ts';
import type { Comparison, Difference, Figures, GroupFigure } from './contract.ts';
import { type Compared, selectComparison } from './facts/compare.ts';
import { MOST_FIGURES, type Measured as MeasuredFigure, selectFigures } from './facts/figures.ts';
import { selectAnyReturn } from './facts/lists.ts';
import { hiddenParts, isHidden, lineageOf, noFigure, seriesOf, shownFigure } from './figures.ts';
import { levelNames } from './naming.ts';
import { type MetricDefinition, definitionOf } from './registry.ts';
import { knownOf, ripeTo } from './known.ts';
import { type Course, courseFactOf, ripeCourse } from './telling.ts';
import type { MetricKey } from './vocabulary.ts';

export type FiguresHouse = Pick<House, 'facts' | 'records' | 'clock'>;

export interface Wanted {
  readonly by?: string | undefined;
  readonly interval?: Interval | undefined;
  /** Groups shown; of those with a series at most 20. */
  readonly limit: number;
  readonly seesPeople: boolean;
  /** What its course carries too. */
  readonly tells?: boolean;
  /** Hidden groups too, without their numbers: for levels that everybody may know, such as stages. */
  readonly namesHidden?: boolean;
}

const MOST_SERIES = 20;
const NO_INGREDIENTS = { sums: { n: 0, clusters: 0, x: 0, xx: 0, xn: 0, nn: 0 }, people: 0, excluded: [] };

/** A metric: overall, by group, over time. Throws Problem for a property or filter there is not. */
export function figuresOf(house: FiguresHouse, asked: Asked, key: MetricKey, wanted: Wanted): Promise<Figures> {
  const { by, interval } = wanted;
  const measured = measure(house, asked, key, { by: by === undefined ? [] : [by], interval });
  return figuresIn(house, asked, key, wanted, measured);
}

/** What is wanted out of what was measured, which may hold more. */
export async function figuresIn(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  wanted: Wanted,
  measuring: Promise<MeasuredFigure[]>,
): Promise<Figures> {
  const metric = definitionOf(key);
  const { by, interval, seesPeople } = wanted;
  const [all, nameOf, known, border, ripe] = await Promise.all([
    measuring,
    by === undefined ? undefined : levelNames(house, asked.workspace.id),
    isKnown(house, asked, metric),
    borderOf(house, asked, metric),
    ripeIn(house, asked, metric),
  ]);
  const measured = all.filter((m) => (m.by ?? by) === by && (m.at === null || interval !== undefined));
  const overall = measured.find((m) => m.level === null && m.at === null) ?? NO_INGREDIENTS;
  const lineage = lineageOf(asked, metric, overall, { seesPeople, border });
  if (!known)
    return { overall: noFigure('nothing-known'), groups: [], series: [], otherGroups: 0, findings: [], lineage };
  const hidden = hiddenParts(measured, seesPeople);
  const levels = measured.filter((m) => m.level !== null && m.at === null && m.sums.n > 0);
  const visible = levels.filter((m) => wanted.namesHidden === true || !hidden.has(m)).slice(0, wanted.limit);
  const names = by === undefined ? undefined : nameOf?.(by);
  const groups = visible.map((m): GroupFigure => {
    const level = m.level ?? '';
    return { ...shownFigure(metric, m, hidden.has(m)), key: level, label: names?.get(level) ?? level };
  });
  const series =
    interval === undefined
      ? []
      : [null, ...groups.slice(0, MOST_SERIES).map((g) => g.key)].flatMap((level) =>
          seriesOf(asked, interval, metric, pointsOf(measured, level), { hidden, key: level }),
        );
  return {
    overall: shownFigure(metric, overall, isHidden(overall, seesPeople)),
    groups,
    series,
    otherGroups: (levels[0]?.kinds ?? 0) - groups.length,
    findings:
      wanted.tells === true && interval !== undefined
        ? courseTold(metric, ripeCourse({ series, measured, period: asked.period, interval }, ripe))
        : [],
    lineage,
  };
}

/** What may be said of a course; nothing of counts, which have no interval. */
function courseTold(metric: MetricDefinition, course: Course): Figures['findings'] {
  return metric.measure === null ? [] : courseFindingsOf({ metric: metric.key, higherIsBetter: metric.higherIsBetter }, courseFactOf(metric, course)); // prettier-ignore
}

/** Of several properties in one statement none may be a list. */
export async function measure(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  wanted: { readonly by: readonly string[]; readonly interval?: Interval | undefined },
): Promise<MeasuredFigure[]> {
  refuseManyBuckets(asked.period, wanted.interval, wanted.by.length === 1);
  const measured = await withProblems(asked, () => selectFigures(house.facts, scopeOf(asked, key), wanted));
  if (measured !== undefined) {
    refuseCutOff(measured, wanted.interval);
    return measured;
  }
  throw badInput(
    'by',
    wanted.by.join(', '),
    'There is no such property to break down by.',
    'GET /api/v1/metrics/fields lists the properties there are.',
  );
}

/** What cannot be asked of the filter is told whoever sent it. */
export async function withProblems<T>(asked: Asked, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw asProblem(error, 'filter', printText(asked.filter));
  }
}

/** Where not all figures of groups by bucket came, those that lack would be drawn as nothing. */
function refuseCutOff(measured: readonly MeasuredFigure[], interval: Interval | undefined): void {
  const cells = measured.filter((m) => m.level !== null && m.at !== null);
  if ((cells[0]?.kinds ?? 0) <= MOST_FIGURES) return;
  throw badInput(
    'interval',
    interval,
    `There are more than ${MOST_FIGURES} figures of this property by ${interval ?? 'day'}.`,
    'Choose a longer interval, a shorter period, a filter, or a property of fewer levels.',
  );
}

function pointsOf(measured: readonly MeasuredFigure[], level: string | null): Map<string, MeasuredFigure> {
  return new Map(measured.flatMap((m) => (m.level === level && m.at !== null ? [[m.at, m] as const] : [])));
}

/** Whether there can be a figure at all: nothing is said of returns where none was ever loaded. */
export async function isKnown(house: FiguresHouse, asked: Asked, metric: MetricDefinition): Promise<boolean> {
  return metric.needsEver === null || selectAnyReturn(house.facts, asked.workspace.id);
}

/** The moment before which rows that a metric counts have left. */
export function borderOf(house: FiguresHouse, asked: Asked, { source }: MetricDefinition): Promise<Date | null> {
  return keptSince(house, asked.workspace.id, source);
}

/** What a comparison is made with. */
export type Against = Pick<Asked, 'period' | 'filter'>;

export async function comparisonOf(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  against: Against,
  seesPeople: boolean,
): Promise<Comparison> {
  const metric = definitionOf(key);
  const other = { ...asked, ...against };
  const [compared, known, border, ripe] = await Promise.all([
    compare(house, asked, key, against),
    isKnown(house, asked, metric),
    borderOf(house, asked, metric),
    ripeIn(house, asked, metric),
  ]);
  const lineages = {
    lineage: lineageOf(asked, metric, compared.first, { seesPeople, border }),
    against: lineageOf(other, metric, compared.second, { seesPeople, border }),
  };
  if (!known)
    return { first: noFigure('nothing-known'), second: noFigure('nothing-known'), difference: null, ...lineages };
  const hidden = isHidden(compared.first, seesPeople) || isHidden(compared.second, seesPeople);
  return {
    first: shownFigure(metric, compared.first, isHidden(compared.first, seesPeople)),
    second: shownFigure(metric, compared.second, isHidden(compared.second, seesPeople)),
    difference: hidden || isEarly(asked.period, against.period, ripe) ? null : differenceBetween(metric, compared),
    ...lineages,
  };
}

/** Of two periods, one with days whose rows may still change is not held against another. */
function isEarly(first: Period, second: Period, ripe: Day | null): boolean {
  return (
    ripe !== null && (first.from !== second.from || first.to !== second.to) && (first.to > ripe || second.to > ripe)
  );
}

/** The first day of which rows of a metric may still change; null: of none. */
async function ripeIn(house: FiguresHouse, asked: Asked, metric: MetricDefinition): Promise<Day | null> {
  return metric.ripensDays === null ? null : ripeTo(metric, await knownOf(house, asked.workspace));
}

async function compare(house: FiguresHouse, asked: Asked, key: MetricKey, against: Against): Promise<Compared> {
  try {
    const other = { period: timesOf(against.period, asked.workspace.zone), filter: against.filter };
    return await selectComparison(house.facts, scopeOf(asked, key), other);
  } catch (error) {
    const own = error instanceof PredicateError && !fieldsOf(asked.filter).includes(error.at);
    const [field, filter] = own ? (['againstFilter', against.filter] as const) : (['filter', asked.filter] as const);
    throw asProblem(error, field, printText(filter));
  }
}

function differenceBetween(metric: MetricDefinition, { first, second, cross }: Compared): Difference | null {
  if (metric.measure === null) return null;
  const found = differenceOf(first.sums, second.sums, metric.measure, cross);
  return found === undefined ? null : called(found, found.p);
}

/** A difference with its verdict at a p, which is corrected where the difference is one of many. */
export function called({ value, low, high, p }: Measured, corrected: number): Difference {
  return { value, low, high, p, verdict: verdictOf(value, corrected) };
}

/** All that a filter does not select. */
export function restOf(filter: Predicate): Predicate {
  return { not: filter };
}
