export { type PartFigure, apartFromWhole } from './apart.ts';
export { type Difference, differenceOf } from './difference.ts';
export { type Verdict, holm, verdictOf } from './families.ts';
export { type Interval, type Measure, intervalOf } from './interval.ts';
export {
  type CrossSums,
  NOTHING,
  NO_OVERLAP,
  type Sums,
  effectiveClusters,
  meanOf,
  meanVariance,
  sumsOf,
} from './sums.ts';
export { normalQuantile, normalTail, tCdf, tQuantile } from './quantiles.ts';
export { type Cell, suppress } from './suppression.ts';
