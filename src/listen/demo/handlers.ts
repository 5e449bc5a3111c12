import { implement } from '@orpc/server';
import { dayAt } from '@touchstone/domain/calendar';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext, Workspace } from '../../platform/kernel/context.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { within } from '../../platform/stores/within.ts';
import { createWorkspace, workspacesOf } from '../../platform/workspaces/facade.ts';
import { demoContract, type DemoView } from './contract.ts';
import { hasFacts } from './facts.ts';
import { workOnDemo } from './jobs.ts';
import { lockOpening } from './records.ts';
import { changeStanding, isFilling, NOTHING, readStanding, shareOf, type Standing } from './standing.ts';
import type { DemoCompany } from './story.ts';

export function demoHandlers(house: House, company: DemoCompany) {
  const os = implement(demoContract).$context<RequestContext>();

  const viewOf = (standing: Standing): DemoView => {
    const { state, people, events, today, startedAt, finishedAt, problem, opened } = standing;
    const named = (text: string) => (text === '' ? null : text);
    return {
      state,
      company: company.name,
      people: state === 'none' ? company.people : people,
      share: shareOf(standing),
      events,
      today: named(today),
      startedAt: named(startedAt),
      finishedAt,
      problem,
      opened,
    };
  };

  const begin = async (
    workspace: Workspace,
    wanted: { readonly people?: number | undefined; readonly seed?: string | undefined; readonly opened: boolean },
    tx?: Db,
  ): Promise<Standing> => {
    const { clock, records } = house;
    const stores = { clock, records: tx === undefined ? records : within(records, tx) };
    const now = house.clock.now();
    const { people = company.people, seed = company.seed, opened } = wanted;
    const today = dayAt(now.getTime(), workspace.zone);
    const standing = await changeStanding(stores, workspace.id, (before) =>
      before.state === 'none'
        ? { ...NOTHING, state: 'waiting', people, seed, today, startedAt: now.toISOString(), opened }
        : // What failed is tried again from where it stopped.
          before.state === 'failed'
          ? { ...before, state: 'waiting', tries: 0, problem: null, finishedAt: null }
          : before,
    );
    // Also where it is under way: a job that got lost is made good by whoever asks again.
    if (isFilling(standing)) await house.jobs.send(workOnDemo, { workspaceId: workspace.id }, { tx });
    return standing;
  };

  return os.router({
    get: os.get.handler(async ({ context }) => viewOf(await readStanding(house, context.workspace.id))),

    open: os.open.handler(async ({ context }) => {
      const { caller, workspace } = context;
      if (caller.kind !== 'member')
        throw new Problem('forbidden', 'This is for people who are signed in, not for a key.');
      return house.records.transaction(async (tx) => {
        // Whoever waits for the lock has a connection: were another needed to get on, all of them could be waiting.
        const here = { ...house, records: within(house.records, tx) };
        await lockOpening(tx, caller.userId);
        for (const id of await workspacesOf(here, caller.userId)) {
          const { state } = await readStanding(here, id);
          if (state !== 'none' && state !== 'removing') return { workspaceId: id };
        }
        const { zone, currency, locale } = workspace;
        const created = await createWorkspace(here, { name: company.name, zone, currency, locale, ownerId: caller.userId }); // prettier-ignore
        await begin(created.workspace, { opened: true }, tx);
        return { workspaceId: created.workspace.id };
      });
    }),

    fill: os.fill.handler(async ({ input, context }) => {
      const { workspace } = context;
      const { state } = await readStanding(house, workspace.id);
      if (state === 'none' && (await hasFacts(house.facts, workspace.id))) {
        throw new Problem('conflict', 'This workspace has data of its own.', {
          mend: 'Open the demo company in a workspace of its own.',
          code: 'demo-beside-data',
        });
      }
      return viewOf(await begin(workspace, { ...input, opened: false }));
    }),

    remove: os.remove.handler(async ({ context }) => {
      const { id } = context.workspace;
      // Of all that an admin may do, nothing ends a workspace.
      if ((await readStanding(house, id)).opened && !context.permissions.has('operations:write')) {
        throw new Problem('forbidden', 'This workspace was opened for the demo company and goes with it.', {
          mend: 'Ask an owner of the workspace to remove it.',
        });
      }
      const standing = await changeStanding(house, id, (before) =>
        before.state === 'none' ? before : { ...before, state: 'removing' },
      );
      if (standing.state === 'removing') await house.jobs.send(workOnDemo, { workspaceId: id });
      return viewOf(standing);
    }),
  });
}
