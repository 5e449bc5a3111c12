import type { House, Leaving } from '../house/house.ts';
import { readSetting } from '../workspaces/facade.ts';
import { type InForce, inForce, retentionSetting } from './limits.ts';
import { type RunRow, selectRuns } from './records.ts';
import { RETENTION_KINDS, type RetentionKind } from './vocabulary.ts';

export interface Standing extends InForce {
  readonly kind: RetentionKind;
  readonly run: RunRow | undefined;
}

/** What holds of each kind in a workspace, and its latest run. */
export async function standingOf(house: House, workspaceId: string): Promise<Standing[]> {
  const { db } = house.records;
  const now = house.clock.now();
  const [limits, runs] = await Promise.all([
    readSetting(db, workspaceId, retentionSetting),
    selectRuns(db, workspaceId),
  ]);
  return RETENTION_KINDS.map((kind) => {
    const run = runs.find((r) => r.kind === kind);
    return { kind, run, ...inForce(limits, kind, run?.knownAt ?? null, now) };
  });
}

/** What would leave: how much, and of when the oldest of it is. */
export async function leavingOf(
  house: House,
  kind: RetentionKind,
  leaving: Leaving,
): Promise<{ readonly rows: number; readonly oldest: Date | null }> {
  const counts = await Promise.all(
    house.keepers().flatMap((k) => (k.kind === kind && k.count !== undefined ? [k.count(leaving)] : [])),
  );
  return {
    rows: counts.reduce((sum, c) => sum + c.rows, 0),
    oldest: counts.flatMap((c) => c.oldest ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
  };
}
