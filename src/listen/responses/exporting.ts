import { textIn } from '@touchstone/domain/survey';
import type { Answers } from '@touchstone/domain/survey';
import { z } from 'zod';
import { filterText } from '../../core/fields/vocabulary.ts';
import type { Table } from '../../platform/files/tables/table.ts';
import { exportRoutes } from '../../platform/house/exporting.ts';
import type { House, Route, RouteContext } from '../../platform/house/house.ts';
import { day } from '../../platform/kernel/contract.ts';
import { type Asked, readAsked } from './asking.ts';
import {
  codedColumns,
  type ExportRow,
  isText,
  type ListedColumn,
  listColumns,
  plainColumns,
} from './export-columns.ts';
import {
  type After,
  type ExportedResponse,
  type Lines,
  type Page,
  selectBytes,
  selectExported,
  selectLines,
  selectPages,
} from './facts/exporting.ts';
import { bytesOf, lineOf } from './facts/lines.ts';

/** Of a page: as many rows as make so many cells, within bounds, and fewer where their answers are long. */
const PAGE = { cells: 600_000, least: 100, most: 20_000, bytes: 16_000_000 } as const;
/** Of lines, that lie nowhere but in two pages of bytes: a statement takes as long to be understood as 5,000 of them to be written. */
const LINES_PAGE = { cells: 2_000_000, least: 100, most: 60_000, bytes: 12_000_000 } as const;
type Most = typeof PAGE | typeof LINES_PAGE;
/** Pages whose ends one statement finds: it reads of all what it finds of one. */
const ENDS_AT_ONCE = 8;
/** A statement of more columns takes longer to be understood than its lines to be written here. */
const MOST_IN_LINES = 300;
/** Pages that the store writes at the same time. */
const AT_ONCE = 2;
/** Texts whose length one statement asks for. */
const MEASURED_AT_ONCE = 400;

const filter = z.object({
  from: day.optional(),
  to: day.optional(),
  filter: filterText.default(''),
  where: filterText.default(''),
  words: z.string().max(35).default(''),
  /** What was chosen in words, or by its id. */
  values: z.enum(['labels', 'ids']).default('labels'),
});
type Filter = z.infer<typeof filter>;

/** Every response of a survey as a row: in the formats of all tables, and as SPSS and survey programs read it. */
export function responseRoutes(house: House): Route[] {
  const asked = (wanted: Filter, context: RouteContext) =>
    readAsked(house, context, { ...wanted, single: true, surveyId: context.params['surveyId'] ?? '' });
  return exportRoutes<typeof filter, ExportRow, Lines>({
    path: '/api/v1/surveys/:surveyId/responses',
    permission: 'responses:read',
    audit: { look: 'responses', id: 'surveyId' },
    filter,
    labelled: true,
    lines: async (wanted, context, signal) => {
      const found = await asked(wanted, context);
      const listed = columnsOf(found, wanted.words, false);
      return listed.length > MOST_IN_LINES ? null : linesOf(house, found, listed, wanted, signal);
    },
    open: async (wanted, context, signal, format) => {
      const found = await asked(wanted, context);
      const coded = format === 'sav' || format === 'sss.zip';
      const listed = columnsOf(found, wanted.words, coded);
      const columns = coded
        ? codedColumns(await measured(house, found, listed, signal))
        : plainColumns(listed, wanted.values === 'labels');
      return { ...tableOf(house, found, wanted.words), columns, rows: rowsOf(house, found, listed, signal) };
    },
  });
}

function columnsOf({ survey, seesPeople }: Asked, language: string, coded: boolean): ListedColumn[] {
  const versions = survey.versions.toReversed();
  return listColumns({ versions, language, who: seesPeople && !survey.anonymous, coded });
}

function tableOf(
  house: House,
  { survey, workspace }: Asked,
  words: string,
): Pick<Table<ExportRow>, 'name' | 'zone' | 'about'> {
  const newest = survey.versions[0]?.document;
  const plain = survey.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '').slice(0, 60); // prettier-ignore
  const language = newest?.languages.find((one) => one === words) ?? newest?.languages[0] ?? 'en';
  const title = newest === undefined ? survey.name : textIn(newest, newest.title, language);
  return { name: plain === '' ? 'responses' : plain, zone: workspace.zone, about: { title, language, at: house.clock.now() } }; // prettier-ignore
}

