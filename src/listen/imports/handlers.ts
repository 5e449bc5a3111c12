import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import { callerId, type RequestContext } from '../../platform/kernel/context.ts';
import { notFound, Problem } from '../../platform/kernel/problem.ts';
import { importsContract, type ImportView } from './contract.ts';
import { selectErrors } from './facts.ts';
import { hasRowsLeft } from './facts/leaving.ts';
import { workOnImport } from './jobs.ts';
import { forgetChunk } from './left.ts';
import { createImport } from './create.ts';
import { prepare } from './preview.ts';
import { wantsEarlier } from './project.ts';
import { type ImportRow, moveImport, selectImport, selectImports } from './records.ts';
import type { ImportState } from './vocabulary.ts';

export function viewOf(row: ImportRow, now: Date): ImportView {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.fileName,
    state: row.state,
    problem: row.problem,
    counts: row.counts,
    bytes: row.bytes,
    bytesRead: row.bytesRead,
    secondsLeft: secondsLeft(row, now),
    mapping: row.mapping,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    rowsLeftAt: row.rowsLeftAt?.toISOString() ?? null,
  };
}

/** At the pace since this try began. */
function secondsLeft(row: ImportRow, now: Date): number | null {
  const read = row.bytesRead - row.tryFromBytes;
  if (row.state !== 'running' || row.tryStartedAt === null || read <= 0) return null;
  const seconds = (now.getTime() - row.tryStartedAt.getTime()) / 1000;
  return Math.max(0, Math.round((seconds / read) * (row.bytes - row.bytesRead)));
}

export function importsHandlers(house: House) {
  const os = implement(importsContract).$context<RequestContext>();
  const { db } = house.records;

  const known = async (context: RequestContext, importId: string): Promise<ImportRow> => {
    const row = await selectImport(db, context.workspace.id, importId);
    if (row === null) throw notFound('import');
    return row;
  };

  /** Changes the state and queues the work in one transaction. */
  const move = async (
    context: RequestContext,
    importId: string,
    from: readonly ImportState[],
    change: {
      readonly state: ImportState;
      readonly finishedAt?: Date | null;
      readonly problem?: null;
      readonly tries?: 0;
    },
    refusal: string,
  ): Promise<ImportView> => {
    const row = await known(context, importId);
    const moved = await house.records.transaction(async (tx) => {
      const changed = await moveImport(tx, importId, from, change);
      if (changed !== null) await house.jobs.send(workOnImport, { importId }, { tx });
      return changed;
    });
    if (moved === null)
      throw new Problem('conflict', refusal, { field: 'importId', value: row.state, code: 'import-moved-on' });
    return viewOf(moved, house.clock.now());
  };

  return os.router({
    preview: os.preview.handler(async ({ input, context }) => (await prepare(house, context.workspace, input)).preview),

    create: os.create.handler(async ({ input, context }) => {
      const id = await createImport(house, context.workspace, input, callerId(context.caller));
      return viewOf(await known(context, id), house.clock.now());
    }),

    start: os.start.handler(({ input, context }) =>
      move(context, input.importId, ['ready'], { state: 'queued' }, 'The import has been started before.'),
    ),

    cancel: os.cancel.handler(async ({ input, context }) => {
      const cancelled = await move(
        context,
        input.importId,
        ['ready', 'queued', 'running'],
        { state: 'cancelled', finishedAt: house.clock.now() },
        'The import is not running.',
      );
      // A chunk that was cut off stays as it is: nobody goes on with it.
      await forgetChunk(db, input.importId);
      return cancelled;
    }),

    undo: os.undo.handler(async ({ input, context }) => {
      const { importId } = input;
      const row = await known(context, importId);
      const loading = { workspaceId: row.workspaceId, importId, kind: row.kind };
      if (row.rowsLeftAt !== null || (wantsEarlier(row.kind) && (await hasRowsLeft(house.facts, loading)))) {
        throw new Problem(
          'conflict',
          'Rows of this import, or what was there before them, have left by the retention of the workspace.',
          { field: 'importId', value: row.state, code: 'import-rows-left' },
        );
      }
      return move(
        context,
        importId,
        ['done', 'cancelled', 'failed'],
        { state: 'undoing', finishedAt: null, problem: null, tries: 0 },
        'Only an import that has ended can be undone, and only once.',
      );
    }),

    list: os.list.handler(async ({ input, context }) => {
      const { limit, cursor: before } = input;
      const rows = await selectImports(db, context.workspace.id, { before, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const now = house.clock.now();
      return {
        items: page.map((row) => viewOf(row, now)),
        nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    }),

    get: os.get.handler(async ({ input, context }) => viewOf(await known(context, input.importId), house.clock.now())),

    errors: os.errors.handler(async ({ input, context }) => {
      const { importId, limit } = input;
      await known(context, importId);
      const after = /^\d{1,15}$/.test(input.cursor ?? '') ? Number(input.cursor) : 0;
      const rows = await selectErrors(house.facts, context.workspace.id, importId, after, limit + 1);
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.line ?? '') : null };
    }),
  });
}
