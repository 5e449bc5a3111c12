import { implement } from '@orpc/server';
import { FIELDS, type ImportKind } from '@touchstone/domain/tabular';
import type { House } from '../../platform/house/house.ts';
import { callerId, type RequestContext } from '../../platform/kernel/context.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { forgetUnit } from '../../platform/stores/units.ts';
import { importsContract, type ImportView } from './contract.ts';
import { selectErrors } from './facts.ts';
import { hasRowsLeft } from './facts/leaving.ts';
import { workOnImport } from './jobs.ts';
import { fingerprintOf, prepare } from './preview.ts';
import { type ImportRow, insertImport, moveImport, saveMapping, selectImport, selectImports } from './records.ts';
import { wantsEarlier } from './project.ts';
import type { ImportState, MappingShape } from './vocabulary.ts';

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

/** Fields of the kind only, each once, a format for every time, a key that is mapped. */
function checkMapping(kind: ImportKind, mapping: MappingShape): void {
  const fields = new Map(FIELDS[kind].map((f) => [f.key, f]));
  const taken = new Set<string>();
  for (const [column, plan] of Object.entries(mapping.columns)) {
    if (plan.field === 'skip' || plan.field === 'property') continue;
    const field = fields.get(plan.field);
    const at = `mapping.columns.${column}.field`;
    if (field === undefined) {
      throw badInput(
        at,
        plan.field,
        `${kind} have no such field.`,
        `One of: ${[...fields.keys()].join(', ')}, property, skip.`,
      );
    }
    if (taken.has(plan.field))
      throw badInput(at, plan.field, 'Two columns are mapped to one field.', 'Make one a property, or skip it.', {
        code: 'field-twice',
      });
    taken.add(plan.field);
    if ((field.type === 'instant' || field.type === 'day') && plan.format === undefined) {
      throw badInput(
        `mapping.columns.${column}.format`,
        column,
        'The column writes its times in several ways, and no way is that of more than half of its cells.',
        'Say which one to read; rows that write otherwise are listed.',
        { code: 'times-mixed', values: { column } },
      );
    }
  }
  const { scale } = mapping;
  if (scale !== undefined && scale.min >= scale.max) {
    throw badInput('mapping.scale', `${scale.min}–${scale.max}`, 'The scale ends before it begins.', undefined, {
      code: 'scale-backwards',
    });
  }
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
      const { upload, inspected, mapping, preview } = await prepare(house, context.workspace, input);
      if (mapping === null) throw badInput('mapping', null, 'The file cannot be mapped.');
      if (preview.missing.length > 0) {
        const wanted = preview.missing.map((any) => any.join(' or ')).join('; ');
        throw badInput('mapping', wanted, `No column is mapped to ${wanted}.`, 'Map one, or choose another kind.', {
          code: 'columns-missing',
        });
      }
      checkMapping(input.kind, mapping);
      const now = house.clock.now();
      const id = newId('import', house.clock);
      const workspaceId = context.workspace.id;
      await house.records.transaction(async (tx) => {
        await insertImport(tx, {
          id,
          workspaceId,
          uploadId: upload.id,
          kind: input.kind,
          fileName: upload.fileName,
          state: 'ready',
          mapping,
          format: inspected.format,
          bytes: upload.bytes,
          createdBy: callerId(context.caller),
          createdAt: now,
        });
        const fingerprint = fingerprintOf(inspected.format.columns);
        await saveMapping(tx, { workspaceId, kind: input.kind, fingerprint, mapping, updatedAt: now });
      });
      return viewOf(await known(context, id), now);
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
      await forgetUnit(db, input.importId);
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
