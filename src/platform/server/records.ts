import { and, eq, lt } from 'drizzle-orm';
import type { Records } from '../stores/ports.ts';
import { idempotentAnswers } from './tables.ts';

export interface AnswerId {
  readonly owner: string;
  readonly keyHash: string;
}

export interface KeptAnswer {
  readonly requestHash: string;
  readonly status: number | null;
  readonly sealed: Buffer | null;
  readonly createdAt: Date;
}

const at = (id: AnswerId) => and(eq(idempotentAnswers.owner, id.owner), eq(idempotentAnswers.keyHash, id.keyHash));

/** True when this is the first request with that key; it is now under way. Forgets what is older than `forgetBefore`. */
export async function claimAnswer(
  records: Records,
  id: AnswerId,
  requestHash: string,
  now: Date,
  forgetBefore: Date,
): Promise<boolean> {
  await records.db
    .delete(idempotentAnswers)
    .where(and(eq(idempotentAnswers.owner, id.owner), lt(idempotentAnswers.createdAt, forgetBefore)));
  const made = await records.db
    .insert(idempotentAnswers)
    .values({ ...id, requestHash, createdAt: now })
    .onConflictDoNothing()
    .returning({ owner: idempotentAnswers.owner });
  return made.length === 1;
}

export async function keptAnswer(records: Records, id: AnswerId): Promise<KeptAnswer | null> {
  const [row] = await records.db.select().from(idempotentAnswers).where(at(id));
  return row ?? null;
}

export async function keepAnswer(records: Records, id: AnswerId, status: number, sealed: Buffer): Promise<void> {
  await records.db.update(idempotentAnswers).set({ status, sealed }).where(at(id));
}

export async function dropAnswer(records: Records, id: AnswerId): Promise<void> {
  await records.db.delete(idempotentAnswers).where(at(id));
}
