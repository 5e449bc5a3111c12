import { eq, sql } from 'drizzle-orm';
import type { Db, Records } from './ports.ts';
import { openUnits } from './tables.ts';

/**
 * Some work writes to both stores and counts on finishing what it began by the tokens of its inserts: a batch of the
 * journal, a chunk of a file. A backup is taken between such units, never amid one, for tokens are not restored.
 */
const LOCK = 7_310_427;

/** What this transaction does in both stores is a unit: a backup waits for its end, and it waits for a backup's beginning. */
export async function holdUnit(tx: Db): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
}

/** The moment between all units: none begins while this transaction lasts. Waits for those that are under way. */
export async function betweenUnits(tx: Db, timeoutMs: number): Promise<void> {
  await tx.execute(sql.raw(`SET LOCAL lock_timeout = ${Math.trunc(timeoutMs)}`));
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
}

/**
 * Does a unit that is known by name until it is done: one that was cut off stays written down, and no backup is taken
 * until the same name has been brought to its end, or `forgetUnit` says that nobody will.
 */
export function unit<T>(records: Records, name: string, work: () => Promise<T>): Promise<T> {
  return records.transaction(async (tx) => {
    await holdUnit(tx);
    // Outside the transaction: it has to stand when this process is gone.
    await records.db.insert(openUnits).values({ name }).onConflictDoNothing();
    const done = await work();
    await tx.delete(openUnits).where(eq(openUnits.name, name));
    return done;
  });
}

/** Whether this unit has begun and not come to its end. */
export async function isUnitOpen(db: Db, name: string): Promise<boolean> {
  const found = await db.select().from(openUnits).where(eq(openUnits.name, name));
  return found.length > 0;
}

/** The names of all units that have begun and not come to their end: those under way, and the few that were cut off. */
export async function openNames(db: Db): Promise<ReadonlySet<string>> {
  const found = await db.select().from(openUnits);
  return new Set(found.map(({ name }) => name));
}

/** Nobody goes on with this unit: what it left is as it shall be. */
export async function forgetUnit(db: Db, name: string): Promise<void> {
  await db.delete(openUnits).where(eq(openUnits.name, name));
}
