import type { Verdict } from '../stats/index.ts';

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

/** A difference with its 95 % interval. */
export interface SizeFact {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A difference, and p before any correction. */
export interface ChangeFact extends SizeFact {
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
 * - `since`: the last change in its series; `was`: one that lasted until the next; `drift`: a steady one; `steady`: none that lasts; `short`: too little to tell. Of other metrics than the headline only `since` and `drift`
 * - `where`: a stage of the journey in which the last change shows; without a subject: it shows in none by itself
 * - `change`: a metric against another period; unclear ones only of the headline
 * - `stage`: a stage of the journey that is clearly worse than the others; `group`: what goes with worse answers
 */
export type FindingKind =
  | 'nothing'
  | 'level'
  | 'since'
  | 'where'
  | 'was'
  | 'drift'
  | 'steady'
  | 'short'
  | 'change'
  | 'stage'
  | 'group';

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
  /**
   * What the headline over all answers would gain if these fared as the others, with its 95 % interval: positive is
   * better. Of a change since a day: if all of it were as it is since; of one that did not last: without it.
   */
  readonly gain: SizeFact | null;
  /** Of a group: others that are as much worse only where this one is; they are told with it. */
  readonly covers: Subject[];
}

export interface Since {
  readonly at: string;
  readonly earliest: string;
  readonly latest: string;
  /** The last day before the next change; null: it lasts. */
  readonly until: string | null;
}

/** A metric against another period. */
export interface MetricFact<Metric extends string = string> {
  readonly metric: Metric;
  readonly higherIsBetter: boolean | null;
  readonly figure: FigureFact;
  readonly other: FigureFact;
  /** Null where the two cannot be compared. */
  readonly change: ChangeFact | null;
  /** What its own course carries, over both periods where they meet; the headline's within the period is told apart. Undefined: not looked at, or too short. */
  readonly course?: CourseFact | undefined;
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
  /** Its share of all answers of that metric. */
  readonly share: number;
  /** Others that are worse too, and not without the answers of this one. */
  readonly covers?: readonly Subject[];
}

/** What a series carries; see `changepoint`. */
export interface CourseFact {
  readonly places: number;
  /** In their order; of a drift one. */
  readonly changes: readonly CourseChange[];
  /** Stages of the journey that could be asked whether the last change shows in them; p not corrected for their number. */
  readonly where: readonly WhereFact[];
}

/** After less before. */
export interface CourseChange extends ChangeFact {
  readonly shape: 'step' | 'drift';
  readonly since: Since;
  readonly before: FigureFact;
  readonly after: FigureFact;
  /** By how much the whole would differ if all were as it is since; of a change that did not last: without it. */
  readonly whole: SizeFact;
}

export interface WhereFact {
  readonly subject: Subject;
  readonly before: FigureFact;
  readonly after: FigureFact;
  readonly change: ChangeFact;
}

export interface FindingInput<Metric extends string = string> {
  readonly headline: Metric;
  /** What the journey is told in, where that is another metric than the headline. Stages are of it, groups of the headline. */
  readonly journey?: Metric;
  /** Every metric, the headline and the journey's among them. */
  readonly metrics: readonly MetricFact<Metric>[];
  /** Undefined: too short to look. */
  readonly course: CourseFact | undefined;
  /** Stages of the journey and groups of any property. */
  readonly parts: readonly PartFact[];
}
