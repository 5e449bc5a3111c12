export { type PartFigure, apartFromWhole } from './apart.ts';
export { chiSquareTail } from './chi-square.ts';
export { type Independence, type PartTest, type Table, fisher, independenceOf, partTest } from './contingency.ts';
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
  sumsOfCounts,
  sumsOfGroups,
} from './sums.ts';
export { normalQuantile, normalTail, tCdf, tQuantile } from './quantiles.ts';
export { type Cell, suppress } from './suppression.ts';
