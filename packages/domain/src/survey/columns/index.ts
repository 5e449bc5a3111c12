export { type AnswerColumn, type Coded, type ColumnSource, type Take, columnsOf } from './columns.ts';
export { type Version } from './families.ts';
export { type ReadResponse, cellOf } from './reading.ts';
