import { type Verdict, holm, verdictOf } from '../stats/index.ts';
import type {
  CourseChange,
  CourseFact,
  Finding,
  FindingInput,
  FindingKind,
  MetricFact,
  SizeFact,
  WhereFact,
} from './facts.ts';

export type {
  FigureFact,
  SizeFact,
  ChangeFact,
  Subject,
  FindingKind,
  Finding,
  Since,
  MetricFact,
  PartFact,
  CourseFact,
  CourseChange,
  WhereFact,
  FindingInput,
} from './facts.ts';

/** Changes of metrics that are looked at together, as they may be told: verdict and p after Holm's correction. */
export function changesOf<Metric extends string>(metrics: readonly MetricFact<Metric>[]): Finding<Metric>[] {
  const compared = metrics.flatMap((m) => (m.change === null ? [] : [{ ...m, change: m.change }]));
  const corrected = holm(compared.map((m) => m.change.p));
  return compared.map(({ metric, higherIsBetter, figure, other, change }, i): Finding<Metric> => {
    const pCorrected = corrected[i] ?? 1;
    const direction = verdictOf(change.value, pCorrected);
    return {
      ...BARE,
      kind: 'change',
      metric,
      direction,
      tone: toneOf(direction, higherIsBetter),
      figure,
      other,
      change: { ...change, pCorrected },
      among: compared.length,
    };
  });
}

/** All that may be said, what matters most first, the rest in the order of a morning's note: level, course, changes, parts. */
export function findingsOf<Metric extends string>(input: FindingInput<Metric>): Finding<Metric>[] {
  const { headline: metric } = input;
  const headline = input.metrics.find((m) => m.metric === metric);
  if (headline === undefined || headline.figure.value === null) return [{ ...BARE, kind: 'nothing', metric }];
  const { higherIsBetter } = headline;
  const course = courseFindingsOf({ metric, higherIsBetter }, input.course);
  const changes = changesOf(input.metrics).toSorted(
    (a, b) => Number(b.metric === metric) - Number(a.metric === metric),
  );
  const told: Finding<Metric>[] = [
    { ...BARE, kind: 'level', metric, figure: headline.figure },
    ...course,
    ...changes.filter((c) => c.metric === metric || c.direction !== 'unclear'),
  ];
  const parts = partFindings(input, higherIsBetter);
  const lead = leadOf(metric, [...told, ...parts]);
  return [
    ...(lead === undefined ? [] : [lead]),
    ...[...told, ...datedOf(input, changes), ...parts].filter((f) => f !== lead),
  ];
}

/**
 * Since when other metrics are what they are: their last changes, corrected for one another. Of the headline only where
 * it clearly differs from the other period and its own course tells no day: then it began before the period, or with it.
 */
function datedOf<Metric extends string>(
  { headline, metrics, course }: FindingInput<Metric>,
  changes: readonly Finding<Metric>[],
): Finding<Metric>[] {
  const isUndated = (course?.changes.length ?? 0) === 0 && changes.some((c) => c.metric === headline && c.direction !== 'unclear'); // prettier-ignore
  const looked = metrics.filter((m) => m.course !== undefined && (m.metric !== headline || isUndated));
  const corrected = holm(looked.map((m) => m.course?.changes.at(-1)?.p ?? 1));
  return looked.flatMap((m, i) => {
    const last = m.course?.changes.at(-1);
    if (last === undefined) return [];
    const told = changeFinding(m, last, {
      kind: kindOf(last),
      among: m.course?.places ?? 1,
      pCorrected: corrected[i] ?? 1,
    });
    // What the whole would gain is told of the headline's own period alone.
    return told.direction === 'unclear' ? [] : [{ ...told, gain: null }];
  });
}

const BARE: Omit<Finding, 'kind' | 'metric'> = {
  direction: 'unclear',
  tone: 'neither',
  subject: null,
  figure: null,
  other: null,
  change: null,
  among: 1,
  since: null,
  gain: null,
  covers: [],
};

function toneOf(direction: Verdict, higherIsBetter: boolean | null): Finding['tone'] {
  if (direction === 'unclear' || higherIsBetter === null) return 'neither';
  return (direction === 'higher') === higherIsBetter ? 'better' : 'worse';
}

/**
 * What the course of a metric carries: the last change first, where it shows, and then those before it, the latest first.
 * Undefined: too short to look.
 */
export function courseFindingsOf<Metric extends string>(
  of: Pick<MetricFact<Metric>, 'metric' | 'higherIsBetter'>,
  course: CourseFact | undefined,
): Finding<Metric>[] {
  const { metric } = of;
  if (course === undefined) return [{ ...BARE, kind: 'short', metric }];
  const [last, ...earlier] = course.changes.toReversed();
  const { places: among } = course;
  if (last === undefined) return [{ ...BARE, kind: 'steady', metric, among }];
  const lasting = changeFinding(of, last, { kind: kindOf(last), among, pCorrected: last.p });
  return [
    lasting,
    ...whereFindings(lasting, course.where),
    ...earlier.map((change) => changeFinding(of, change, { kind: 'was', among, pCorrected: change.p })),
  ];
}

