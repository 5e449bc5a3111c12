import { addDays, toFactsTime } from '@touchstone/domain/calendar';
import { SCALES, moodOf } from '@touchstone/domain/scores';
import { z } from 'zod';
import { placeNames } from '../../core/catalogue/facade.ts';
import { asProblem } from '../../core/fields/facade.ts';
import { personLabels } from '../../core/people/facade.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { cursorMoment, readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import { idLists } from '../../platform/stores/id-lists.ts';
import type { FiguresHouse } from './answers.ts';
import { type Asked, scopeOf, timesOf } from './asking.ts';
import type { Comment, MetricRow } from './contract.ts';
import {
  type After,
  type CommentRow,
  type CommentsAsked,
  countComments,
  selectComments,
  selectLate,
  selectRows,
} from './facts/lists.ts';
import { definitionOf } from './registry.ts';
import type { MetricKey } from './vocabulary.ts';

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const cursorShape = z.tuple([cursorMoment, z.string().max(256)]);

function afterOf(cursor: string | undefined): After | undefined {
  if (cursor === undefined) return undefined;
  const [at, id] = readCursor(cursorShape, cursor);
  return { at, id };
}

/** A page out of one row more than it holds. */
function pageOf<T extends After>(
  rows: readonly T[],
  limit: number,
): { readonly page: T[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.at, last.id]) : null };
}

function instantOf(stored: string): string {
  return `${stored.replace(' ', 'T')}Z`;
}

async function peopleOf(house: FiguresHouse, workspaceId: string, rows: readonly { readonly person_no: number }[]) {
  const known = [...new Set(rows.map((r) => r.person_no).filter((no) => no !== 0))];
  return personLabels(house, workspaceId, known);
}

/** The rows behind a figure, newest first. */
export async function rowsOf(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  { limit, cursor }: Page,
): Promise<{ items: MetricRow[]; nextCursor: string | null }> {
  const after = afterOf(cursor);
  const rows = await told(asked, () => selectRows(house.facts, scopeOf(asked, key), { after, limit: limit + 1 }));
  const { page, nextCursor } = pageOf(rows, limit);
  const people = await peopleOf(house, asked.workspace.id, page);
  const { source, measure } = definitionOf(key);
  const items = page.map((row) => ({
    id: row.id,
    of: source === 'feedback' ? ('feedback' as const) : ('order' as const),
    at: instantOf(row.at),
    value: measure === null ? null : row.value,
    score: row.score,
    text: row.text,
    person: people.get(row.person_no) ?? null,
    orderId: row.order_id === '' ? null : row.order_id,
    touchpoint: row.touchpoint,
    stage: row.stage,
    channel: row.channel,
  }));
  return { items, nextCursor };
}

async function told<T>(asked: Asked, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asProblem(error, 'filter', JSON.stringify(asked.filter));
  }
}

/** A question about comments, as the facts store is asked it. */
function wantedOf({ workspace, period, filter }: Asked, search: string): CommentsAsked {
  const words = search.split(/\s+/u).filter((w) => w !== '');
  return { workspace, period: timesOf(period, workspace.zone), filter, words };
}

/** What people wrote, newest first, and how many comments there are. */
export async function commentsOf(
  house: FiguresHouse,
  asked: Asked,
  { search, limit, cursor, seesPeople }: Page & { readonly search: string; readonly seesPeople: boolean },
): Promise<{ items: Comment[]; nextCursor: string | null; total: number }> {
  const wanted = wantedOf(asked, search);
  const after = afterOf(cursor);
  const [rows, total] = await told(asked, () =>
    Promise.all([selectComments(house.facts, wanted, { after, limit: limit + 1 }), countComments(house.facts, wanted)]),
  );
  const { page, nextCursor } = pageOf(rows, limit);
  return { items: await commentItems(house, asked.workspace, page, seesPeople), nextCursor, total };
}

/** A page of what people wrote, newest first, after a comment of the page before. */
export async function commentsAfter(
  house: FiguresHouse,
  asked: Asked,
  search: string,
  page: {
    readonly last: Comment | undefined;
    readonly limit: number;
    readonly signal: AbortSignal;
    readonly seesPeople: boolean;
  },
): Promise<Comment[]> {
  const { last, limit, signal, seesPeople } = page;
  const after = last === undefined ? undefined : { at: toFactsTime(Date.parse(last.at)), id: last.id };
  const wanted = wantedOf(asked, search);
  const rows = await told(asked, () => selectComments(house.facts, wanted, { after, limit, signal }));
  return commentItems(house, asked.workspace, rows, seesPeople);
}

async function commentItems(
  house: FiguresHouse,
  workspace: Workspace,
  rows: readonly CommentRow[],
  seesPeople: boolean,
): Promise<Comment[]> {
  const orderIds = [...new Set(rows.map((r) => r.order_id).filter((id) => id !== ''))];
  const [people, late, nameOf] = await Promise.all([
    peopleOf(house, workspace.id, seesPeople ? rows : []),
    lateOf(house, workspace, orderIds),
    placeNames(house, workspace.id),
  ]);
  return rows.map((row) => ({
    id: row.id,
    at: instantOf(row.at),
    text: row.text,
    language: row.language,
    source: row.source,
    instrument: row.instrument,
    score: row.score,
    scaleMin: row.scale_min,
    scaleMax: row.scale_max,
    mood: moodOfRow(row),
    person: people.get(row.person_no) ?? null,
    orderId: row.order_id === '' ? null : row.order_id,
    late: late.get(row.order_id) ?? null,
    touchpoint: { id: row.touchpoint, name: nameOf(row.touchpoint) },
    stage: { id: row.stage, name: nameOf(row.stage) },
    channel: row.channel,
  }));
}

/** Of any number of orders: a statement holds so many ids. */
async function lateOf(
  house: FiguresHouse,
  workspace: Workspace,
  ids: readonly string[],
): Promise<Map<string, boolean>> {
  const found: [string, boolean][] = [];
  for (const some of idLists(ids)) found.push(...(await selectLate(house.facts, workspace, some)));
  return new Map(found);
}

function moodOfRow({ score, scale_min, scale_max, instrument }: CommentRow): Comment['mood'] {
  if (score === null) return null;
  const usual = Object.entries(SCALES).find(([name]) => name === instrument)?.[1];
  const [low, high] = [scale_min ?? usual?.low, scale_max ?? usual?.high];
  return low === undefined || high === undefined ? null : (moodOf(score, { low, high }, instrument === 'nps') ?? null);
}

/** All times that facts may have. */
export function allTimes(today: string): { readonly from: string; readonly to: string } {
  return { from: '1980-01-01', to: addDays(today, 3) };
}
