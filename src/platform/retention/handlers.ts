import { implement } from '@orpc/server';
import type { House } from '../house/house.ts';
import type { RequestContext, Workspace } from '../kernel/context.ts';
import { badInput, notFound, Problem } from '../kernel/problem.ts';
import { changeSetting } from '../workspaces/facade.ts';
import { type KeptKind, retentionContract, type RetentionPreview } from './contract.ts';
import { borderOf, inForce, limitOf, retentionSetting, shortens } from './limits.ts';
import { leavingOf, type Standing, standingOf } from './standing.ts';
import { LIMITS, RETENTION_KINDS, type RetentionKind, RUN_STATES } from './vocabulary.ts';

function kindOf(text: string): RetentionKind {
  const kind = RETENTION_KINDS.find((known) => known === text);
  if (kind === undefined) throw notFound('kind of data');
  return kind;
}

function checkFloor(kind: RetentionKind, days: number | null): void {
  const { floor } = LIMITS[kind];
  if (days === null || days >= floor) return;
  throw badInput('days', days, `The least for ${kind} is ${floor} days.`, `Say ${floor} or more, or for ever.`, {
    code: 'retention-floor',
    values: { floor },
  });
}

function viewOf({ kind, days, coming, run }: Standing): KeptKind {
  return {
    kind,
    days,
    coming: coming === null ? null : { days: coming.days, from: coming.from.toISOString() },
    usualDays: LIMITS[kind].usual,
    floorDays: LIMITS[kind].floor,
    run:
      run === undefined || run.startedAt === null
        ? null
        : {
            state: RUN_STATES.find((state) => state === run.state) ?? 'waiting',
            before: run.border?.toISOString() ?? null,
            total: run.total,
            removed: run.removed,
            startedAt: run.startedAt.toISOString(),
            finishedAt: run.finishedAt?.toISOString() ?? null,
          },
  };
}

export function retentionHandlers(house: House) {
  const os = implement(retentionContract).$context<RequestContext>();

  const standing = async (workspaceId: string, kind: RetentionKind): Promise<Standing> => {
    const found = (await standingOf(house, workspaceId)).find((s) => s.kind === kind);
    if (found === undefined) throw notFound('kind of data');
    return found;
  };

  const preview = async (workspace: Workspace, kind: RetentionKind, days: number | null): Promise<RetentionPreview> => {
    const now = house.clock.now();
    const held = await standing(workspace.id, kind);
    const before = days === null ? null : borderOf(now, days, workspace.zone);
    const { rows, oldest } =
      before === null ? { rows: 0, oldest: null } : await leavingOf(house, kind, { workspaceId: workspace.id, before });
    return {
      kind,
      days,
      shortens: shortens(days, held.days),
      from: limitOf(days, held, now).from,
      before: before?.toISOString() ?? null,
      rows,
      oldest: oldest?.toISOString() ?? null,
    };
  };

  return os.router({
    list: os.list.handler(async ({ context }) => ({
      items: (await standingOf(house, context.workspace.id)).map(viewOf),
    })),

    preview: os.preview.handler(async ({ input, context }) => {
      const kind = kindOf(input.kind);
      const days = input.days ?? null;
      checkFloor(kind, days);
      return preview(context.workspace, kind, days);
    }),

    set: os.set.handler(async ({ input, context }) => {
      const { workspace, trail } = context;
      const kind = kindOf(input.kind);
      const { days } = input;
      checkFloor(kind, days);
      const { run } = await standing(workspace.id, kind);
      const now = house.clock.now();
      let before: number | null = null;
      const told = input.confirm ? null : await preview(workspace, kind, days);
      await changeSetting(house, workspace.id, retentionSetting, (limits) => {
        const standingNow = inForce(limits, kind, run?.knownAt ?? null, now);
        before = (standingNow.coming ?? standingNow).days;
        const next = limitOf(days, standingNow, now);
        // Asked of what holds by now: somebody else may have said for ever since this was looked at.
        if (told !== null && shortens(days, standingNow.days)) throw unconfirmed({ ...told, from: next.from });
        return { ...limits, [kind]: next };
      });
      trail.changed('days', inWords(before), inWords(days));
      return viewOf(await standing(workspace.id, kind));
    }),
  });
}

function unconfirmed({ kind, rows, before, from }: RetentionPreview): Problem {
  const day = before?.slice(0, 10) ?? '';
  return new Problem(
    'conflict',
    `This keeps less than before: it would remove ${rows} of ${kind} from before ${day}, from ${from} on.`,
    { field: 'confirm', mend: 'Say `confirm: true` to have it so.', code: 'retention-confirm', values: { rows, day } },
  );
}

function inWords(days: number | null): string {
  return days === null ? 'forever' : String(days);
}
