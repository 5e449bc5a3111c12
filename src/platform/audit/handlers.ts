import { implement } from '@orpc/server';
import { z } from 'zod';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { readCursor, writeCursor } from '../kernel/cursor.ts';
import { bookOf } from './book.ts';
import { auditContract, type AuditEntry } from './contract.ts';
import { entriesOf, type EntryRow } from './records.ts';

const os = implement(auditContract).$context<RequestContext>();
const placeShape = z.tuple([z.iso.datetime(), z.string()]);

export function auditHandlers(house: House) {
  return os.router({
    list: os.list.handler(async ({ input, context }) => {
      await bookOf(house).flush();
      const { limit, cursor, ...filter } = input;
      const after = cursor === undefined ? null : readCursor(placeShape, cursor);
      const place = after === null ? null : { at: new Date(after[0]), id: after[1] };
      const rows = await entriesOf(house.records.db, context.workspace.id, filter, place, limit + 1);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(entryView),
        nextCursor: last === undefined ? null : writeCursor([last.at.toISOString(), last.id]),
      };
    }),
  });
}

export function entryView(row: EntryRow): AuditEntry {
  const { id, kind, operation, fields, changes, address, requestId, times } = row;
  return {
    id,
    at: row.at.toISOString(),
    kind,
    operation,
    object: { kind: row.objectKind, id: row.objectId },
    fields,
    changes,
    by: { kind: row.callerKind, id: row.callerId, name: row.callerName },
    address,
    requestId,
    times,
  };
}
