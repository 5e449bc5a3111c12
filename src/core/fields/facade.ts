export { lateSql } from './facts/late.ts';
export {
  type Bounds,
  NOBODY_FROM,
  SOURCE_VIEWS,
  type Source,
  Statement,
  clusterSql,
  ownerOf,
} from './facts/statement.ts';
export { asProblem, readFilter, readRowFilter, refuseNaming } from './filter.ts';
