import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { outboundUrl } from '../../platform/kernel/outbound.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { sourcesContract, type SourceView } from './contract.ts';
import { folderOf, pathBelow } from './folder.ts';
import { lookAtSource } from './jobs.ts';
import { countSources, deleteSource, insertSource, selectSealed, selectSources, type SourceRow, updateSource } from './records.ts'; // prettier-ignore
import { sealedPlace } from './sealed.ts';
import { MOST_SOURCES } from './vocabulary.ts';

function viewOf(row: SourceRow): SourceView {
  const { id, name, place, shown, part, kind, everyHours, paused, lastState, lastProblem, lastImportId } = row;
  return {
    id,
    name,
    place,
    where: shown,
    part,
    kind,
    everyHours,
    paused,
    nextRunAt: row.nextRunAt.toISOString(),
    lastRunAt: row.lastRunAt?.toISOString() ?? null,
    lastState,
    lastProblem,
    lastImportId,
  };
}

/** Seals every address anew. */
export async function resealSources(house: House, vault: House['vault']): Promise<number> {
  const rows = await selectSealed(house.records.db);
  for (const { id, workspaceId, sealed } of rows) {
    await updateSource(house.records.db, workspaceId, id, { sealed: vault.reseal(sealed, sealedPlace(id)) });
  }
  return rows.length;
}

export function sourcesHandlers(house: House) {
  const os = implement(sourcesContract).$context<RequestContext>();
  const { db } = house.records;

  const changed = async (context: RequestContext, id: string, change: Parameters<typeof updateSource>[3]) => {
    const row = await updateSource(db, context.workspace.id, id, change);
    if (row === null) throw notFound('import source');
    return viewOf(row);
  };

  return os.router({
    list: os.list.handler(async ({ context }) => {
      const root = house.config.importFolder;
      const items = (await selectSources(db, context.workspace.id)).map(viewOf);
      return { items, folder: root === undefined ? null : folderOf(root, context.workspace.id) };
    }),

    create: os.create.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      if ((await countSources(db, workspaceId)) >= MOST_SOURCES) {
        throw new Problem('conflict', `A workspace has at most ${MOST_SOURCES} sources.`, { mend: 'Remove one.' });
      }
      const { name, place, part, kind, mapping, everyHours } = input;
      const now = house.clock.now();
      const id = newId('source', house.clock);
      let where: { readonly shown: string; readonly sealed: string | null };
      if (place === 'url') {
        if (input.url === undefined) throw badInput('url', null, 'An address is needed.');
        const url = outboundUrl(input.url);
        const { authorization } = input;
        const secret = JSON.stringify({ url: url.href, ...(authorization === undefined ? {} : { authorization }) });
        where = { shown: url.origin + url.pathname, sealed: house.vault.seal(secret, sealedPlace(id)) };
      } else where = { shown: pathBelow(input.path ?? ''), sealed: null };
      await insertSource(db, {
        id,
        workspaceId,
        name,
        place,
        ...where,
        part: part ?? null,
        kind,
        mapping: mapping ?? null,
        everyHours,
        nextRunAt: now,
        createdAt: now,
      });
      return changed(context, id, { paused: false });
    }),

    change: os.change.handler(({ input: { sourceId, name, paused, everyHours }, context }) => {
      if (name === undefined && paused === undefined && everyHours === undefined) {
        throw badInput('paused', null, 'Nothing is to be changed.', 'Send name, paused or everyHours.');
      }
      return changed(context, sourceId, {
        ...(name === undefined ? {} : { name }),
        ...(paused === undefined ? {} : { paused }),
        ...(everyHours === undefined ? {} : { everyHours }),
      });
    }),

    run: os.run.handler(async ({ input: { sourceId }, context }) => {
      const view = await changed(context, sourceId, { nextRunAt: house.clock.now() });
      await house.jobs.send(lookAtSource, { sourceId });
      return view;
    }),

    remove: os.remove.handler(async ({ input: { sourceId }, context }) => {
      if (!(await deleteSource(db, context.workspace.id, sourceId))) throw notFound('import source');
      return { id: sourceId };
    }),
  });
}
