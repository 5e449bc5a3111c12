import type { Facts } from '../../platform/stores/ports.ts';
import { ANSWER_EVENTS } from '../feedback/vocabulary.ts';
import { ORDER_EVENTS } from '../orders/vocabulary.ts';
import {
  type AnswerRow,
  type Before,
  type EventRow,
  type MomentRow,
  selectAnsweredAt,
  selectAnswers,
  selectEvents,
  selectMoments,
  selectMomentsOf,
} from './facts/timeline.ts';
import type { Whose } from './facts/whose.ts';
import { TIMELINE_KINDS, type TimelineKind } from './vocabulary.ts';

export type Happening =
  | ({ readonly kind: 'event' } & EventRow)
  | ({ readonly kind: 'answer' } & AnswerRow)
  | ({ readonly kind: 'order' } & MomentRow);

/** Where a page ended. */
export interface TimelinePlace {
  readonly at: string;
  readonly kind: TimelineKind;
  readonly id: string;
}

export interface HappeningsWanted {
  readonly kinds: readonly TimelineKind[];
  readonly before: TimelinePlace | undefined;
  readonly limit: number;
}

/** Most events of one look, where many in a row are told otherwise. */
const MOST_EVENTS = 5_000;

/**
 * What happened to some persons, newest first; kind and id settle ties, so that pages neither repeat nor skip. An event
 * that an order or an answer was made of is seen as that, at its own moment, whatever kinds are asked for.
 */
export async function listHappenings(
  facts: Facts,
  zone: string,
  whose: Whose,
  wanted: HappeningsWanted,
): Promise<Happening[]> {
  const { kinds, before, limit } = wanted;
  if (kinds.length === 0) return [];
  const events = kinds.includes('event');
  const reads = (kind: TimelineKind) => events || kinds.includes(kind);
  let size = limit;
  let cursor = beforeOf('event', before);
  const [moments, answers, first] = await Promise.all([
    reads('order') ? selectMoments(facts, whose, zone, beforeOf('order', before), limit) : [],
    reads('answer') ? selectAnswers(facts, whose, beforeOf('answer', before), limit) : [],
    events ? selectEvents(facts, whose, cursor, size) : [],
  ]);
  const shown = merged(
    kinds.includes('order') ? moments.map((row) => ({ kind: 'order', ...row }) as const) : [],
    kinds.includes('answer') ? answers.map((row) => ({ kind: 'answer', ...row }) as const) : [],
  );
  const known = { moments, answers, limit, before };
  // Of what comes after so many, nothing is on this page.
  const floor = shown.length < limit ? '' : (shown[limit - 1]?.at ?? '');
  const kept: Happening[] = [];
  for (let page = first; ; page = await selectEvents(facts, whose, cursor, size)) {
    const near = page.filter((row) => row.at >= floor);
    for (const row of await withoutTold(facts, whose, near, known)) kept.push({ kind: 'event', ...row });
    const last = page.at(-1);
    const all = merged(shown, kept);
    if (page.length < size || last === undefined) return all.slice(0, limit);
    // What lies behind the last event that was looked at may have others before it.
    const sure = all.filter((h) => compare(h, { kind: 'event', at: last.at }) >= 0);
    if (sure.length >= limit) return sure.slice(0, limit);
    cursor = { at: last.at, id: last.id };
    size = Math.min(size * 2, MOST_EVENTS);
  }
}

/** At the same moment an order is seen before an event, and that before an answer. */
const RANK: Readonly<Record<TimelineKind, number>> = { order: 2, event: 1, answer: 0 };

/** More than 0 where `a` is the newer, or of the same moment and seen before `b`. */
function compare(a: Pick<Happening, 'at' | 'kind'>, b: Pick<Happening, 'at' | 'kind'>): number {
  if (a.at !== b.at) return a.at > b.at ? 1 : -1;
  return RANK[a.kind] - RANK[b.kind];
}

/** Each list in order; ids settle ties within a list only, for two kinds never tie. */
function merged(a: readonly Happening[], b: readonly Happening[]): Happening[] {
  const all: Happening[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x === undefined && y === undefined) return all;
    if (y === undefined || (x !== undefined && compare(x, y) >= 0)) {
      if (x !== undefined) all.push(x);
      i++;
    } else {
      all.push(y);
      j++;
    }
  }
}

/** Where the rows of one kind go on. */
function beforeOf(kind: TimelineKind, before: TimelinePlace | undefined): Before | undefined {
  if (before === undefined) return undefined;
  const { at } = before;
  if (kind === before.kind) return { at, id: before.id };
  return { at, id: RANK[kind] < RANK[before.kind] ? undefined : null };
}

interface Known {
  readonly moments: readonly MomentRow[];
  readonly answers: readonly AnswerRow[];
  readonly limit: number;
  readonly before: TimelinePlace | undefined;
}

/** Events that no order and no answer tells: by what was read anyway, and by another look where that does not reach. */
async function withoutTold(facts: Facts, whose: Whose, events: readonly EventRow[], known: Known): Promise<EventRow[]> {
  const { moments, answers, limit, before } = known;
  const key = (row: { readonly order_id: string; readonly at: string }) => `${row.at} ${row.order_id}`;
  const ordered = new Set(moments.map(key));
  const answered = new Set(answers.map((row) => row.at));
  // Of the moment at which the last page ended, some may have been on that page.
  const reaches = (rows: readonly unknown[], at: string) => rows.length < limit && at !== before?.at;
  const ofOrders = events.filter((row) => Object.hasOwn(ORDER_EVENTS, row.name));
  const ofAnswers = events.filter((row) => Object.hasOwn(ANSWER_EVENTS, row.name));
  const openOrders = ofOrders.filter((row) => !ordered.has(key(row)) && !reaches(moments, row.at));
  const openAnswers = ofAnswers.filter((row) => !answered.has(row.at) && !reaches(answers, row.at));
  const [moreOrders, moreAnswers] = await Promise.all([
    selectMomentsOf(
      facts,
      whose,
      openOrders.map((row) => row.order_id),
    ),
    selectAnsweredAt(
      facts,
      whose,
      openAnswers.map((row) => row.at),
    ),
  ]);
  for (const row of moreOrders) ordered.add(key(row));
  for (const at of moreAnswers) answered.add(at);
  const told = new Set([
    ...ofOrders.filter((row) => ordered.has(key(row))),
    ...ofAnswers.filter((row) => answered.has(row.at)),
  ]);
  return events.filter((row) => !told.has(row));
}

/** The kinds of a list that a caller asked for and may read. */
export function kindsOf(asked: string | undefined, mayRead: (kind: TimelineKind) => boolean): TimelineKind[] {
  const wanted: readonly string[] = asked?.split(',') ?? TIMELINE_KINDS;
  return TIMELINE_KINDS.filter((kind) => wanted.includes(kind) && mayRead(kind));
}
