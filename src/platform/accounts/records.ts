import { and, desc, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import type { Db } from '../stores/ports.ts';
import { credentials, passwordResets, recoveryCodes, secondFactors, sessions } from '../workspaces/tables.ts';

export interface SessionRow {
  readonly id: string;
  readonly userAgent: string | null;
  readonly workspaceId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function sessionsOf(db: Db, userId: string, now: Date): Promise<SessionRow[]> {
  const { id, userAgent, workspaceId, createdAt, expiresAt } = sessions;
  return db
    .select({ id, userAgent, workspaceId, createdAt, expiresAt })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(expiresAt, now)))
    .orderBy(desc(createdAt), desc(id));
}

/** True when it was there. */
export async function endSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const gone = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });
  return gone.length === 1;
}

export async function endSessionByToken(db: Db, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.token, token));
}

export async function endOtherSessions(db: Db, userId: string, keptId: string): Promise<number> {
  const gone = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.id, keptId)))
    .returning({ id: sessions.id });
  return gone.length;
}

export async function passwordHashOf(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ password: credentials.password })
    .from(credentials)
    .where(and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential')));
  return row?.password ?? null;
}

/** Keeps one; earlier ones of that user, and all that are past their time, are gone. */
export async function putReset(db: Db, reset: { tokenHash: string; userId: string; expiresAt: Date }, now: Date) {
  await db.delete(passwordResets).where(eq(passwordResets.userId, reset.userId));
  await db.delete(passwordResets).where(lt(passwordResets.expiresAt, now));
  await db.insert(passwordResets).values(reset);
}

/** Takes it: the user's id for the one caller that did, while it is open. */
export async function takeReset(db: Db, tokenHash: string, now: Date): Promise<string | null> {
  const [row] = await db
    .delete(passwordResets)
    .where(and(eq(passwordResets.tokenHash, tokenHash), gt(passwordResets.expiresAt, now)))
    .returning({ userId: passwordResets.userId });
  return row?.userId ?? null;
}

export interface FactorRow {
  readonly userId: string;
  readonly sealed: string;
  readonly confirmedAt: Date | null;
  readonly lastStep: number;
}

export async function factorOf(db: Db, userId: string): Promise<FactorRow | null> {
  const [row] = await db.select().from(secondFactors).where(eq(secondFactors.userId, userId));
  return row ?? null;
}

/** Begins anew; one that is confirmed stays: false. */
export async function putFactor(db: Db, userId: string, sealed: string): Promise<boolean> {
  const put = await db
    .insert(secondFactors)
    .values({ userId, sealed })
    .onConflictDoUpdate({
      target: secondFactors.userId,
      set: { sealed, lastStep: 0 },
      setWhere: isNull(secondFactors.confirmedAt),
    })
    .returning({ userId: secondFactors.userId });
  return put.length === 1;
}

/** Takes a step that was not taken yet: false for whoever comes second with the same code. */
export async function takeStep(db: Db, userId: string, step: number): Promise<boolean> {
  const taken = await db
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(eq(secondFactors.userId, userId), lt(secondFactors.lastStep, step)))
    .returning({ userId: secondFactors.userId });
  return taken.length === 1;
}

export async function confirmFactor(db: Db, userId: string, now: Date): Promise<void> {
  await db.update(secondFactors).set({ confirmedAt: now }).where(eq(secondFactors.userId, userId));
}

export async function dropFactor(db: Db, userId: string): Promise<void> {
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await db.delete(secondFactors).where(eq(secondFactors.userId, userId));
}

export async function allFactors(db: Db): Promise<FactorRow[]> {
  return db.select().from(secondFactors);
}

export async function resealFactor(db: Db, userId: string, sealed: string): Promise<void> {
  await db.update(secondFactors).set({ sealed }).where(eq(secondFactors.userId, userId));
}

export async function putRecoveryCodes(db: Db, userId: string, hashes: readonly string[]): Promise<void> {
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await db.insert(recoveryCodes).values(hashes.map((hash) => ({ userId, hash })));
}

export async function recoveryCodesLeft(db: Db, userId: string): Promise<number> {
  return (await db.select({ hash: recoveryCodes.hash }).from(recoveryCodes).where(eq(recoveryCodes.userId, userId)))
    .length;
}

/** True for the one caller that used it. */
export async function takeRecoveryCode(db: Db, userId: string, hash: string): Promise<boolean> {
  const gone = await db
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, hash)))
    .returning({ hash: recoveryCodes.hash });
  return gone.length === 1;
}
