import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import { callerId, type RequestContext } from '../../platform/kernel/context.ts';
import { notFound, Problem } from '../../platform/kernel/problem.ts';
import { importsContract, type ImportView } from './contract.ts';
import { selectErrors } from './facts.ts';
import { workOnImport } from './jobs.ts';
import { createImport } from './create.ts';
import { isUndoLost } from './left.ts';
import { prepare } from './preview.ts';
import { type ImportRow, moveImport, selectImport, selectImports, selectKept } from './records.ts';
import type { ImportState } from './vocabulary.ts';

export function viewOf(row: ImportRow, now: Date, fileKept: boolean): ImportView {
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
    fileKept,
  };
}

/** At the pace since this try began. */
export function secondsLeft(row: ImportRow, now: Date): number | null {
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

  const view = async (row: ImportRow): Promise<ImportView> => {
    const kept = await selectKept(db, row.workspaceId, [row.uploadId]);
    return viewOf(row, house.clock.now(), kept.has(row.uploadId));
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
    return view(moved);
  };

  return os.router({
    preview: os.preview.handler(async ({ input, context }) => (await prepare(house, context.workspace, input)).preview),

    create: os.create.handler(async ({ input, context }) => {
      const id = await createImport(house, context.workspace, input, callerId(context.caller));
      return view(await known(context, id));
    }),

    start: os.start.handler(({ input, context }) =>
      move(context, input.importId, ['ready'], { state: 'queued' }, 'The import has been started before.'),
    ),

    cancel: os.cancel.handler(({ input, context }) =>
      move(
        context,
        input.importId,
        ['ready', 'queued', 'running'],
        { state: 'cancelled', finishedAt: house.clock.now(), tries: 0 },
        'The import is not running.',
      ),
    ),

    undo: os.undo.handler(async ({ input, context }) => {
      const { importId } = input;
      const row = await known(context, importId);
      if (await isUndoLost(house, row)) {
        throw new Problem(
          'conflict',
          'It can no longer be undone: the retention of the workspace has deleted the content of some of its rows, or of what was there before them.',
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
      const uploads = page.map((row) => row.uploadId);
      const kept = await selectKept(db, context.workspace.id, uploads);
      return {
        items: page.map((row) => viewOf(row, now, kept.has(row.uploadId))),
        nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    }),

    get: os.get.handler(async ({ input, context }) => view(await known(context, input.importId))),

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
