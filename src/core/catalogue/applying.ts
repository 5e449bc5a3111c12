import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import type { JobContext, JobKind } from '../../platform/jobs/ports.ts';
import { holdUnit } from '../../platform/stores/units.ts';
import { rewritePlaces, selectStale } from './facts/places.ts';
import { loadRules } from './loading.ts';
import { beginRun, selectRun, selectWorkspaces, updateRun } from './records.ts';
import { FACT_KINDS } from './vocabulary.ts';

const input = z.object({ workspaceId: z.string() });
type Input = z.infer<typeof input>;

/** Gives the facts of the past the places of the rules that hold now. */
export const applyRules: JobKind<Input> = {
  name: 'catalogue.apply',
  input,
  key: ({ workspaceId }) => workspaceId,
  retries: 5,
  expireInSeconds: 3_600,
};

/** The same again a little later: a batch that was under way with the old rules may have come in since. */
export const settleRules: JobKind<Input> = { ...applyRules, name: 'catalogue.settle' };

const SETTLE_AFTER_SECONDS = 60;

/** Looks for facts that older rules placed and that came in later still, as when the facts store hung for minutes. */
export const sweepRules: JobKind<object> = {
  name: 'catalogue.sweep',
  input: z.object({}),
  key: () => 'sweep',
  expireInSeconds: 3_600,
};

/**
 * Partition by partition, the latest first; each waited for. Stopped or cut off at any point it goes on where it was,
 * and rules saved meanwhile are the ones that go on.
 */
export async function apply(house: House, workspaceId: string, context: Pick<JobContext, 'signal'>): Promise<void> {
  const { db } = house.records;
  for (;;) {
    const book = await loadRules(house, workspaceId);
    const due: { kind: (typeof FACT_KINDS)[number]; partition: string; facts: number }[] = [];
    for (const kind of FACT_KINDS) {
      for (const part of await selectStale(house.facts, workspaceId, kind, book.version)) due.push({ kind, ...part });
    }
    const [next] = due;
    const left = due.reduce((sum, part) => sum + part.facts, 0);
    if (next === undefined && (await selectRun(db, workspaceId)) === undefined) return;
    await beginRun(db, workspaceId, book.version, house.clock.now());
    const run = await selectRun(db, workspaceId);
    const total = Math.max(run?.total ?? 0, left);
    if (next === undefined) {
      await updateRun(db, workspaceId, book.version, {
        state: 'done',
        done: total,
        finishedAt: run?.finishedAt ?? house.clock.now(),
      });
      return;
    }
    await updateRun(db, workspaceId, book.version, { state: 'running', total, done: total - left, finishedAt: null });
    context.signal.throwIfAborted();
    const changed = await house.records.transaction(async (tx) => {
      await holdUnit(tx);
      return rewritePlaces(house.facts, book, next.kind, next.partition, { signal: context.signal });
    });
    await updateRun(db, workspaceId, book.version, { moreChanged: changed });
  }
}

export async function applyThenSettle(house: House, { workspaceId }: Input, context: JobContext): Promise<void> {
  await apply(house, workspaceId, context);
  await house.jobs.send(settleRules, { workspaceId }, { startAfterSeconds: SETTLE_AFTER_SECONDS });
}

export async function sweep(house: House, context: Pick<JobContext, 'signal'>): Promise<void> {
  for (const workspaceId of await selectWorkspaces(house.records.db)) {
    context.signal.throwIfAborted();
    const { version } = await loadRules(house, workspaceId);
    for (const kind of FACT_KINDS) {
      const stale = await selectStale(house.facts, workspaceId, kind, version);
      if (stale.length === 0) continue;
      await house.jobs.send(applyRules, { workspaceId });
      break;
    }
  }
}
