import type { Verdict } from '../stats/index.ts';

/** One fact of a sentence: what kind of thing is said, and the values it is said with. Words are the reader's language's. */
export interface Finding {
  readonly kind: FindingKind;
  readonly values: Readonly<Record<string, string | number>>;
}

/**
 * - `nothing`: there is no figure
 * - `level`: the figure with its interval; `levelFew`: one that rests on few answers, or has no interval
 * - `higher`, `lower`, `unclear`: against the period before
 * - `weakest`: the part that fares clearly worse than the others
 * - `goesWith`: what clearly goes with worse answers
 */
export type FindingKind = 'nothing' | 'level' | 'levelFew' | 'higher' | 'lower' | 'unclear' | 'weakest' | 'goesWith';

export interface FigureFact {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly few: boolean;
}

export interface ChangeFact {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** After correction, where it is one of many. */
  readonly verdict: Verdict;
}

/** A part of the answers against all others. */
export interface PartFact {
  readonly name: string;
  readonly label: string;
  readonly figure: FigureFact;
  readonly change: ChangeFact;
}

export interface FindingInput {
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly figure: FigureFact;
  /** Against the period before; null where it cannot be compared. */
  readonly change: ChangeFact | null;
  /** Stages of the journey. */
  readonly parts: readonly PartFact[];
  /** Properties, most telling first. */
  readonly companions: readonly PartFact[];
}

/** The facts a page may open with, in the order they are said: only what an interval carries is claimed. */
export function findingsOf(input: FindingInput): Finding[] {
  const { metric, figure, change } = input;
  if (figure.value === null) return [{ kind: 'nothing', values: { metric } }];
  return [
    levelOf(metric, figure.value, figure),
    ...(change === null ? [] : [{ kind: change.verdict, values: changeValues(change) }]),
    ...claim('weakest', worstOf(input.parts, input.higherIsBetter)),
    ...claim(
      'goesWith',
      input.companions.find((part) => isWorse(part, input.higherIsBetter)),
    ),
  ];
}

function levelOf(metric: string, value: number, figure: FigureFact): Finding {
  const { low, high, n } = figure;
  if (low === null || high === null) return { kind: 'levelFew', values: { metric, value, n } };
  return { kind: figure.few ? 'levelFew' : 'level', values: { metric, value, low, high, n } };
}

function claim(kind: FindingKind, part: PartFact | undefined): Finding[] {
  const value = part?.figure.value ?? null;
  if (part === undefined || value === null) return [];
  const { name, label, figure, change } = part;
  return [{ kind, values: { name, label, value, n: figure.n, ...changeValues(change) } }];
}

function changeValues({ value, low, high }: ChangeFact): Record<'change' | 'changeLow' | 'changeHigh', number> {
  return { change: value, changeLow: low, changeHigh: high };
}

function isWorse(part: PartFact, higherIsBetter: boolean): boolean {
  return part.change.verdict === (higherIsBetter ? 'lower' : 'higher');
}

function worstOf(parts: readonly PartFact[], higherIsBetter: boolean): PartFact | undefined {
  const badness = (part: PartFact): number => (higherIsBetter ? -1 : 1) * (part.figure.value ?? 0);
  return parts.filter((part) => isWorse(part, higherIsBetter)).toSorted((a, b) => badness(b) - badness(a))[0];
}
