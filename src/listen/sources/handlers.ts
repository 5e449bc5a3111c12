import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { outboundUrl, refuseInside } from '../../platform/kernel/outbound.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import { importsWithoutRows } from '../imports/facade.ts';
import { sourcesContract, type SourceView } from './contract.ts';
import { folderOf, pathBelow } from './folder.ts';
import { lookAtSource } from './jobs.ts';
import { countSources, deleteSource, insertSource, selectAnySource, selectSealed, selectSources, type SourceRow, updateSource } from './records.ts'; // prettier-ignore
import { cronOf, nextTime, nextTimes, type Schedule, timesOf } from './schedule.ts';
import { sealedPlace } from './sealed.ts';
import { MOST_SOURCES, type SeenFiles } from './vocabulary.ts';

/** Times of an expression that are shown. */
const NEXT_TIMES = 5;

function viewOf(row: SourceRow, now: Date): SourceView {
  const { id, name, place, shown, part, kind, everyHours, cron, paused, lastState, lastProblem, lastImportId } = row;
  return {
    id,
    name,
    place,
    where: shown,
    part,
    kind,
    everyHours,
    cron,
    times: cron === null ? null : timesOf(cron),
    paused,
    nextRunAt: row.nextRunAt.toISOString(),
    due: !paused && row.nextRunAt <= now,
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

/**
 * Times are told by the clock of a workspace: in another zone the next ones are others. One that has come already is looked at all
 * the same.
 */
export async function moveToZone(house: House, workspaceId: string): Promise<void> {
  const { db } = house.records;
  const workspace = await readWorkspace(house, workspaceId);
  if (workspace === null) return;
  const now = house.clock.now();
  for (const row of await selectSources(db, workspaceId)) {
    if (row.cron === null || row.nextRunAt <= now) continue;
    await updateSource(db, workspaceId, row.id, { nextRunAt: nextTime(row, now, workspace.zone) });
  }
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

/** What was said of the times; null where nothing was. Throws Problem where both were. */
function scheduleOf(said: {
  readonly everyHours?: number | undefined;
  readonly cron?: string | undefined;
}): Schedule | null {
  const { everyHours = null, cron = null } = said;
  if (everyHours !== null && cron !== null) {
    throw badInput('cron', cron, 'A source has either hours or times.', 'Send everyHours or cron, not both.');
  }
  if (everyHours === null && cron === null) return null;
  return { everyHours, cron: cron === null ? null : cronOf(cron) };
}

/** When a source with these times is looked at next; with hours at once, where nobody ever looked. */
function nextOf(schedule: Schedule, { lastRunAt }: Pick<SourceRow, 'lastRunAt'>, now: Date, zone: string): Date {
  if (schedule.cron !== null) return nextTime(schedule, now, zone);
  return lastRunAt === null ? now : nextTime(schedule, lastRunAt, zone);
}

export function sourcesHandlers(house: House) {
  const os = implement(sourcesContract).$context<RequestContext>();
  const { db } = house.records;

  const changed = async (context: RequestContext, id: string, change: Parameters<typeof updateSource>[3]) => {
    const row = await updateSource(db, context.workspace.id, id, change);
    if (row === null) throw notFound('import source');
    return viewOf(row, house.clock.now());
  };

  const sourceOf = async (context: RequestContext, id: string) => {
    const row = await selectAnySource(db, id);
    if (row === null || row.workspaceId !== context.workspace.id) throw notFound('import source');
    return row;
  };

  return os.router({
    list: os.list.handler(async ({ context }) => {
      const root = house.config.importFolder;
      const now = house.clock.now();
      const items = (await selectSources(db, context.workspace.id)).map((row) => viewOf(row, now));
      return { items, folder: root === undefined ? null : folderOf(root, context.workspace.id) };
    }),

    create: os.create.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      if ((await countSources(db, workspaceId)) >= MOST_SOURCES) {
        throw new Problem('conflict', `A workspace has at most ${MOST_SOURCES} sources.`, { mend: 'Remove one.' });
      }
      const { name, place, part, kind, mapping, authorization } = input;
      const schedule = scheduleOf(input);
      if (schedule === null) {
        throw badInput('everyHours', null, 'It is not said how often to look.', 'Send everyHours, or cron.');
      }
      const now = house.clock.now();
      const id = newId('source', house.clock);
      let where: { readonly shown: string; readonly sealed: string | null };
      if (place === 'url') {
        if (input.url === undefined) throw badInput('url', null, 'An address is needed.');
        const url = outboundUrl(input.url);
        refuseInside(url, house.config.importAllowAddresses);
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
        ...schedule,
        nextRunAt: nextOf(schedule, { lastRunAt: null }, now, context.workspace.zone),
        createdAt: now,
      });
      return changed(context, id, { paused: false });
    }),

    change: os.change.handler(async ({ input, context }) => {
      const { sourceId, name, paused } = input;
      const said = scheduleOf(input);
      if (name === undefined && paused === undefined && said === null) {
        throw badInput('paused', null, 'Nothing is to be changed.', 'Send name, paused, everyHours or cron.');
      }
      const row = await sourceOf(context, sourceId);
      const schedule = said ?? row;
      const now = house.clock.now();
      // Times that passed while it was paused are not made up for; hours that passed are.
      const goesOn = paused === false && row.paused && schedule.cron !== null;
      const moved = said !== null || goesOn;
      return changed(context, sourceId, {
        ...(name === undefined ? {} : { name }),
        ...(paused === undefined ? {} : { paused }),
        ...said,
        ...(moved ? { nextRunAt: nextOf(schedule, row, now, context.workspace.zone) } : {}),
      });
    }),

    times: os.times.handler(({ input, context }) => {
      const cron = cronOf(input.cron);
      const { zone } = context.workspace;
      const next = nextTimes({ everyHours: null, cron }, house.clock.now(), zone, NEXT_TIMES);
      return { cron, zone, times: timesOf(cron), next: next.map((at) => at.toISOString()) };
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
