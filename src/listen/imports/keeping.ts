import type { ImportKind } from '@touchstone/domain/tabular';
import type { House, Keeper, Leaving } from '../../platform/house/house.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { deleteErrors, emptyRows, type RowsLeaving, selectRowsLeaving } from './facts/leaving.ts';
import {
  countIdleUploads,
  deleteUpload,
  markRowsLeft,
  selectEnded,
  selectIdleUploads,
  tryWorkspaceLock,
} from './records.ts';
import { fileOf } from './source.ts';

const UPLOADS_AT_ONCE = 200;
const IMPORTS_AT_ONCE = 20;

/** Kinds whose orders are made of rows that the orders keep themselves: their undo asks for no row of the import. */
const ORDER_KINDS: readonly ImportKind[] = ['orders', 'items', 'returns'];

type Done = Awaited<ReturnType<Keeper['remove']>>;
const NOTHING: Done = { rows: 0, more: false };

/**
 * Of rows that leave only the content goes: that a row with this key and hash came is kept, so that the same file still
 * brings nothing twice. Imports that lost rows say so before anything is gone: they can no longer be undone.
 */
export function importKeepers(house: House): Keeper[] {
  const { records, facts, clock } = house;
  const { db } = records;

  /** While no import of the workspace loads or is undone; what waits for that waits for the next run. */
  const alone = (workspaceId: string, work: (tx: Db) => Promise<Done>): Promise<Done> =>
    records.transaction(async (tx) => ((await tryWorkspaceLock(tx, workspaceId)) ? work(tx) : NOTHING));

  const clear = async (leaving: RowsLeaving, undo: 'lost' | 'possible'): Promise<Done> => {
    const found = await selectRowsLeaving(facts, leaving, IMPORTS_AT_ONCE);
    if (found.length === 0) return NOTHING;
    const importIds = found.map((f) => f.importId);
    if (undo === 'lost') await markRowsLeft(db, importIds, clock.now());
    await emptyRows(facts, { ...leaving, importIds });
    return { rows: found.reduce((sum, f) => sum + f.rows, 0), more: found.length === IMPORTS_AT_ONCE };
  };

  /** What a fact was made of leaves with it. */
  const rowsOf = (kind: 'events' | 'feedback'): Keeper => ({
    kind,
    remove: ({ workspaceId, before }) =>
      alone(workspaceId, async () => {
        const ended = await selectEnded(db, workspaceId);
        const loadedBefore = ended.filter((row) => row.createdAt < before).map((row) => row.id);
        const importIds = ended.map((row) => row.id);
        return clear({ workspaceId, kinds: [kind], importIds, told: { before, loadedBefore } }, 'lost');
      }),
  });

  const undoHistory = async ({ workspaceId, before }: Leaving): Promise<RowsLeaving> => ({
    workspaceId,
    importIds: (await selectEnded(db, workspaceId, before)).map((row) => row.id),
  });

  return [
    rowsOf('events'),
    rowsOf('feedback'),
    {
      kind: 'orders',
      remove: ({ workspaceId }) =>
        alone(workspaceId, async () => {
          const importIds = (await selectEnded(db, workspaceId)).map((row) => row.id);
          return clear({ workspaceId, kinds: ORDER_KINDS, importIds }, 'possible');
        }),
    },
    {
      kind: 'imports',
      count: async (leaving) => {
        const found = await selectRowsLeaving(facts, await undoHistory(leaving));
        const ended = await selectEnded(db, leaving.workspaceId, leaving.before);
        const first = ended.find((row) => found.some((f) => f.importId === row.id));
        return { rows: found.reduce((sum, f) => sum + f.rows, 0), oldest: first?.createdAt ?? null };
      },
      remove: (leaving) =>
        alone(leaving.workspaceId, async () => {
          const history = await undoHistory(leaving);
          const done = await clear(history, 'lost');
          if (!done.more) await deleteErrors(facts, leaving.workspaceId, history.importIds);
          return done;
        }),
      tables: ['import_rows', 'import_errors'],
    },
    {
      kind: 'uploads',
      count: ({ workspaceId, before }) => countIdleUploads(db, workspaceId, before),
      remove: async ({ workspaceId, before }) => {
        const ids = await selectIdleUploads(db, workspaceId, before, UPLOADS_AT_ONCE);
        for (const id of ids) {
          await house.files.remove(fileOf(id));
          await deleteUpload(db, id);
        }
        return { rows: ids.length, more: ids.length === UPLOADS_AT_ONCE };
      },
    },
  ];
}
