import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { cursorMoment, readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import type { TimelineItem } from './contract.ts';
import { whoseFacts } from './facts/whose.ts';
import { type Happening, kindsOf, listHappenings } from './happenings.ts';
import { findPerson } from './profile.ts';
import { TIMELINE_KINDS, type TimelineKind } from './vocabulary.ts';

const cursorShape = z.tuple([cursorMoment, z.enum(TIMELINE_KINDS), z.string().max(600)]);
const bag = z.record(z.string(), z.unknown());

export interface TimelineWanted {
  readonly personId: string;
  readonly kinds?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export async function readTimeline(house: House, context: RequestContext, wanted: TimelineWanted) {
  const { id: workspaceId, zone } = context.workspace;
  const { person, identities } = await findPerson(house, workspaceId, wanted.personId);
  const place = wanted.cursor === undefined ? undefined : readCursor(cursorShape, wanted.cursor);
  const nos = identities.map((i) => i.identity_no);
  const rows = await listHappenings(house.facts, zone, whoseFacts(workspaceId, [person.person_no], nos), {
    kinds: kindsOf(wanted.kinds, (kind) => mayRead(context, kind)),
    before: place === undefined ? undefined : { at: place[0], kind: place[1], id: place[2] },
    limit: wanted.limit + 1,
  });
  const shown = rows.slice(0, wanted.limit);
  const last = shown.at(-1);
  const words = context.permissions.has('comments:read');
  return {
    items: shown.map((row) => itemOf(row, words)),
    nextCursor: rows.length > shown.length && last !== undefined ? writeCursor([last.at, last.kind, last.id]) : null,
  };
}

function mayRead(context: RequestContext, kind: TimelineKind): boolean {
  if (kind === 'event') return context.permissions.has('events:read');
  return kind === 'answer' || context.permissions.has('orders:read');
}

function itemOf(row: Happening, words: boolean): TimelineItem {
  const common = {
    id: row.id,
    at: factsTimeToInstant(row.at),
    ...filled({ touchpointId: row.touchpoint, stageId: row.stage }),
  };
  if (row.kind === 'event') {
    return {
      ...common,
      kind: 'event',
      name: row.name,
      ...filled({
        orderId: row.order_id,
        channel: row.channel,
        url: row.url,
        value: row.value,
        currency: row.currency,
      }),
      props: row.props === '' ? {} : bag.parse(JSON.parse(row.props)),
    };
  }
  if (row.kind === 'order') {
    return {
      ...common,
      kind: 'order',
      orderId: row.order_id,
      moment: row.moment,
      status: row.status,
      ...filled({ value: row.value, currency: row.currency }),
      ...(row.late === null ? {} : { late: row.late === 1 }),
    };
  }
  return {
    ...common,
    kind: 'answer',
    source: row.source,
    instrument: row.instrument,
    ...(row.score === null ? {} : { score: row.score }),
    ...(row.scale_min === null ? {} : { scaleMin: row.scale_min }),
    ...(row.scale_max === null ? {} : { scaleMax: row.scale_max }),
    text: words ? row.text : '',
    choices: row.choices,
    ...filled({ language: row.language, orderId: row.order_id, itemId: row.item_id }),
  };
}

/** Without the empty ones. */
function filled<K extends string>(fields: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {};
  for (const key in fields) if (fields[key] !== '') kept[key] = fields[key];
  return kept;
}
