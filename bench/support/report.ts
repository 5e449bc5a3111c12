/** One figure of a benchmark, beside its limit or its rival. */
export interface ReportLine {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against, in words. */
  readonly against: string;
  /** The figure divided by that. */
  readonly ratio: number;
}