function pageRows(listed: readonly ListedColumn[], most: Most): number {
  // What was chosen stands there in words, which are longer than the ids of an answer.
  const words = listed.reduce((sum, { of }) => sum + longestLabel(of), 0);
  const rows = Math.floor(Math.min(most.cells / listed.length, (2 * most.bytes) / Math.max(words, 1)));
  return Math.min(Math.max(rows, most.least), most.most);
}

function longestLabel(of: ListedColumn['of']): number {
  if (typeof of === 'string' || of.source.from !== 'answer' || of.source.take.as !== 'code') return 0;
  return of.source.take.codes.reduce((most, { label }) => Math.max(most, label.length), 0);
}

async function* rowsOf(
  house: House,
  found: Asked,
  listed: readonly ListedColumn[],
  signal: AbortSignal,
): AsyncGenerator<readonly ExportRow[]> {
  for await (const page of pagesOf(house, found, listed, PAGE, signal)) {
    const rows = await selectExported(house.facts, found.condition, page, signal);
    yield rows.map(exported);
  }
}

function exported({ scores, ...row }: ExportedResponse): ExportRow {
  return {
    ...row,
    // What was checked when it was kept.
    answers: row.answers as Answers,
    offered: new Set(row.offered),
    scores: new Map(Object.entries(scores).map(([name, value]) => [name.slice('score.'.length), value])),
  };
}

function linesOf(
  house: House,
  found: Asked,
  listed: readonly ListedColumn[],
  { words, values }: Filter,
  signal: AbortSignal,
): Table<Lines> {
  const line = lineOf(
    listed.map(({ of }) => of),
    values === 'labels',
  );
  return {
    ...tableOf(house, found, words),
    columns: listed.map(({ name }) => ({ name, kind: 'text', of: () => null })),
    written: { lines: ({ lines }) => lines, rows: ({ n }) => n },
    rows: inOrder(AT_ONCE, pagesOf(house, found, listed, LINES_PAGE, signal), (page) =>
      selectLines(house.facts, found.condition, line, page, signal),
    ),
  };
}

/** Where each page begins and ends: that is found out much sooner than what it holds. */
async function* pagesOf(
  house: House,
  { condition }: Asked,
  listed: readonly ListedColumn[],
  most: Most,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const size = { pages: ENDS_AT_ONCE, rows: pageRows(listed, most), bytes: most.bytes };
  let after: After | undefined;
  for (let more = true; more;) {
    const found = await selectPages(house.facts, condition, after, size, signal);
    for (const to of found.ends) {
      yield { after, to };
      after = to;
    }
    ({ more } = found);
  }
}

/** What is made of each, so many at a time, in their order. */
async function* inOrder<P, T>(
  atOnce: number,
  of: AsyncIterable<P>,
  make: (one: P) => Promise<T>,
): AsyncGenerator<readonly T[]> {
  // prettier-ignore
  const making: Promise<T>[] = [];
  for await (const one of of) {
    const made = make(one);
    // Whoever takes no more does not ask what became of it.
    made.catch(() => undefined);
    making.push(made);
    const first = making.length < atOnce ? undefined : making.shift();
    if (first !== undefined) yield [await first];
  }
  for (const made of making) yield [await made];
}

/** With the length of the longest text of each column. */
async function measured(
  house: House,
  { condition }: Asked,
  listed: readonly ListedColumn[],
  signal: AbortSignal,
): Promise<(ListedColumn & { readonly bytes?: number })[]> {
  // prettier-ignore
  const texts = listed.filter(isText);
  const bytes = new Map<string, number>();
  for (let from = 0; from < texts.length; from += MEASURED_AT_ONCE) {
    const some = texts.slice(from, from + MEASURED_AT_ONCE);
    const longest = bytesOf(some.map(({ of }) => of));
    const found = await selectBytes(house.facts, condition, longest, signal);
    some.forEach(({ name }, i) => bytes.set(name, Math.max(found[i] ?? 0, 1)));
  }
  return listed.map((column) => {
    const own = bytes.get(column.name);
    return own === undefined ? column : { ...column, bytes: own };
  });
}
