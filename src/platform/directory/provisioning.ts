import type { House } from '../house/house.ts';
import { newId } from '../kernel/ids.ts';
import { ROLES, type Role } from '../kernel/permissions.ts';
import type { Db } from '../stores/ports.ts';
import { emailAddress } from '../workspaces/contract.ts';
import { deleteMember, insertMembership, lockMembers, members, setRole, userByEmail, userById, userFor } from '../workspaces/records.ts'; // prettier-ignore
import * as records from './records.ts';
import { ScimError, type ScimGroup, type ScimUser } from './scim.ts';
import * as scim from './scim-records.ts';
import type { ScimGroupRow, ScimUserRow } from './scim-records.ts';

/** Who comes in by a directory and belongs to no group with a role. */
const PLAIN_ROLE: Role = 'viewer';

/** A workspace's whole directory, under the lock of its members. */
export function withDirectory<T>(house: House, workspaceId: string, work: (tx: Db) => Promise<T>): Promise<T> {
  return house.records.transaction(async (tx) => {
    await lockMembers(tx, workspaceId);
    return work(tx);
  });
}

function emailOf(user: ScimUser): string {
  const all = user.emails ?? [];
  const chosen = all.find((e) => e.primary === true)?.value ?? all.find((e) => e.value != null)?.value ?? user.userName;
  const checked = emailAddress.safeParse(chosen);
  if (!checked.success) throw new ScimError(400, 'emails: an e-mail address is needed.', 'invalidValue');
  return checked.data;
}

function fieldsOf(user: ScimUser, now: Date) {
  return {
    userName: user.userName.toLowerCase(),
    externalId: user.externalId ?? null,
    email: emailOf(user),
    givenName: user.name?.givenName ?? null,
    familyName: user.name?.familyName ?? null,
    displayName: user.displayName ?? null,
    active: user.active ?? true,
    updatedAt: now,
  };
}

export function nameOf(user: Pick<ScimUserRow, 'displayName' | 'givenName' | 'familyName' | 'email'>): string {
  const whole = [user.givenName, user.familyName].filter((part) => part !== null && part !== '').join(' ');
  return (user.displayName || whole || user.email).slice(0, 120);
}

/** Makes a user known to the directory; an account with that address is taken as it is. */
export async function createUser(house: House, tx: Db, workspaceId: string, sent: ScimUser): Promise<ScimUserRow> {
  const now = house.clock.now();
  const fields = fieldsOf(sent, now);
  const all = await scim.scimUsersOf(tx, workspaceId);
  const known = await userByEmail(tx, fields.email);
  if (all.some((u) => u.userName === fields.userName || u.userId === known?.id)) {
    throw new ScimError(409, 'There is a user with this userName or address.', 'uniqueness');
  }
  const fresh = { id: newId('user', house.clock), name: nameOf(fields), email: fields.email };
  const account = known ?? (await userFor(tx, fresh, now));
  const user: ScimUserRow = { id: newId('directoryUser', house.clock), workspaceId, userId: account.id, createdAt: now, ...fields }; // prettier-ignore
  await scim.putScimUser(tx, user);
  await settle(house, tx, workspaceId, [user], 'keep');
  return user;
}

/** The account's own e-mail stays: a company must not take over an account that others let in too. */
export async function changeUser(house: House, tx: Db, before: ScimUserRow, sent: ScimUser): Promise<ScimUserRow> {
  const user = { ...before, ...fieldsOf(sent, house.clock.now()) };
  const all = await scim.scimUsersOf(tx, before.workspaceId);
  if (all.some((u) => u.id !== user.id && u.userName === user.userName)) {
    throw new ScimError(409, 'There is a user with this userName.', 'uniqueness');
  }
  await scim.putScimUser(tx, user);
  await settle(house, tx, before.workspaceId, [user], 'keep');
  return user;
}

export async function removeUser(house: House, tx: Db, user: ScimUserRow): Promise<void> {
  await settle(house, tx, user.workspaceId, [{ ...user, active: false }], 'keep');
  await scim.dropScimUser(tx, user.workspaceId, user.id);
}

