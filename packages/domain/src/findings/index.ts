import { type Verdict, holm, verdictOf } from '../stats/index.ts';

/** A figure as it may be told. */
export interface FigureFact {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** Null where they were not counted. */
  readonly people: number | null;
  readonly few: boolean;
}

/** A difference with its 95 % interval, and p before any correction. */
export interface ChangeFact {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

/** What a finding is about, where it is about a part of the answers. */
export interface Subject {
  readonly field: string;
  readonly level: string;
  readonly label: string;
  /** What selects it. */
  readonly filter: string;
}

/**
 * - `nothing`: there is no figure
 * - `level`: the headline's figure
 * - `since`: one change in its series; `drift`: a steady one; `steady`: none that lasts; `short`: too little to tell
 * - `change`: a metric against another period; unclear ones only of the headline
 * - `stage`: a stage of the journey that is clearly worse than the others; `group`: what goes with worse answers
 */
export type FindingKind = 'nothing' | 'level' | 'since' | 'drift' | 'steady' | 'short' | 'change' | 'stage' | 'group';

export interface Finding<Metric extends string = string> {
  readonly kind: FindingKind;
  readonly metric: Metric;
  readonly direction: Verdict;
  /** Whether that is good news. */
  readonly tone: 'better' | 'worse' | 'neither';
  readonly subject: Subject | null;
  /** What is told of, and what it is held against. */
  readonly figure: FigureFact | null;
  readonly other: FigureFact | null;
  readonly change: (ChangeFact & { readonly pCorrected: number }) | null;
  /** How many differences were looked at together, and corrected for one another. */
  readonly among: number;
  /** The first day after a change, and the days between which it lies. */
  readonly since: Since | null;
  /** What the headline over all answers would gain if these fared as the others: positive is better. Of a change since a day: if all of it were as it is since. */
  readonly gain: number | null;
}

export interface Since {
  readonly at: string;
  readonly earliest: string;
  readonly latest: string;
}

/** A metric against another period. */
export interface MetricFact<Metric extends string = string> {
  readonly metric: Metric;
  readonly higherIsBetter: boolean | null;
  readonly figure: FigureFact;
  readonly other: FigureFact;
  /** Null where the two cannot be compared. */
  readonly change: ChangeFact | null;
}

/** A part of the answers against all others; `pCorrected` for those it was looked at with. */
export interface PartFact {
  readonly kind: 'stage' | 'group';
  readonly subject: Subject;
  readonly figure: FigureFact;
  readonly rest: FigureFact;
  readonly change: ChangeFact & { readonly pCorrected: number };
  /** Of how many. */
  readonly among: number;
  /** Its share of the headline's answers. */
  readonly share: number;
}

/** What the headline's series carries; see `changepoint`. */
export interface CourseFact {
  readonly p: number;
  readonly places: number;
  readonly change: {
    readonly shape: 'step' | 'drift';
    readonly since: Since;
    readonly before: FigureFact;
    readonly after: FigureFact;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | null;
}

export interface FindingInput<Metric extends string = string> {
  readonly headline: Metric;
  /** Every metric, the headline among them. */
  readonly metrics: readonly MetricFact<Metric>[];
  /** Undefined: too short to look. */
  readonly course: CourseFact | undefined;
  /** Stages of the journey and groups of any property. */
  readonly parts: readonly PartFact[];
}

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
  const course = courseFinding(metric, input.course, higherIsBetter);
  const changes = changesOf(input.metrics).toSorted(
    (a, b) => Number(b.metric === metric) - Number(a.metric === metric),
  );
  const told: Finding<Metric>[] = [
    { ...BARE, kind: 'level', metric, figure: headline.figure },
    course,
    ...changes.filter((c) => c.metric === metric || c.direction !== 'unclear'),
    ...partFindings(metric, input.parts, higherIsBetter),
  ];
  const lead = leadOf(metric, told);
  return [...told.filter((f) => f === lead), ...told.filter((f) => f !== lead)];
}

const BARE = {
  direction: 'unclear',
  tone: 'neither',
  subject: null,
  figure: null,
  other: null,
  change: null,
  among: 1,
  since: null,
  gain: null,
} as const;

function toneOf(direction: Verdict, higherIsBetter: boolean | null): Finding['tone'] {
  if (direction === 'unclear' || higherIsBetter === null) return 'neither';
  return (direction === 'higher') === higherIsBetter ? 'better' : 'worse';
}

function courseFinding<Metric extends string>(
  metric: Metric,
  course: CourseFact | undefined,
  higherIsBetter: boolean | null,
): Finding<Metric> {
  if (course === undefined) return { ...BARE, kind: 'short', metric };
  const { change, p, places } = course;
  if (change === null) return { ...BARE, kind: 'steady', metric, among: places };
  const { value, low, high } = change;
  const direction = verdictOf(value, p);
  const before = change.before.n / (change.before.n + change.after.n);
  return {
    ...BARE,
    kind: change.shape === 'step' ? 'since' : 'drift',
    metric,
    direction,
    tone: toneOf(direction, higherIsBetter),
    figure: change.after,
    other: change.before,
    change: { value, low, high, p, pCorrected: p },
    among: places,
    since: change.shape === 'step' ? change.since : null,
    gain: signed(change.shape === 'step' ? before * value : value / 2, higherIsBetter),
  };
}

function partFindings<Metric extends string>(
  metric: Metric,
  parts: readonly PartFact[],
  higherIsBetter: boolean | null,
): Finding<Metric>[] {
  const found = parts.map((part): Finding<Metric> => {
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
      gain: signed(part.share * -part.change.value, higherIsBetter),
    };
  });
  return found
    .filter((f) => f.tone === 'worse')
    .toSorted((a, b) => (b.gain ?? 0) - (a.gain ?? 0) || compare(nameOf(a), nameOf(b)));
}

/** What moves the score most, told on one scale: points of the whole score. Those told earlier go before their equals. */
function leadOf<Metric extends string>(metric: Metric, told: readonly Finding<Metric>[]): Finding<Metric> | undefined {
  const weight = (f: Finding<Metric>): number => {
    if (f.direction === 'unclear' || f.metric !== metric) return f.kind === 'level' ? 0 : -1;
    return Math.abs(f.gain ?? f.change?.value ?? 0);
  };
  return told.toSorted((a, b) => weight(b) - weight(a))[0];
}

function signed(gain: number, higherIsBetter: boolean | null): number {
  const turned = higherIsBetter === false ? -gain : gain;
  return turned === 0 ? 0 : turned;
}

function nameOf({ subject }: Finding): string {
  return `${subject?.field ?? ''} ${subject?.level ?? ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
