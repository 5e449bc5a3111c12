import type { ImportKind } from '@touchstone/domain/tabular';
import { arrivalsKeptSince } from '../../core/events/facade.ts';
import type { House, Keeper, Leaving } from '../../platform/house/house.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { deleteErrors, emptyRows, type RowsLeaving, selectOrdersGone, selectRowsLeaving } from './facts/leaving.ts';
import {
  countIdleUploads,
  deleteIdleUpload,
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

  /** Rows of events whose events leave by a border: of imports that did not arrive lately. */
  const eventRows = async ({ workspaceId, before }: Leaving, of: 'events' | 'answers'): Promise<Done> => {
    const arrivedBefore = arrivalsKeptSince(clock);
    const ended = (await selectEnded(db, workspaceId)).filter((row) => row.createdAt < arrivedBefore);
    return clear(
      { workspaceId, of, importIds: ended.map((row) => row.id), told: { before, loadedBefore: [] } },
      'lost',
    );
  };

  const answerRows = async ({ workspaceId, before }: Leaving): Promise<Done> => {
    const ended = await selectEnded(db, workspaceId);
    const loadedBefore = ended.filter((row) => row.createdAt < before).map((row) => row.id);
    const importIds = ended.map((row) => row.id);
    return clear({ workspaceId, kinds: ['feedback'], importIds, told: { before, loadedBefore } }, 'lost');
  };

  /** Rows of events of orders that are gone. */
  const orderEventRows = async ({ workspaceId, before }: Leaving): Promise<Done> => {
    const ended = (await selectEnded(db, workspaceId)).map((row) => row.id);
    const gone = await selectOrdersGone(facts, { workspaceId, importIds: ended, before }, IMPORTS_AT_ONCE);
    if (gone.orderIds.length === 0) return NOTHING;
    const told = { before, loadedBefore: [] };
    const { rows } = await clear({ workspaceId, of: 'orders', ...gone, told }, 'lost');
    return { rows, more: rows > 0 };
  };

  /** What a fact was made of leaves with it. */
  const withFacts = (kind: Keeper['kind'], remove: (leaving: Leaving) => Promise<Done>): Keeper => ({
    kind,
    remove: (leaving) => alone(leaving.workspaceId, () => remove(leaving)),
  });

  const undoHistory = async ({ workspaceId, before }: Leaving): Promise<RowsLeaving> => ({
    workspaceId,
    importIds: (await selectEnded(db, workspaceId, before)).map((row) => row.id),
  });

  return [
    withFacts('events', (leaving) => eventRows(leaving, 'events')),
    withFacts('feedback', answerRows),
    withFacts('feedback', (leaving) => eventRows(leaving, 'answers')),
    withFacts('orders', orderEventRows),
    withFacts('orders', async ({ workspaceId }) => {
      const importIds = (await selectEnded(db, workspaceId)).map((row) => row.id);
      return clear({ workspaceId, kinds: ORDER_KINDS, importIds }, 'possible');
    }),
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
        let rows = 0;
        for (const id of ids) {
          // The row first, which an import may want by now; cut off before the file is gone, it stands again.
          await records.transaction(async (tx) => {
            if (!(await deleteIdleUpload(tx, workspaceId, before, id))) return;
            await house.files.remove(fileOf(id));
            rows++;
          });
        }
        return { rows, more: rows > 0 && ids.length === UPLOADS_AT_ONCE };
      },
    },
  ];
}
