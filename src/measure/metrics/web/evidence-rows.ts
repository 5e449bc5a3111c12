import { addDays } from '@touchstone/domain/calendar';
import { fromLeft } from '../../../platform/web/ui/i18n/apart.ts';
import type { FigureProps, MessageKey } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import type { Unit } from '../vocabulary.ts';
import type { Words } from './saying.ts';
import { differenceWords, halfOf, sizeWords, writerOf } from './writing.ts';

/** What of Home says which unit a metric is written in. */
interface Units {
  readonly figures: readonly Pick<Home['figures'][number], 'metric' | 'unit'>[];
}

/** One row: its name, and what is known. */
export type Row = readonly [name: string, words: string];

/** What a finding rests on beside its figures. */
export function evidenceOf(
  finding: FindingFact,
  home: Pick<Home, 'lineage' | 'previous'> & Units,
  words: Words,
): Row[] {
  const { t, format } = words;
  const { kind, metric, change, direction } = finding;
  const unit = unitOf(home, metric);
  const writer = writerOf(unit, format);
  const why = direction === 'unclear' ? (UNCLEAR[kind] ?? WHY[kind]) : WHY[kind];
  const rows: (readonly [MessageKey, string | undefined])[] = [
    ['metrics.evidence.difference', change === null ? undefined : differenceWords(writer, change, t)],
    ['metrics.evidence.sure', change === null ? undefined : sureWords(finding, change.pCorrected, words)],
    ['metrics.evidence.when', whenWords(finding, words)],
    ['metrics.first.gain', gainWords(finding, unit, words)],
    ['metrics.evidence.why', t(why)],
    ...methodRows(finding, home, words),
    ['metrics.lineage.definition', t(`metrics.${metric}.definition`)],
  ];
  return rows.flatMap(([name, told]) => (told === undefined ? [] : [[t(name), told] as const]));
}

/** The figures it rests on: what is told of, and what it is held against. */
export function evidenceFigures(
  finding: FindingFact,
  home: Units,
  { t, format }: Words,
): Pick<FigureProps, 'label' | 'value' | 'plusMinus' | 'n' | 'few'>[] {
  const { kind, metric, figure, other } = finding;
  const writer = writerOf(unitOf(home, metric), format);
  return [figure, other].flatMap((told, i) => {
    if (told === null || told.value === null) return [];
    const half = halfOf(told);
    return [
      {
        label: t(SIDES[kind][i === 0 ? 0 : 1]),
        value: writer.beside(half).value(told.value),
        plusMinus: half === undefined ? undefined : writer.half(half),
        // A drift's ends are of a line through all answers: none of them rests on so many.
        n: kind === 'drift' ? undefined : told.n,
        few: told.few,
      },
    ];
  });
}

function unitOf({ figures }: Units, metric: FindingFact['metric']): Unit {
  return figures.find((f) => f.metric === metric)?.unit ?? 'count';
}

/** What a finding's two figures are of. */
const SIDES = {
  nothing: ['metrics.evidence.figure', 'metrics.evidence.others'],
  level: ['metrics.evidence.figure', 'metrics.evidence.others'],
  steady: ['metrics.evidence.figure', 'metrics.evidence.others'],
  short: ['metrics.evidence.figure', 'metrics.evidence.others'],
  since: ['metrics.evidence.after', 'metrics.evidence.before'],
  where: ['metrics.evidence.after', 'metrics.evidence.before'],
  was: ['metrics.evidence.while', 'metrics.evidence.before'],
  drift: ['metrics.evidence.end', 'metrics.evidence.start'],
  change: ['metrics.evidence.this', 'metrics.evidence.other'],
  stage: ['metrics.evidence.these', 'metrics.evidence.others'],
  group: ['metrics.evidence.these', 'metrics.evidence.others'],
} as const satisfies Readonly<Record<FindingFact['kind'], readonly [MessageKey, MessageKey]>>;

const WHY = {
  nothing: 'metrics.evidence.why.level',
  level: 'metrics.evidence.why.level',
  steady: 'metrics.evidence.why.steady',
  short: 'metrics.evidence.why.short',
  since: 'metrics.evidence.why.since',
  where: 'metrics.evidence.why.where',
  was: 'metrics.evidence.why.since',
  drift: 'metrics.evidence.why.drift',
  change: 'metrics.evidence.why.change',
  stage: 'metrics.evidence.why.part',
  group: 'metrics.evidence.why.part',
} as const satisfies Readonly<Record<FindingFact['kind'], MessageKey>>;

/** Why nothing is claimed. */
const UNCLEAR: Readonly<Partial<Record<FindingFact['kind'], MessageKey>>> = {
  change: 'metrics.evidence.why.unclear',
  where: 'metrics.evidence.why.nowhere',
};

function sureWords({ kind, among }: FindingFact, p: number, { t, format }: Words): string {
  const written = p < 0.001 ? `p < ${format.number(0.001, 3)}` : `p = ${format.number(p, 3)}`;
  const isOfMoments = kind === 'since' || kind === 'was' || kind === 'drift';
  return t(isOfMoments ? 'metrics.evidence.pDays' : 'metrics.evidence.p', { p: fromLeft(written), count: among });
}

function whenWords({ since }: FindingFact, { t, format }: Words): string | undefined {
  if (since === null) return undefined;
  const { at, earliest, latest } = since;
  const days = { first: format.day(earliest), last: format.day(latest), day: format.day(at) };
  return t('metrics.evidence.between', days);
}

function gainWords({ subject, gain, metric }: FindingFact, unit: Unit, { t, format }: Words): string | undefined {
  if (subject === null || gain === null) return undefined;
  const { size } = writerOf(unit, format);
  const [low, high] = [fromLeft(size(gain.low)), fromLeft(size(gain.high))];
  return t('metrics.evidence.gain', {
    metric: t(`metrics.${metric}.name`),
    by: sizeWords(unit, gain.value, t),
    low,
    high,
  });
}

/** How the interval is made, of which days, and what they are held against. */
function methodRows(
  { kind, metric }: FindingFact,
  { lineage, previous }: Pick<Home, 'lineage' | 'previous'>,
  { t, format }: Words,
): (readonly [MessageKey, string | undefined])[] {
  const days = (of: { readonly from: string; readonly to: string }): string =>
    format.dayRange(of.from, addDays(of.to, -1));
  const own = lineage?.metric === metric ? lineage : null;
  return [
    ['metrics.lineage.method', own === null ? undefined : t(`metrics.method.${own.method}`)],
    ['metrics.lineage.period', lineage === null ? undefined : days(lineage)],
    ['metrics.evidence.against', kind === 'change' ? days(previous) : undefined],
  ];
}
