import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Role } from '../kernel/permissions.ts';
import type { Db } from '../stores/ports.ts';
import { role } from '../workspaces/contract.ts';
import { invitations, scimGroupMembers, scimGroups, scimUsers } from '../workspaces/tables.ts';

export interface ScimUserRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly userName: string;
  readonly externalId: string | null;
  readonly email: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly displayName: string | null;
  readonly active: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ScimGroupRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly displayName: string;
  readonly externalId: string | null;
  readonly role: Role | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Membership {
  readonly groupId: string;
  readonly scimUserId: string;
}

export async function scimUserOf(db: Db, workspaceId: string, userId: string): Promise<ScimUserRow | null> {
  const [row] = await db
    .select()
    .from(scimUsers)
    .where(and(eq(scimUsers.workspaceId, workspaceId), eq(scimUsers.userId, userId)));
  return row ?? null;
}

export async function scimUsersOf(db: Db, workspaceId: string): Promise<ScimUserRow[]> {
  return db
    .select()
    .from(scimUsers)
    .where(eq(scimUsers.workspaceId, workspaceId))
    .orderBy(asc(scimUsers.createdAt), asc(scimUsers.id));
}

export async function putScimUser(db: Db, user: ScimUserRow): Promise<void> {
  const { userName, externalId, email, givenName, familyName, displayName, active, updatedAt } = user;
  const set = { userName, externalId, email, givenName, familyName, displayName, active, updatedAt };
  await db.insert(scimUsers).values(user).onConflictDoUpdate({ target: scimUsers.id, set });
}

export async function dropScimUser(db: Db, workspaceId: string, id: string): Promise<void> {
  await db.delete(scimUsers).where(and(eq(scimUsers.workspaceId, workspaceId), eq(scimUsers.id, id)));
}

export async function scimGroupsOf(db: Db, workspaceId: string): Promise<ScimGroupRow[]> {
  const rows = await db
    .select()
    .from(scimGroups)
    .where(eq(scimGroups.workspaceId, workspaceId))
    .orderBy(asc(scimGroups.createdAt), asc(scimGroups.id));
  return rows.map((row) => ({ ...row, role: row.role === null ? null : role.parse(row.role) }));
}

export async function putScimGroup(db: Db, group: ScimGroupRow): Promise<void> {
  const { displayName, externalId, role: given, updatedAt } = group;
  const set = { displayName, externalId, role: given, updatedAt };
  await db.insert(scimGroups).values(group).onConflictDoUpdate({ target: scimGroups.id, set });
}

export async function dropScimGroup(db: Db, workspaceId: string, id: string): Promise<void> {
  await db.delete(scimGroups).where(and(eq(scimGroups.workspaceId, workspaceId), eq(scimGroups.id, id)));
}

export async function groupMembersOf(db: Db, workspaceId: string): Promise<Membership[]> {
  return db
    .select({ groupId: scimGroupMembers.groupId, scimUserId: scimGroupMembers.scimUserId })
    .from(scimGroupMembers)
    .innerJoin(scimGroups, eq(scimGroups.id, scimGroupMembers.groupId))
    .where(eq(scimGroups.workspaceId, workspaceId))
    .orderBy(asc(scimGroupMembers.groupId), asc(scimGroupMembers.scimUserId));
}

/** Makes these the members of a group. */
export async function setGroupMembers(db: Db, groupId: string, members: readonly string[]): Promise<void> {
  await db.delete(scimGroupMembers).where(eq(scimGroupMembers.groupId, groupId));
  if (members.length === 0) return;
  await db.insert(scimGroupMembers).values(members.map((scimUserId) => ({ groupId, scimUserId })));
}

export async function dropInvitations(db: Db, workspaceId: string, emails: readonly string[]): Promise<void> {
  await db
    .delete(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), inArray(invitations.email, [...emails])));
}
