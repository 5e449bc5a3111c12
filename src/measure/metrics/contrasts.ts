import { type Predicate, fieldsOf, printText } from '@touchstone/domain/predicate';
import { type Difference, differenceOf, holm, suppress } from '@touchstone/domain/stats';
import { type FiguresHouse, called, figuresOf } from './answers.ts';
import { type Asked, scopeOf } from './asking.ts';
import type { Contrast, Contrasts } from './contract.ts';
import {
  type Candidate,
  MOST_CANDIDATES,
  MOST_LEVELS,
  type MeasuredContrast,
  selectContrasts,
} from './facts/contrasts.ts';
import { type FieldLevels, SAMPLE_ROWS, selectLevels } from './facts/levels.ts';
import { statementOf } from './facts/rows.ts';
import { figureOf, isHidden } from './figures.ts';
import { levelNames } from './naming.ts';
import { type MetricDefinition, definitionOf } from './registry.ts';
import { FEW_BELOW_ANSWERS, HIDDEN_BELOW_PEOPLE, type MetricKey } from './vocabulary.ts';

/** Properties that say of themselves what a metric of theirs measures. */
const SAME_THING: Readonly<Partial<Record<MetricKey, readonly string[]>>> = { late_rate: ['order.late'] };
/** Shown elsewhere as the journey, or what the metric asked with. */
const NO_COMPANIONS = new Set(['touchpoint', 'stage', 'feedback.instrument', 'feedback.survey_id']);
/** Looked for first: of two names for the same rows the first is kept. */
const FIRST_NAMES = ['order.late', 'order.category', 'order.payment_type', 'order.state', 'person.state'];

interface Found {
  readonly contrast: MeasuredContrast;
  readonly difference: Difference;
  readonly corrected: number;
  readonly aliases: readonly MeasuredContrast[];
}

/** A level against all others of its property, one of so many that were compared. */
export interface LevelFound extends Pick<Contrast, 'level' | 'rest' | 'difference'> {
  readonly among: number;
}

interface ContrastsFound {
  readonly items: Contrast[];
  /** What is clearly worse than the rest, most to gain first; of two levels whichever it is, though `items` may tell of the other. */
  readonly worse: Contrast[];
  readonly compared: number;
  /** The levels of the property asked for apart, corrected for one another only. */
  readonly apart: readonly LevelFound[];
}

/**
 * What goes with a metric: every level of every property found in the data, against the rest. Another property
 * may be measured along, such as the stages of the journey.
 */
export async function contrastsOf(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  options: { readonly n: number; readonly limit: number; readonly seesPeople: boolean; readonly apart?: Candidate },
): Promise<ContrastsFound> {
  const metric = definitionOf(key);
  const { apart, n, seesPeople } = options;
  if (metric.measure === null) return { items: [], worse: [], compared: 0, apart: [] };
  const enough = n >= 2 * FEW_BELOW_ANSWERS;
  const candidates = enough ? candidatesOf(await levelsOf(house, asked, metric, n), key, asked.filter) : [];
  const all = [...candidates, ...(apart === undefined ? [] : [apart])];
  const measured = await selectContrasts(house.facts, scopeOf(asked, key), all);
  const isApart = (m: MeasuredContrast): boolean => m.field === apart?.field;
  const nameOf = await levelNames(house, asked.workspace.id);
  const companions = measured.filter((m) => !isApart(m));
  return {
    ...companionsOf(metric, companions, {
      ...options,
      labelOf: ({ field, level }) => nameOf(field)?.get(level) ?? level,
    }),
    apart: levelsFound(metric, measured.filter(isApart), seesPeople),
  };
}

/** The levels of one property known beforehand, such as the stages of the journey, each against the others. */
export async function levelsApart(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  apart: Candidate,
  seesPeople: boolean,
): Promise<LevelFound[]> {
  const measured = await selectContrasts(house.facts, scopeOf(asked, key), [apart]);
  return levelsFound(definitionOf(key), measured, seesPeople);
}

