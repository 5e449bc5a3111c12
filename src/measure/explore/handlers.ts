import { dayAt } from '@touchstone/domain/calendar';
import { implement } from '@orpc/server';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { callerId, type RequestContext } from '../../platform/kernel/context.ts';
import { readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { notFound, Problem } from '../../platform/kernel/problem.ts';
import { memberNames } from '../../platform/workspaces/facade.ts';
import { exploreContract, type SavedView } from './contract.ts';
import { openedOn, refuseUnmovable } from './moving.ts';
import {
  countViews,
  deleteView,
  insertView,
  lockViews,
  selectView,
  selectViews,
  updateView,
  type ViewRow,
} from './records.ts';
import { MOST_VIEWS } from './vocabulary.ts';

const cursorShape = z.tuple([z.string().max(60)]);

export function exploreHandlers(house: House) {
  const os = implement(exploreContract).$context<RequestContext>();
  const { db } = house.records;
  const readingOf = ({ workspace, caller }: RequestContext) => ({
    workspaceId: workspace.id,
    readerId: callerId(caller),
  });

  const viewsOf = async (context: RequestContext, rows: readonly ViewRow[]): Promise<SavedView[]> => {
    const { workspace, caller, permissions } = context;
    const today = dayAt(house.clock.now().getTime(), workspace.zone);
    const names = rows.length === 0 ? new Map<string, string>() : await memberNames(house, workspace.id);
    return rows.map(({ id, name, state, moving, shared, makerId, savedAt }) => {
      const mine = makerId === callerId(caller) && permissions.has('views:write');
      return {
        id,
        name,
        state,
        opens: openedOn(today, state, moving),
        moving,
        shared,
        mine,
        removable: mine || isAdmin(context),
        maker: names.get(makerId) ?? null,
        savedAt: savedAt.toISOString(),
      };
    });
  };
  const viewOf = async (context: RequestContext, row: ViewRow): Promise<SavedView> => {
    const [view] = await viewsOf(context, [row]);
    if (view === undefined) throw notFound('view');
    return view;
  };
  const rowOf = async (context: RequestContext, viewId: string): Promise<ViewRow> => {
    const row = await selectView(db, readingOf(context), viewId);
    if (row === null) throw notFound('view');
    return row;
  };

  return os.router({
    list: os.list.handler(async ({ input, context }) => {
      const { limit, search, cursor } = input;
      const [before] = cursor === undefined ? [] : readCursor(cursorShape, cursor);
      const rows = await selectViews(db, readingOf(context), { search, before, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: await viewsOf(context, items),
        nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.id]) : null,
      };
    }),

    get: os.get.handler(async ({ input, context }) => viewOf(context, await rowOf(context, input.viewId))),

    create: os.create.handler(async ({ input, context }) => {
      const { name, state, shared, moving } = input;
      if (moving) refuseUnmovable(state);
      const reading = readingOf(context);
      const row: ViewRow = {
        id: newId('view', house.clock),
        workspaceId: reading.workspaceId,
        name,
        state,
        moving,
        shared,
        makerId: reading.readerId,
        savedAt: house.clock.now(),
      };
      await house.records.transaction(async (tx) => {
        await lockViews(tx, reading.workspaceId);
        const there = await countViews(tx, reading);
        if (there.maker >= MOST_VIEWS.maker) throw tooMany(MOST_VIEWS.maker);
        if (shared && there.shared >= MOST_VIEWS.shared) throw tooMany(MOST_VIEWS.shared);
        await insertView(tx, row);
      });
      return viewOf(context, row);
    }),

    change: os.change.handler(async ({ input, context }) => {
      const { viewId, name, shared, state, moving } = input;
      const row = await rowOf(context, viewId);
      if (row.makerId !== callerId(context.caller)) throw notYours();
      const next: ViewRow = {
        ...row,
        name: name ?? row.name,
        shared: shared ?? row.shared,
        state: state ?? row.state,
        moving: moving ?? row.moving,
        savedAt: house.clock.now(),
      };
      if (next.moving) refuseUnmovable(next.state);
      if (next.shared !== row.shared) context.trail.changed('shared', String(row.shared), String(next.shared));
      await house.records.transaction(async (tx) => {
        await lockViews(tx, row.workspaceId);
        const there = await countViews(tx, readingOf(context));
        if (next.shared && !row.shared && there.shared >= MOST_VIEWS.shared) throw tooMany(MOST_VIEWS.shared);
        await updateView(tx, next, next);
      });
      return viewOf(context, next);
    }),

    remove: os.remove.handler(async ({ input, context }) => {
      const row = await rowOf(context, input.viewId);
      if (row.makerId !== callerId(context.caller) && !isAdmin(context)) throw notYours();
      await deleteView(db, row);
      return { id: row.id };
    }),
  });
}

/** Whoever may change the workspace itself may tidy up in it; no key may. */
function isAdmin({ permissions }: RequestContext): boolean {
  return permissions.has('workspace:write');
}

function notYours(): Problem {
  return new Problem('forbidden', 'Somebody else saved this view.', {
    mend: 'Save it under a name of your own.',
    code: 'view-not-yours',
  });
}

function tooMany(most: number): Problem {
  return new Problem('conflict', `There are ${most} saved views already.`, {
    mend: 'Delete one that nobody needs.',
    code: 'too-many-views',
    values: { most },
  });
}
