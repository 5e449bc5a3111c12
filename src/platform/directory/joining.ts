import type { House } from '../house/house.ts';
import type { Role } from '../kernel/permissions.ts';
import { newId, uuidV7 } from '../kernel/ids.ts';
import { Problem } from '../kernel/problem.ts';
import type { Db } from '../stores/ports.ts';
import { openInvitations, takeInvitation } from '../workspaces/invitation-records.ts';
import { insertMembership, lockMembers, userByEmail, userFor } from '../workspaces/records.ts';
import type { Named } from './oidc.ts';
import * as records from './records.ts';
import type { ProviderRow } from './records.ts';
import { scimUserOf } from './scim-records.ts';

/** What every link of a workspace begins with. The issuer follows: a subject means something at its own only. */
const linksOf = (workspaceId: string): string => `oidc:${workspaceId}:`;

/**
 * The user whom the provider names, as a member of its workspace: known by subject, or found by the address the first
 * time. Throws Problem `forbidden` for who is not to come in.
 */
export function comeIn(house: House, provider: ProviderRow, named: Named): Promise<{ id: string; email: string }> {
  const { workspaceId } = provider;
  const providerId = linksOf(workspaceId) + provider.issuer;
  return house.records.transaction(async (tx) => {
    await lockMembers(tx, workspaceId);
    const linked = await records.userBySubject(tx, providerId, named.subject);
    const known = linked ?? (await userByEmail(tx, named.email));
    const provisioned = known === null ? null : await scimUserOf(tx, workspaceId, known.id);
    if (provisioned !== null && !provisioned.active) throw outside();
    const isMember = known !== null && (await records.membershipOf(tx, workspaceId, known.id)) !== null;
    const isFirst = known === null || !(await records.isLinked(tx, known.id, linksOf(workspaceId)));
    const role = isMember ? null : await roleOnArrival(house, tx, provider, named.email, isFirst);
    const now = house.clock.now();
    const fresh = { id: newId('user', house.clock), name: named.name, email: named.email };
    const user = known ?? (await userFor(tx, fresh, now));
    if (role !== null) {
      await insertMembership(tx, { id: newId('member', house.clock), workspaceId, userId: user.id, role }, now);
    }
    if (linked === null) {
      const link = { id: uuidV7(house.clock), providerId, accountId: named.subject, userId: user.id };
      await records.linkSubject(tx, link, now);
    }
    return { id: user.id, email: user.email };
  });
}

/** By an invitation, else as a newcomer: whoever was a member before and was taken out is none. */
async function roleOnArrival(
  house: House,
  tx: Db,
  provider: ProviderRow,
  email: string,
  isFirst: boolean,
): Promise<Role> {
  const { workspaceId, newRole } = provider;
  const open = await openInvitations(tx, workspaceId, house.clock.now());
  const invitation = open.find((i) => i.email === email);
  if (invitation !== undefined && (await takeInvitation(tx, workspaceId, invitation.id))) return invitation.role;
  if (isFirst && newRole !== null) return newRole;
  throw outside();
}

function outside(): Problem {
  return new Problem('forbidden', 'You are not a member of this workspace.', {
    mend: 'Ask for an invitation.',
    code: 'provider-outside',
  });
}