/** What of measured levels goes with a metric. At most so many are told of either way, each list by what matters to it. */
export function companionsOf(
  metric: MetricDefinition,
  measured: readonly MeasuredContrast[],
  options: {
    readonly n: number;
    readonly limit: number;
    readonly seesPeople: boolean;
    readonly labelOf: (contrast: MeasuredContrast) => string;
  },
): Omit<ContrastsFound, 'apart'> {
  const { labelOf, limit, n, seesPeople } = options;
  const found = compareLevels(metric, measured, seesPeople);
  const told = (of: readonly Found[]): Contrast[] => of.map((f) => contrastOf(metric, f, n, labelOf));
  const isClear = (c: Contrast): boolean => c.difference.verdict !== 'unclear';
  const items = told(found).toSorted(
    (a, b) => Number(isClear(b)) - Number(isClear(a)) || Math.abs(b.gain) - Math.abs(a.gain) || compareNames(a, b),
  );
  const worse = told(bothSides(found, measured))
    .filter((c) => isClear(c) && c.gain > 0)
    .toSorted((a, b) => b.gain - a.gain || compareNames(a, b));
  return { items: items.slice(0, limit), worse: worse.slice(0, limit), compared: found.length };
}

/** Each measured level of one property against the others, corrected for one another alone. */
export function levelsFound(
  metric: MetricDefinition,
  measured: readonly MeasuredContrast[],
  seesPeople: boolean,
): LevelFound[] {
  const found = compareLevels(metric, measured, seesPeople);
  return bothSides(found, measured).map((f) => ({
    level: f.contrast.level,
    rest: othersOf(metric, f),
    difference: { ...called(f.difference, f.corrected), pCorrected: f.corrected },
    among: found.length,
  }));
}

/** The levels of one property that have most answers, each against the others that have it, corrected for one another; of two both. */
export async function levelContrastsOf(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  by: string,
  options: { readonly limit: number; readonly seesPeople: boolean },
): Promise<Contrasts> {
  const metric = definitionOf(key);
  const { limit, seesPeople } = options;
  const { overall, groups, lineage } = await figuresOf(house, asked, key, { by, limit: MOST_LEVELS, seesPeople });
  const labels = new Map(groups.map((g) => [g.key, g.label]));
  const levels = [...labels.keys()].filter((level) => level !== '');
  if (metric.measure === null || levels.length === 0) return { overall, items: [], compared: 0, lineage };
  const measured = await selectContrasts(house.facts, scopeOf(asked, key), [{ field: by, levels }]);
  const found = compareLevels(metric, measured, seesPeople);
  const labelOf = ({ level }: MeasuredContrast): string => labels.get(level) ?? level;
  const items = bothSides(found, measured).map((f) => contrastOf(metric, f, overall.n, labelOf));
  items.sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain) || compareNames(a, b));
  return { overall, items: items.slice(0, limit), compared: found.length, lineage };
}

async function levelsOf(
  house: FiguresHouse,
  asked: Asked,
  metric: MetricDefinition,
  n: number,
): Promise<FieldLevels[]> {
  const { statement, where, own } = statementOf(scopeOf(asked, metric.key));
  const of = metric.source === 'feedback' ? (['feedback', 'order', 'person'] as const) : (['order', 'person'] as const);
  const every = Math.max(1, Math.floor(n / SAMPLE_ROWS));
  return selectLevels(house.facts, statement, { where, own, of, every, minPeople: 1 });
}

