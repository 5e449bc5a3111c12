import type { Happening, House, Teller } from '../../platform/house/house.ts';
import { readStanding, shareOf, standsAs, type Standing } from './standing.ts';
import type { DemoCompany } from './story.ts';

/** The company while it comes in or is taken out, and how it ended. */
export function demoTeller(house: House, company: DemoCompany): Teller {
  return {
    permission: 'workspace:read',
    tell: async ({ workspaceId, since }) => {
      const standing = await readStanding(house, workspaceId);
      return standing.state === 'none' ? [] : happeningsOf(standing, company.name, since);
    },
  };
}

function happeningsOf(standing: Standing, name: string, since: Date): Happening[] {
  const { state, startedAt, finishedAt, events } = standing;
  const at = new Date(finishedAt ?? startedAt);
  if (state === 'done' && at < since) return [];
  const removing = state === 'removing';
  return [
    {
      id: `${removing ? 'remove' : 'fill'} ${startedAt}`,
      what: removing ? 'demo.remove' : 'demo.fill',
      state: standsAs(state),
      name,
      count: events,
      share: standsAs(state) === 'running' && !removing ? shareOf(standing) : null,
      at,
    },
  ];
}