export async function putGroup(
  house: House,
  tx: Db,
  workspaceId: string,
  before: ScimGroupRow | null,
  sent: ScimGroup,
): Promise<ScimGroupRow> {
  const now = house.clock.now();
  const groups = await scim.scimGroupsOf(tx, workspaceId);
  if (groups.some((g) => g.id !== before?.id && g.displayName === sent.displayName)) {
    throw new ScimError(409, 'There is a group with this displayName.', 'uniqueness');
  }
  const users = await scim.scimUsersOf(tx, workspaceId);
  const wanted = [...new Set((sent.members ?? []).map((m) => m.value))];
  const missing = wanted.find((id) => !users.some((u) => u.id === id));
  if (missing !== undefined) throw new ScimError(400, 'members: there is no such user.', 'invalidValue');
  const fresh = { id: newId('directoryGroup', house.clock), workspaceId, role: null, createdAt: now };
  const group = { ...(before ?? fresh), displayName: sent.displayName, externalId: sent.externalId ?? null, updatedAt: now }; // prettier-ignore
  const links = await scim.groupMembersOf(tx, workspaceId);
  const touched = new Set([...wanted, ...links.filter((l) => l.groupId === group.id).map((l) => l.scimUserId)]);
  await scim.putScimGroup(tx, group);
  await scim.setGroupMembers(tx, group.id, wanted);
  if (group.role !== null) await settle(house, tx, workspaceId, users.filter((u) => touched.has(u.id)), 'plain'); // prettier-ignore
  return group;
}

export async function dropGroup(house: House, tx: Db, group: ScimGroupRow): Promise<void> {
  const touched = await usersOfGroup(tx, group);
  await scim.dropScimGroup(tx, group.workspaceId, group.id);
  if (group.role !== null) await settle(house, tx, group.workspaceId, touched, 'plain');
}

export async function setGroupRole(house: House, tx: Db, group: ScimGroupRow, to: Role | null): Promise<void> {
  await scim.putScimGroup(tx, { ...group, role: to, updatedAt: house.clock.now() });
  await settle(house, tx, group.workspaceId, await usersOfGroup(tx, group), 'plain');
}

async function usersOfGroup(tx: Db, group: ScimGroupRow): Promise<ScimUserRow[]> {
  const links = await scim.groupMembersOf(tx, group.workspaceId);
  const ids = new Set(links.filter((l) => l.groupId === group.id).map((l) => l.scimUserId));
  return (await scim.scimUsersOf(tx, group.workspaceId)).filter((u) => ids.has(u.id));
}

/**
 * Makes memberships what the directory says of these users. Without a group that gives a role a member keeps the one
 * they have (`keep`), or has the plain one (`plain`), where a group was lost. Owners stay owners.
 */
async function settle(
  house: House,
  tx: Db,
  workspaceId: string,
  users: readonly ScimUserRow[],
  without: 'keep' | 'plain',
): Promise<void> {
  const groups = await scim.scimGroupsOf(tx, workspaceId);
  const links = await scim.groupMembersOf(tx, workspaceId);
  for (const user of users) {
    const all = await members(tx, workspaceId);
    const member = all.find((m) => m.userId === user.userId);
    if (!user.active) {
      await leave(tx, workspaceId, user, member?.id, all.filter((m) => m.role === 'owner').map((m) => m.id)); // prettier-ignore
      continue;
    }
    const own = links.filter((l) => l.scimUserId === user.id).map((l) => l.groupId);
    const given = groups.flatMap((g) => (g.role !== null && own.includes(g.id) ? [g.role] : []));
    const highest = ROLES.find((r) => given.includes(r));
    if (member === undefined) {
      const id = newId('member', house.clock);
      await insertMembership(tx, { id, workspaceId, userId: user.userId, role: highest ?? PLAIN_ROLE }, house.clock.now()); // prettier-ignore
    } else if (member.role !== 'owner') {
      const to = highest ?? (without === 'plain' ? PLAIN_ROLE : member.role);
      if (to !== member.role) await setRole(tx, workspaceId, member.id, to);
    }
  }
}

async function leave(
  tx: Db,
  workspaceId: string,
  user: ScimUserRow,
  memberId: string | undefined,
  owners: readonly string[],
): Promise<void> {
  if (memberId !== undefined && owners.length === 1 && owners[0] === memberId) {
    throw new ScimError(409, 'A workspace keeps at least one owner: make somebody else an owner first.', 'mutability');
  }
  if (memberId !== undefined) await deleteMember(tx, workspaceId, memberId);
  const account = await userById(tx, user.userId);
  await scim.dropInvitations(tx, workspaceId, [user.email, account?.email ?? user.email]);
  await records.endSessions(tx, workspaceId, user.userId);
}