/** Properties that part the answers into a handful of groups, hold no lists, and are not fixed by the filter already. */
function candidatesOf(found: readonly FieldLevels[], key: MetricKey, filter: Predicate): Candidate[] {
  const fixed = new Set([...fieldsOf(filter), ...(SAME_THING[key] ?? [])]);
  const rank = (field: string): number => {
    const at = FIRST_NAMES.indexOf(field);
    return at < 0 ? FIRST_NAMES.length : at;
  };
  return found
    .filter((f) => !NO_COMPANIONS.has(f.field) && !fixed.has(f.field) && f.field.length <= 200)
    .filter((f) => !f.levels.some((l) => /^[[{]/u.test(l.key)))
    .filter((f) => f.distinct >= 2 && f.distinct <= Math.max(MOST_LEVELS * 5, f.rows / 20))
    .toSorted((a, b) => rank(a.field) - rank(b.field) || b.rows - a.rows || (a.field < b.field ? -1 : 1))
    .slice(0, MOST_CANDIDATES - 1)
    .map((f) => ({ field: f.field, levels: f.levels.slice(0, MOST_LEVELS).map((l) => l.key) }));
}

/** Those of enough answers on either side, each thing once, corrected for one another. */
function compareLevels(metric: MetricDefinition, measured: readonly MeasuredContrast[], seesPeople: boolean): Found[] {
  const { measure } = metric;
  if (measure === null) return [];
  const derivable = seesPeople ? new Set() : derivableOf(measured);
  const enough = measured.filter(
    (m) =>
      !derivable.has(m) &&
      m.sums.n >= FEW_BELOW_ANSWERS &&
      m.rest.n >= FEW_BELOW_ANSWERS &&
      !isHidden(m, seesPeople) &&
      !isHidden({ sums: m.rest, people: m.restPeople }, seesPeople),
  );
  const told = withoutRepeats(enough).flatMap(({ contrast, aliases }) => {
    const difference = differenceOf(contrast.sums, contrast.rest, measure, contrast.cross);
    return difference === undefined ? [] : [{ contrast, aliases, difference }];
  });
  const corrected = holm(told.map((t) => t.difference.p));
  return told.map((t, i) => ({ ...t, corrected: corrected[i] ?? 1 }));
}

/** Levels that must stay untold where others of their property rest on too few people: of all but one the one is what is left. */
function derivableOf(measured: readonly MeasuredContrast[]): ReadonlySet<MeasuredContrast> {
  const left = new Map<string, number>();
  for (const m of measured) left.set(m.field, (left.get(m.field) ?? m.sums.n + m.rest.n) - m.sums.n);
  const cells = measured.map((m) => ({ people: m.sums.clusters, lines: [m.field] }));
  // Of levels that are not measured by themselves it is not known whose they are.
  const others = [...left].map(([field, n]) => ({ people: n > 0 ? 1 : 0, lines: [field] }));
  const hidden = suppress([...cells, ...others], HIDDEN_BELOW_PEOPLE);
  return new Set(measured.filter((_, i) => hidden[i]));
}

/** Contrasts of the very same rows, either way round, are one: "true" first, else the smaller side. */
function withoutRepeats(
  contrasts: readonly MeasuredContrast[],
): { readonly contrast: MeasuredContrast; readonly aliases: readonly MeasuredContrast[] }[] {
  const byRows = new Map<string, MeasuredContrast[]>();
  for (const contrast of contrasts) byRows.set(contrast.rows, [...(byRows.get(contrast.rows) ?? []), contrast]);
  return [...byRows.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const ofField = same.filter((c) => c.field === first.field);
    const smaller = ofField.toSorted((a, b) => a.sums.n - b.sums.n)[0] ?? first;
    const kept = ofField.find((c) => c.level === 'true') ?? smaller;
    // The mirror of what is kept is no other name for it.
    const aliases = same.filter((c) => c !== kept && c.own === kept.own && c.field !== kept.field);
    return [{ contrast: kept, aliases }];
  });
}

/** Of two levels of a property that are all there is each is told of, the one as the mirror of the other. */
function bothSides(found: readonly Found[], measured: readonly MeasuredContrast[]): Found[] {
  return found.flatMap((f) => {
    const { contrast } = f;
    const { field, own, rows } = contrast;
    // Levels of a list may also hold the very same rows.
    const mirror = measured.find((m) => m.field === field && m.rows === rows && m.own !== own);
    if (mirror === undefined) return [f];
    const { value, low, high, p } = f.difference;
    return [f, { ...f, contrast: mirror, aliases: [], difference: { value: -value, low: -high, high: -low, p } }];
  });
}

function contrastOf(
  metric: MetricDefinition,
  found: Found,
  n: number,
  labelOf: (contrast: MeasuredContrast) => string,
): Contrast {
  const { contrast, difference, corrected, aliases } = found;
  const { field, level, sums } = contrast;
  const share = sums.n / n;
  const gain = share * -difference.value * (metric.higherIsBetter === false ? -1 : 1);
  return {
    field,
    name: field.slice(field.indexOf('.') + 1),
    level,
    label: labelOf(contrast),
    filter: printText({ field, op: 'eq', value: level }),
    figure: figureOf(metric, contrast),
    rest: othersOf(metric, found),
    difference: { ...called(difference, corrected), pCorrected: corrected },
    share,
    gain: gain === 0 ? 0 : gain,
    alsoKnownAs: aliases.map((a) => ({ field: a.field, level: a.level, label: labelOf(a) })),
  };
}

function othersOf(metric: MetricDefinition, { contrast }: Found): Contrast['rest'] {
  return figureOf(metric, { sums: contrast.rest, people: contrast.restPeople });
}

function compareNames(a: Contrast, b: Contrast): number {
  return a.field < b.field ? -1 : a.field > b.field ? 1 : a.level < b.level ? -1 : 1;
}
