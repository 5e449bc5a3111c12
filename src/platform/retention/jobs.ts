import { z } from 'zod';
import { tellWithin, type Told } from '../audit/facade.ts';
import type { House, Keeper, Leaving } from '../house/house.ts';
import { handleJob, type JobContext, type JobHandler, type JobKind } from '../jobs/ports.ts';
import type { Workspace } from '../kernel/context.ts';
import type { Db } from '../stores/ports.ts';
import { betweenUnits, holdUnit } from '../stores/units.ts';
import { allWorkspaces, readSetting, readWorkspace } from '../workspaces/facade.ts';
import { clearDeleted } from './facts.ts';
import { borderOf, inForce, retentionSetting } from './limits.ts';
import { addRemoved, beginRun, endRun, meetRun } from './records.ts';
import { leavingOf } from './standing.ts';
import { RETENTION_KINDS, type RetentionKind } from './vocabulary.ts';

/** Removes from one workspace what its retention no longer keeps. */
export const applyRetention: JobKind<{ readonly workspaceId: string }> = {
  name: 'retention.apply',
  input: z.object({ workspaceId: z.string() }),
  key: ({ workspaceId }) => workspaceId,
  retries: 5,
  expireInSeconds: 6 * 3_600,
};

/** Does so in every workspace, one after the other. */
export const sweepRetention: JobKind<Record<string, never>> = {
  name: 'retention.sweep',
  input: z.object({}).strict(),
  key: () => 'sweep',
};

/** Takes off the disk what was deleted: rows stay there until their part is written anew, which may never come by itself. */
export const clearRetention: JobKind<Record<string, never>> = {
  name: 'retention.clear',
  input: z.object({}).strict(),
  key: () => 'clear',
};

/** For the journal's turn and chunks of files to end; then the kind is tried again. */
const ALONE_WAIT_MS = 60_000;

export function retentionJobs(house: House): JobHandler[] {
  return [
    handleJob(sweepRetention, async () => {
      for (const workspaceId of await allWorkspaces(house)) await house.jobs.send(applyRetention, { workspaceId });
    }),
    handleJob(applyRetention, ({ workspaceId }, context) => apply(house, workspaceId, context)),
    handleJob(clearRetention, async () => {
      const tables = new Set(house.keepers().flatMap((k) => k.tables ?? []));
      for (const table of tables) await clearDeleted(house.facts, table);
    }),
  ];
}

/** Kind by kind; one that fails keeps none of the others from leaving, and is tried again. */
async function apply(house: House, workspaceId: string, context: JobContext): Promise<void> {
  const { db } = house.records;
  const workspace = await readWorkspace(house, workspaceId);
  if (workspace === null) return;
  const failed: unknown[] = [];
  for (const kind of RETENTION_KINDS) {
    const before = await borderNow(house, db, workspace, kind);
    if (before === null) continue;
    try {
      await remove(house, workspace, kind, before, context);
    } catch (error) {
      await endRun(db, workspaceId, kind, 'failed', house.clock.now());
      if (context.signal.aborted) throw error;
      context.log.error({ workspaceId, kind, error: error instanceof Error ? error : undefined }, 'retention failed');
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** The moment before which a kind leaves by what the workspace says now; null: nothing leaves. */
async function borderNow(house: House, db: Db, workspace: Workspace, kind: RetentionKind): Promise<Date | null> {
  const now = house.clock.now();
  const limits = await readSetting(db, workspace.id, retentionSetting);
  const run = await meetRun(db, workspace.id, kind, now);
  const { days } = inForce(limits, kind, run?.knownAt ?? null, now);
  return days === null ? null : borderOf(now, days, workspace.zone);
}

/**
 * Part by part; stopped or cut off between two of them, the next try goes on with what is left. Whoever says meanwhile that
 * more is to be kept is heard before the next part.
 */
async function remove(
  house: House,
  workspace: Workspace,
  kind: RetentionKind,
  before: Date,
  { signal, log }: JobContext,
): Promise<void> {
  const { db } = house.records;
  const workspaceId = workspace.id;
  const leaving = { workspaceId, before };
  const { rows } = await leavingOf(house, kind, leaving);
  await beginRun(db, workspaceId, kind, { border: before, leaving: rows, now: house.clock.now() });
  for (const keeper of house.keepers().filter((k) => k.kind === kind)) {
    for await (const found of partsOf(keeper, leaving)) {
      signal.throwIfAborted();
      // A backup is taken between two parts.
      const done = await house.records.transaction(async (tx) => {
        await (keeper.alone === true ? betweenUnits(tx, ALONE_WAIT_MS) : holdUnit(tx));
        const border = await borderNow(house, tx, workspace, kind);
        return border === null || border < before ? { rows: 0, more: false } : keeper.remove(leaving, found);
      });
      if (keeper.count !== undefined && done.rows > 0) {
        await addRemoved(db, workspaceId, kind, done.rows);
        log.info({ workspaceId, kind, removed: done.rows }, 'retention removed a part');
      }
      if (!done.more) break;
    }
  }
  await house.records.transaction(async (tx) => {
    const removed = await endRun(tx, workspaceId, kind, 'done', house.clock.now());
    if (removed > 0) await tellWithin(tx, house, toldOf(house, workspaceId, kind, before, removed));
  });
}

/** As they are found, one after the other; where `remove` finds them itself, as many as it says there are. */
async function* partsOf(keeper: Keeper, leaving: Leaving): AsyncGenerator<readonly number[]> {
  if (keeper.find === undefined) for (;;) yield [];
  yield* keeper.find(leaving);
}

/** How many left, and from before when: nothing of what they were. */
function toldOf(house: House, workspaceId: string, kind: RetentionKind, before: Date, removed: number): Told {
  return {
    workspaceId,
    at: house.clock.now(),
    kind: 'change',
    operation: applyRetention.name,
    objectKind: 'retention',
    objectId: kind,
    fields: [],
    changes: [
      { field: 'before', before: null, after: before.toISOString() },
      { field: 'removed', before: null, after: String(removed) },
    ],
    callerKind: 'nobody',
    callerId: '',
    callerName: 'Touchstone',
    address: '',
    requestId: '',
  };
}
