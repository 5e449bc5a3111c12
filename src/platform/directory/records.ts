import { and, eq, sql } from 'drizzle-orm';
import type { Role } from '../kernel/permissions.ts';
import type { Db } from '../stores/ports.ts';
import { role } from '../workspaces/contract.ts';
import { credentials, memberships, scimTokens, sessions, signInProviders, users, workspaces } from '../workspaces/tables.ts'; // prettier-ignore

export interface ProviderRow {
  readonly workspaceId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly sealedSecret: string;
  readonly domains: string[];
  readonly newRole: Role | null;
  readonly required: boolean;
}

function providerRow(row: typeof signInProviders.$inferSelect): ProviderRow {
  return { ...row, newRole: row.newRole === null ? null : role.parse(row.newRole) };
}

export async function providerOf(db: Db, workspaceId: string): Promise<ProviderRow | null> {
  const [row] = await db.select().from(signInProviders).where(eq(signInProviders.workspaceId, workspaceId));
  return row === undefined ? null : providerRow(row);
}

export async function allProviders(db: Db): Promise<ProviderRow[]> {
  return (await db.select().from(signInProviders)).map(providerRow);
}

export async function putProvider(db: Db, provider: ProviderRow, now: Date): Promise<void> {
  const { workspaceId, ...set } = { ...provider, updatedAt: now };
  await db
    .insert(signInProviders)
    .values({ workspaceId, ...set })
    .onConflictDoUpdate({ target: signInProviders.workspaceId, set });
}

/** Takes it away, and the sessions it opened. */
export async function dropProvider(db: Db, workspaceId: string): Promise<void> {
  await db.delete(signInProviders).where(eq(signInProviders.workspaceId, workspaceId));
  await endProvidedSessions(db, workspaceId);
}

/** Ends what this workspace's provider opened. */
export async function endProvidedSessions(db: Db, workspaceId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.workspaceId, workspaceId));
}

export async function requiresTwoFactor(db: Db, workspaceId: string): Promise<boolean> {
  const [row] = await db
    .select({ required: workspaces.requireTwoFactor })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return row?.required ?? false;
}

export async function requireTwoFactor(db: Db, workspaceId: string, required: boolean): Promise<void> {
  await db.update(workspaces).set({ requireTwoFactor: required }).where(eq(workspaces.id, workspaceId));
}

/** Whom a provider calls by this subject. */
export async function userBySubject(db: Db, providerId: string, subject: string) {
  const [row] = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(credentials)
    .innerJoin(users, eq(users.id, credentials.userId))
    .where(and(eq(credentials.providerId, providerId), eq(credentials.accountId, subject)));
  return row ?? null;
}

/** Whether a user was ever linked with a provider whose id begins so. */
export async function isLinked(db: Db, userId: string, prefix: string): Promise<boolean> {
  const { id, userId: ofUser, providerId } = credentials;
  const fits = and(eq(ofUser, userId), sql`starts_with(${providerId}, ${prefix})`);
  return (await db.select({ id }).from(credentials).where(fits).limit(1)).length > 0;
}

export async function linkSubject(
  db: Db,
  link: { id: string; providerId: string; accountId: string; userId: string },
  now: Date,
): Promise<void> {
  await db.insert(credentials).values({ ...link, createdAt: now, updatedAt: now });
}

/** Who left: what this workspace's provider opened ends, and where no other workspace lets them in, every session. */
export async function endSessions(db: Db, workspaceId: string, userId: string): Promise<void> {
  const [other] = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .limit(1);
  const opened = other === undefined ? undefined : eq(sessions.workspaceId, workspaceId);
  await db.delete(sessions).where(and(eq(sessions.userId, userId), opened));
}

export async function membershipOf(db: Db, workspaceId: string, userId: string) {
  const [row] = await db
    .select({ id: memberships.id, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)));
  return row === undefined ? null : { id: row.id, role: role.parse(row.role) };
}

export async function scimTokenOf(db: Db, workspaceId: string) {
  const [row] = await db.select().from(scimTokens).where(eq(scimTokens.workspaceId, workspaceId));
  return row ?? null;
}

export async function putScimToken(db: Db, workspaceId: string, hash: string, now: Date): Promise<void> {
  const set = { hash, createdAt: now, lastUsedAt: null };
  await db
    .insert(scimTokens)
    .values({ workspaceId, ...set })
    .onConflictDoUpdate({ target: scimTokens.workspaceId, set });
}

export async function dropScimToken(db: Db, workspaceId: string): Promise<void> {
  await db.delete(scimTokens).where(eq(scimTokens.workspaceId, workspaceId));
}

export async function workspaceOfScimToken(db: Db, hash: string): Promise<string | null> {
  const [row] = await db
    .select({ workspaceId: scimTokens.workspaceId })
    .from(scimTokens)
    .where(eq(scimTokens.hash, hash));
  return row?.workspaceId ?? null;
}

export async function touchScimToken(db: Db, workspaceId: string, now: Date): Promise<void> {
  await db.update(scimTokens).set({ lastUsedAt: now }).where(eq(scimTokens.workspaceId, workspaceId));
}
