import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { outboundUrl } from '../../platform/kernel/outbound.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { importsWithoutRows } from '../imports/facade.ts';
import { sourcesContract, type SourceView } from './contract.ts';
import { folderOf, pathBelow } from './folder.ts';
import { lookAtSource } from './jobs.ts';
import { countSources, deleteSource, insertSource, selectAnySource, selectSealed, selectSources, type SourceRow, updateSource } from './records.ts'; // prettier-ignore
import { sealedPlace } from './sealed.ts';
import { HOUR_MS, MOST_SOURCES, type SeenFiles } from './vocabulary.ts';

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

/** Whoever runs a source by hand wants it all: what could not be loaded, and what was but is not there any more. */
async function toTryAgain(house: House, workspaceId: string, seen: SeenFiles): Promise<SeenFiles> {
  const ids = Object.values(seen).flatMap(({ importId }) => importId ?? []);
  const lost = await importsWithoutRows(house, workspaceId, ids);
  const kept = Object.entries(seen).flatMap(([name, { tag, problem, ...file }]): [string, SeenFiles[string]][] => {
    if (file.importId !== undefined && lost.has(file.importId)) return [];
    return [[name, problem === undefined ? { tag, ...file } : file]];
  });
  return Object.fromEntries(kept);
}

export function sourcesHandlers(house: House) {
  const os = implement(sourcesContract).$context<RequestContext>();
  const { db } = house.records;

  const changed = async (context: RequestContext, id: string, change: Parameters<typeof updateSource>[3]) => {
    const row = await updateSource(db, context.workspace.id, id, change);
    if (row === null) throw notFound('import source');
    return viewOf(row);
  };

  const sourceOf = async (context: RequestContext, id: string) => {
    const row = await selectAnySource(db, id);
    if (row === null || row.workspaceId !== context.workspace.id) throw notFound('import source');
    return row;
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
      const { name, place, part, kind, mapping, everyHours, authorization } = input;
      const now = house.clock.now();
      const id = newId('source', house.clock);
      let where: { readonly shown: string; readonly sealed: string | null };
      if (place === 'url') {
        if (input.url === undefined) throw badInput('url', null, 'An address is needed.');
        const url = outboundUrl(input.url);
        // What a header can hold (RFC 9110); what was sent is a secret, and not said again.
        if (authorization !== undefined && !/^[\t\x20-\x7e]+$/.test(authorization)) {
          throw badInput(
            'authorization',
            null,
            'A header holds letters, digits and signs of ASCII on one line.',
            'Send it as `Bearer …` or `Basic …`, without line breaks.',
            { code: 'not-a-header' },
          );
        }
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

    change: os.change.handler(async ({ input: { sourceId, name, paused, everyHours }, context }) => {
      if (name === undefined && paused === undefined && everyHours === undefined) {
        throw badInput('paused', null, 'Nothing is to be changed.', 'Send name, paused or everyHours.');
      }
      const { lastRunAt } = await sourceOf(context, sourceId);
      const next = (hours: number) =>
        lastRunAt === null ? {} : { nextRunAt: new Date(lastRunAt.getTime() + hours * HOUR_MS) };
      return changed(context, sourceId, {
        ...(name === undefined ? {} : { name }),
        ...(paused === undefined ? {} : { paused }),
        ...(everyHours === undefined ? {} : { everyHours, ...next(everyHours) }),
      });
    }),

    run: os.run.handler(async ({ input: { sourceId }, context }) => {
      const { seen } = await sourceOf(context, sourceId);
      const view = await changed(context, sourceId, {
        nextRunAt: house.clock.now(),
        seen: await toTryAgain(house, context.workspace.id, seen),
      });
      await house.jobs.send(lookAtSource, { sourceId, workspaceId: context.workspace.id });
      return view;
    }),

    remove: os.remove.handler(async ({ input: { sourceId }, context }) => {
      if (!(await deleteSource(db, context.workspace.id, sourceId))) throw notFound('import source');
      return { id: sourceId };
    }),
  });
}