function kindOf({ shape }: CourseChange): 'since' | 'drift' {
  return shape === 'step' ? 'since' : 'drift';
}

function changeFinding<Metric extends string>(
  { metric, higherIsBetter }: Pick<MetricFact<Metric>, 'metric' | 'higherIsBetter'>,
  { value, low, high, p, shape, whole, since, before, after }: CourseChange,
  { kind, among, pCorrected }: { readonly kind: FindingKind; readonly among: number; readonly pCorrected: number },
): Finding<Metric> {
  const direction = verdictOf(value, pCorrected);
  return {
    ...BARE,
    kind,
    metric,
    direction,
    tone: toneOf(direction, higherIsBetter),
    figure: after,
    other: before,
    change: { value, low, high, p, pCorrected },
    among,
    since: shape === 'step' ? since : null,
    gain: turned(whole, higherIsBetter),
  };
}

/** The stages in which a change shows, the weightiest first, corrected for all that were asked. Of one alone there is nothing to tell. */
function whereFindings<Metric extends string>(
  { metric, direction, tone, since }: Finding<Metric>,
  where: readonly WhereFact[],
): Finding<Metric>[] {
  if (direction === 'unclear' || since === null || where.length < 2) return [];
  const corrected = holm(where.map((w) => w.change.p));
  const found = where.map(({ subject, before, after, change }, i): Finding<Metric> => {
    const pCorrected = corrected[i] ?? 1;
    return {
      ...BARE,
      kind: 'where',
      metric,
      direction: verdictOf(change.value, pCorrected),
      tone,
      subject,
      figure: after,
      other: before,
      change: { ...change, pCorrected },
      among: where.length,
      since,
    };
  });
  const weight = ({ change, figure }: Finding): number => Math.abs(change?.value ?? 0) * (figure?.n ?? 0);
  const told = found
    .filter((f) => f.direction === direction)
    .toSorted((a, b) => weight(b) - weight(a) || compare(nameOf(a), nameOf(b)));
  return told.length > 0 ? told : [{ ...BARE, kind: 'where', metric, among: where.length }];
}

function partFindings<Metric extends string>(
  { headline, journey = headline, metrics, parts }: FindingInput<Metric>,
  headlineBetter: boolean | null,
): Finding<Metric>[] {
  const journeyBetter = metrics.find((m) => m.metric === journey)?.higherIsBetter ?? null;
  const found = parts.map((part): Finding<Metric> => {
    const [metric, higherIsBetter] = part.kind === 'stage' ? [journey, journeyBetter] : [headline, headlineBetter];
    const direction = verdictOf(part.change.value, part.change.pCorrected);
    return {
      ...BARE,
      kind: part.kind,
      metric,
      direction,
      tone: toneOf(direction, higherIsBetter),
      subject: part.subject,
      figure: part.figure,
      other: part.rest,
      change: part.change,
      among: part.among,
      covers: [...(part.covers ?? [])],
      gain: turned(scaled(part.change, -part.share), higherIsBetter),
    };
  });
  return found
    .filter((f) => f.tone === 'worse')
    .toSorted(
      // What is of another metric is not to be weighed against the rest: it comes after them.
      (a, b) =>
        Number(a.metric !== headline) - Number(b.metric !== headline) ||
        (b.gain?.value ?? 0) - (a.gain?.value ?? 0) ||
        compare(nameOf(a), nameOf(b)),
    );
}

/** What moves the score most, told on one scale: points of the whole score. Those told earlier go before their equals; what did not last is no news. */
function leadOf<Metric extends string>(metric: Metric, told: readonly Finding<Metric>[]): Finding<Metric> | undefined {
  const weight = (f: Finding<Metric>): number => {
    if (f.kind === 'where' || f.kind === 'was') return -1;
    if (f.direction === 'unclear' || f.metric !== metric) return f.kind === 'level' ? 0 : -1;
    return Math.abs(f.gain?.value ?? f.change?.value ?? 0);
  };
  return told.toSorted((a, b) => weight(b) - weight(a))[0];
}

/** So that positive is better. */
function turned(size: SizeFact, higherIsBetter: boolean | null): SizeFact {
  return scaled(size, higherIsBetter === false ? -1 : 1);
}

function scaled({ value, low, high }: SizeFact, by: number): SizeFact {
  // No negative zero.
  const [v, a, b] = [value * by + 0, low * by + 0, high * by + 0];
  return { value: v, low: Math.min(a, b), high: Math.max(a, b) };
}

function nameOf({ subject }: Finding): string {
  return `${subject?.field ?? ''} ${subject?.level ?? ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
