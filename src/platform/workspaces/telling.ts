import type { Happening, House, Teller } from '../house/house.ts';
import { lapsedInvitations } from './invitation-records.ts';
import { joinedSince } from './records.ts';

/** Who joined, and invitations that ran out unanswered. */
export function membersTeller(house: House): Teller {
  return {
    permission: 'members:read',
    tell: async ({ workspaceId, userId, since }) => {
      const { db } = house.records;
      const [joined, lapsed] = await Promise.all([
        joinedSince(db, workspaceId, since),
        lapsedInvitations(db, workspaceId, since, house.clock.now()),
      ]);
      return [
        ...joined.flatMap(({ id, userId: who, name, createdAt: at }): Happening[] =>
          who === userId ? [] : [{ id, what: 'workspaces.joined', state: 'done', name, at }],
        ),
        ...lapsed.map(({ id, email: name, expiresAt: at }): Happening => ({
          id,
          what: 'workspaces.invitation',
          state: 'attention',
          name,
          at,
        })),
      ];
    },
  };
}
