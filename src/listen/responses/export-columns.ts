import {
  type AnswerColumn,
  cellOf,
  columnsOf,
  type ReadResponse,
  type Version,
} from '@touchstone/domain/survey/columns';
import { NOT_APPLICABLE } from '@touchstone/domain/survey';
import type { Column, Described } from '../../platform/files/tables/table.ts';
import { variableNames } from '../../platform/files/tables/variable-names.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import type { ExportedResponse } from './facts/exporting.ts';
import { OWN_TEXTS, type Listed, type OwnColumn } from './facts/lines.ts';

/** As many as a workbook has; SPSS takes some more. */
const MOST_COLUMNS = 16_000;

/** Who answered, and about what; never told of an anonymous survey, nor to who may not see people. */
const WHO: readonly OwnColumn[] = ['user_id', 'order_id', 'case_id', 'location_id', 'staff_id'];
const OWN: readonly OwnColumn[] = ['response_id', 'state', 'version', 'language', 'channel', 'ending', 'started_at', 'ended_at', 'seconds']; // prettier-ignore

/** A response as it leaves: what the store has of it, read once. */
export type ExportRow = Omit<ExportedResponse, 'answers' | 'scores' | 'offered'> & ReadResponse;

export interface Wanted {
  /** The oldest first. */
  readonly versions: readonly Version[];
  readonly language: string;
  /** Whether it is told who answered. */
  readonly who: boolean;
  /** As statistical packages take them: one number for each that may be chosen, and one for "does not apply". */
  readonly coded: boolean;
}

export interface ListedColumn {
  readonly of: Listed;
  /** What it is called, in all formats the same. */
  readonly name: string;
}

/** Columns of a file. Throws Problem where there are more than any program takes. */
export function listColumns({ versions, language, who, coded }: Wanted): ListedColumn[] {
  const columns: Listed[] = [...OWN, ...(who ? WHO : [])];
  for (const column of columnsOf(versions, language)) {
    const { source } = column;
    if (column.personal && !who) continue;
    if (coded && source.from === 'answer' && source.take.as === 'notApplicable') continue;
    if (columns.length === MOST_COLUMNS)
      throw new Problem('too-large', `The survey has more than ${MOST_COLUMNS} columns, which no program takes.`, {
        mend: 'A loop over fewer items makes fewer. Single responses can be read through the API.',
      });
    columns.push(column);
  }
  const names = variableNames(columns.map((column) => (typeof column === 'string' ? column : column.name)));
  return columns.map((of, i) => ({ of, name: names[i] ?? '' }));
}

/** Whether texts stand in it, whose length has to be known beforehand. */
export function isText({ of }: ListedColumn): boolean {
  if (typeof of === 'string') return OWN_TEXTS.some((name) => name === of);
  const { source } = of;
  if (source.from === 'answer') return ['text', 'words', 'files'].includes(source.take.as);
  return source.from === 'hidden';
}

/** As every program reads them: what was chosen in words, or by its id. */
export function plainColumns(listed: readonly ListedColumn[], labels: boolean): Column<ExportRow>[] {
  return listed.map(({ of, name }) => (typeof of === 'string' ? ownColumn(of, name) : plainColumn(of, name, labels)));
}

/** As statistical packages read them, with what was asked and what values stand for. */
export function codedColumns(listed: readonly (ListedColumn & { readonly bytes?: number })[]): Column<ExportRow>[] {
  return listed.map(({ of, name, bytes }) => ({
    ...(typeof of === 'string' ? ownColumn(of, name) : codedColumn(of, name)),
    ...(bytes === undefined ? {} : { bytes }),
  }));
}

function ownColumn(own: OwnColumn, name: string): Column<ExportRow> {
  if (own === 'version') return { name, kind: 'number', decimals: 0, measure: 'ordinal', of: (row) => row.version };
  if (own === 'seconds') return { name, kind: 'number', decimals: 0, measure: 'scale', of: (row) => row.seconds };
  if (own === 'started_at' || own === 'ended_at')
    return { name, kind: 'moment', of: (row) => `${row[own].replace(' ', 'T')}Z` };
  return { name, kind: 'text', measure: 'nominal', of: (row) => (row[own] === '' ? null : row[own]) };
}

function plainColumn(column: AnswerColumn, name: string, labels: boolean): Column<ExportRow> {
  const { source } = column;
  const take = source.from === 'answer' ? source.take : undefined;
  if (take?.as === 'code') {
    const said = new Map(take.codes.map(({ id, label }) => [id, labels ? label : id]));
    return { name, kind: 'text', of: (row) => said.get(String(cellOf(column, row))) ?? null };
  }
  if (take?.as === 'day') return { name, kind: 'day', of: (row) => textIn(column, row) };
  if (source.from === 'hidden' || take?.as === 'text' || take?.as === 'words' || take?.as === 'files')
    return { name, kind: 'text', of: (row) => textIn(column, row) };
  return { name, kind: 'number', of: (row) => numberIn(column, row) };
}

function codedColumn(column: AnswerColumn, name: string): Column<ExportRow> {
  const { source, label, measure, range, decimals, values, missing, set } = column;
  const described: Described = {
    label,
    measure,
    ...(range === undefined ? {} : { range }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(values === undefined ? {} : { values }),
    ...(missing === undefined ? {} : { missing }),
    ...(set === undefined ? {} : { set }),
  };
  const take = source.from === 'answer' ? source.take : undefined;
  if (take?.as === 'code') {
    const codes = new Map(take.codes.map(({ id, code }) => [id, code]));
    const told = take.codes.map(({ code: value, label: said }) => ({ value, label: said }));
    return { ...described, name, kind: 'number', values: told, of: (row) => codes.get(String(cellOf(column, row))) ?? null }; // prettier-ignore
  }
  if (missing !== undefined) {
    const of = (row: ExportRow): number | null => (cellOf(column, row) === NOT_APPLICABLE ? missing : numberIn(column, row)); // prettier-ignore
    return { ...described, name, kind: 'number', of };
  }
  return { ...described, ...plainColumn(column, name, false) };
}

function textIn(column: AnswerColumn, row: ExportRow): string | null {
  const value = cellOf(column, row);
  return value === null ? null : String(value);
}

function numberIn(column: AnswerColumn, row: ExportRow): number | null {
  const value = cellOf(column, row);
  return typeof value === 'number' ? value : null;
}
