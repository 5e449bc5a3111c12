import { and, asc, eq, gt, gte, sql } from 'drizzle-orm';
import type { Workspace } from '../kernel/context.ts';
import type { Role } from '../kernel/permissions.ts';
import type { Db } from '../stores/ports.ts';
import {
  credentials,
  installationSecrets,
  memberships,
  passwordResets,
  secondFactors,
  sessions,
  signInProviders,
  users,
  workspaces,
} from './tables.ts';
import { role } from './checks.ts';

export const workspaceColumns = {
  id: workspaces.id,
  name: workspaces.name,
  zone: workspaces.zone,
  currency: workspaces.currency,
  locale: workspaces.locale,
};

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface MemberRow {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

/** Keeps `fresh` where nothing is kept by that name; returns what is kept now. */
export async function installationSecret(db: Db, name: string, fresh: string): Promise<string> {
  await db.insert(installationSecrets).values({ name, value: fresh }).onConflictDoNothing();
  const [row] = await db.select().from(installationSecrets).where(eq(installationSecrets.name, name));
  if (row === undefined) throw new Error(`The installation's ${name} is gone.`);
  return row.value;
}

/** Puts another value in its place, where it is still the one that was read. */
export async function replaceInstallationSecret(db: Db, name: string, before: string, value: string): Promise<void> {
  await db
    .update(installationSecrets)
    .set({ value })
    .where(and(eq(installationSecrets.name, name), eq(installationSecrets.value, before)));
}

/** Holds every other set-up back until this transaction ends. */
export async function lockSetup(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('touchstone.setup'))`);
}

export async function anyUser(db: Db): Promise<boolean> {
  return (await db.select({ id: users.id }).from(users).limit(1)).length > 0;
}

/**
 * Without a password for somebody whom a company's provider or directory knows. False, and nothing is changed, where the
 * address has an account: another workspace may have made it a moment ago.
 */
export async function insertUser(db: Db, user: UserRow, passwordHash: string | null, now: Date): Promise<boolean> {
  const made = await db
    .insert(users)
    .values({ ...user, emailVerified: false, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (made.length === 0) return false;
  if (passwordHash !== null) await putPassword(db, user.id, passwordHash, now);
  return true;
}

/** The account of this address, made without a password where there is none. */
export async function userFor(db: Db, fresh: UserRow, now: Date): Promise<UserRow> {
  if (await insertUser(db, fresh, null, now)) return fresh;
  const known = await userByEmail(db, fresh.email);
  if (known === null) throw new Error('An account left while it was looked up.');
  return known;
}

async function putPassword(db: Db, userId: string, password: string, now: Date): Promise<void> {
  const values = { id: `${userId}_password`, accountId: userId, providerId: 'credential', userId, password };
  await db
    .insert(credentials)
    .values({ ...values, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({ target: credentials.id, set: { password, updatedAt: now } });
}

export async function userByEmail(db: Db, email: string): Promise<UserRow | null> {
  const [row] = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(eq(users.email, email));
  return row ?? null;
}

export async function userById(db: Db, id: string): Promise<UserRow | null> {
  const [row] = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, id));
  return row ?? null;
}

/** Another password for a user, whose sessions and links for a new one end with the old one. */
export async function replacePassword(db: Db, userId: string, passwordHash: string, now: Date): Promise<void> {
  await putPassword(db, userId, passwordHash, now);
  await db.delete(sessions).where(eq(sessions.userId, userId));
  await dropResets(db, userId);
}

/** Ends a user's open links for a new password. */
export async function dropResets(db: Db, userId: string): Promise<void> {
  await db.delete(passwordResets).where(eq(passwordResets.userId, userId));
}

/** Forgets sessions that have run out. */
export async function sweepSessions(db: Db, userId: string, now: Date): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.userId, userId), sql`${sessions.expiresAt} < ${now.toISOString()}`));
}

export async function insertWorkspace(db: Db, workspace: Workspace, now: Date): Promise<void> {
  await db.insert(workspaces).values({ ...workspace, createdAt: now, updatedAt: now });
}

/** What refers to it goes too. */
export async function deleteWorkspace(db: Db, id: string): Promise<void> {
  await db.delete(workspaces).where(eq(workspaces.id, id));
}

export async function workspaceById(db: Db, id: string): Promise<Workspace | null> {
  const [row] = await db.select(workspaceColumns).from(workspaces).where(eq(workspaces.id, id));
  return row ?? null;
}

export async function workspaceIds(db: Db): Promise<string[]> {
  const rows = await db.select({ id: workspaces.id }).from(workspaces).orderBy(asc(workspaces.id));
  return rows.map((row) => row.id);
}

export async function updateWorkspace(
  db: Db,
  id: string,
  change: Partial<Omit<Workspace, 'id'>>,
  now: Date,
): Promise<Workspace | null> {
  const [row] = await db
    .update(workspaces)
    .set({ ...change, updatedAt: now })
    .where(eq(workspaces.id, id))
    .returning(workspaceColumns);
  return row ?? null;
}

export async function insertMembership(
  db: Db,
  membership: { id: string; workspaceId: string; userId: string; role: Role },
  now: Date,
): Promise<boolean> {
  const made = await db
    .insert(memberships)
    .values({ ...membership, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: memberships.id });
  return made.length === 1;
}

/** A user's place in a workspace, and what else it asks of them before it lets them in. */
export interface MembershipRow {
  readonly workspace: Workspace;
  readonly memberId: string;
  readonly role: Role;
  readonly asksSecondFactor: boolean;
  readonly asksProvider: boolean;
}

function selectMemberships(db: Db) {
  return db
    .select({
      workspace: workspaceColumns,
      memberId: memberships.id,
      role: memberships.role,
      requireTwoFactor: workspaces.requireTwoFactor,
      factorAt: secondFactors.confirmedAt,
      providerRequired: signInProviders.required,
    })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .leftJoin(secondFactors, eq(secondFactors.userId, memberships.userId))
    .leftJoin(signInProviders, eq(signInProviders.workspaceId, memberships.workspaceId));
}

type SelectedMembership = Awaited<ReturnType<typeof selectMemberships>>[number];

function membershipRow(row: SelectedMembership): MembershipRow {
  const { workspace, memberId } = row;
  return {
    workspace,
    memberId,
    role: role.parse(row.role),
    asksSecondFactor: row.requireTwoFactor && row.factorAt === null,
    // Owners keep a way in when the provider is away.
    asksProvider: row.providerRequired === true && row.role !== 'owner',
  };
}

/** The one they joined first stands first: it is where a new browser begins, and no demo company that was opened later. */
export async function membershipsOf(db: Db, userId: string): Promise<MembershipRow[]> {
  const rows = await selectMemberships(db)
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.createdAt), asc(workspaces.id));
  return rows.map(membershipRow);
}

export async function membership(db: Db, userId: string, workspaceId: string): Promise<MembershipRow | null> {
  const [row] = await selectMemberships(db).where(
    and(eq(memberships.userId, userId), eq(memberships.workspaceId, workspaceId)),
  );
  return row === undefined ? null : membershipRow(row);
}

export async function members(db: Db, workspaceId: string): Promise<MemberRow[]> {
  const rows = await db
    .select({
      id: memberships.id,
      userId: users.id,
      email: users.email,
      name: users.name,
      role: memberships.role,
      createdAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.workspaceId, workspaceId))
    .orderBy(asc(memberships.createdAt), asc(memberships.id));
  return rows.map((row) => ({ ...row, role: role.parse(row.role) }));
}

/** Who joined since a moment. Whoever opened the workspace was there from its beginning. */
export async function joinedSince(
  db: Db,
  workspaceId: string,
  since: Date,
): Promise<Pick<MemberRow, 'id' | 'userId' | 'name' | 'createdAt'>[]> {
  const { id, userId, createdAt } = memberships;
  return db
    .select({ id, userId, name: users.name, createdAt })
    .from(memberships)
    .innerJoin(users, eq(users.id, userId))
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(and(eq(memberships.workspaceId, workspaceId), gte(createdAt, since), gt(createdAt, workspaces.createdAt)))
    .orderBy(asc(createdAt), asc(id));
}

/** Locks the workspace's row, so that changes of its members happen one after the other. */
export async function lockMembers(tx: Db, workspaceId: string): Promise<void> {
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for('update');
}

export async function setRole(db: Db, workspaceId: string, memberId: string, to: Role): Promise<void> {
  await db
    .update(memberships)
    .set({ role: to })
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.id, memberId)));
}

export async function deleteMember(db: Db, workspaceId: string, memberId: string): Promise<void> {
  await db.delete(memberships).where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.id, memberId)));
}
