import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { badInput, notFound } from '../../platform/kernel/problem.ts';
import { journalContract, type AsideBatch, type RejectedMessage } from './contract.ts';
import { selectStanding } from './records/batches.ts';
import { countRejected, selectRejected, type RejectedRow } from './records/rejected.ts';
import { retryAside, selectAside, type AsideRow } from './records/set-aside.ts';
import { stepKey } from './tell.ts';
import { STEPS } from './vocabulary.ts';

export function journalHandlers(house: House) {
  const os = implement(journalContract).$context<RequestContext>();
  return os.router({
    status: os.status.handler(async ({ context }) => {
      const { db } = house.records;
      const standing = await selectStanding(db, context.workspace.id);
      const rejected = await countRejected(db, context.workspace.id);
      return {
        waitingMessages: standing.rows,
        waitingBytes: standing.bytes,
        oldestWaitingAt: standing.oldest?.toISOString() ?? null,
        setAsideMessages: standing.aside,
        rejectedMessages: rejected.rows,
        rejectedLetGo: rejected.letGo,
      };
    }),
    rejected: os.rejected.handler(async ({ input, context }) => {
      const rows = await selectRejected(house.records.db, context.workspace.id, input.limit + 1, beforeOf(input));
      return pageOf(rows, input.limit, rejectedItem);
    }),
    setAside: os.setAside.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      const rows = await selectAside(house.records.db, workspaceId, input.limit + 1, beforeOf(input));
      return pageOf(rows, input.limit, (row) => asideItem(workspaceId, row));
    }),
    retry: os.retry.handler(async ({ input, context }) => {
      const id = /^\d{1,15}$/.test(input.batchId) ? Number(input.batchId) : 0;
      if (!(await retryAside(house.records, context.workspace.id, id, house.clock.now()))) throw notFound('batch');
      return { ok: true as const };
    }),
  });
}

export function rejectedItem(row: RejectedRow): RejectedMessage {
  const { id, receivedAt, messageId, field, reason, body } = row;
  return { id: String(id), receivedAt: receivedAt.toISOString(), messageId, field, reason, body };
}

function asideItem(workspaceId: string, row: AsideRow): AsideBatch {
  const inserted = row.state === 'inserted';
  return {
    id: String(row.id),
    since: row.setAsideAt.toISOString(),
    receivedAt: row.firstReceivedAt.toISOString(),
    messages: row.rows,
    inserted,
    steps: inserted ? STEPS.filter((step) => !row.told.includes(stepKey(workspaceId, step))) : [...STEPS],
    tries: row.failures,
    reason: row.reason,
  };
}

/** One row more than a page holds says that there is another. */
function pageOf<R extends { readonly id: number }, T>(rows: readonly R[], limit: number, itemOf: (row: R) => T) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(itemOf),
    nextCursor: rows.length > page.length && last !== undefined ? String(last.id) : null,
  };
}

function beforeOf({ cursor }: { readonly cursor?: string | undefined }): number | undefined {
  return cursor === undefined ? undefined : parseCursor(cursor);
}

function parseCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw badInput('cursor', cursor, 'This is no cursor of this listing.', 'Take nextCursor of the page before.');
  }
  return Number(cursor);
}
