import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import { journalContract, type RejectedMessage } from './contract.ts';
import { selectRejected, selectStanding, type RejectedRow } from './records.ts';

export function journalHandlers(house: House) {
  const os = implement(journalContract).$context<RequestContext>();
  return os.router({
    status: os.status.handler(async ({ context }) => {
      const standing = await selectStanding(house.records.db, context.workspace.id);
      return {
        waitingMessages: standing.rows,
        waitingBytes: standing.bytes,
        oldestWaitingAt: standing.oldestAt?.toISOString() ?? null,
        rejectedMessages: standing.rejected,
      };
    }),
    rejected: os.rejected.handler(async ({ input, context }) => {
      const before = input.cursor === undefined ? undefined : parseCursor(input.cursor);
      const rows = await selectRejected(house.records.db, context.workspace.id, input.limit + 1, before);
      const page = rows.slice(0, input.limit);
      const last = page.at(-1);
      return {
        items: page.map(rejectedItem),
        nextCursor: rows.length > page.length && last !== undefined ? String(last.id) : null,
      };
    }),
  });
}

export function rejectedItem(row: RejectedRow): RejectedMessage {
  const { id, receivedAt, messageId, field, reason, body } = row;
  return { id: String(id), receivedAt: receivedAt.toISOString(), messageId, field, reason, body };
}

function parseCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw badInput('cursor', cursor, 'This is no cursor of this listing.', 'Take nextCursor of the page before.');
  }
  return Number(cursor);
}
