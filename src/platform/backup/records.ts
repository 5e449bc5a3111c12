import { desc, eq, ne, and } from 'drizzle-orm';
import type { Db } from '../stores/ports.ts';
import { backups } from './tables.ts';

export type BackupRow = typeof backups.$inferSelect;

export async function insertBackup(db: Db, name: string, startedAt: Date): Promise<void> {
  await db.insert(backups).values({ name, state: 'running', startedAt });
}

export async function updateBackup(
  db: Db,
  name: string,
  how: Pick<BackupRow, 'state' | 'finishedAt'> & Partial<Pick<BackupRow, 'bytes' | 'problem'>>,
): Promise<void> {
  await db.update(backups).set(how).where(eq(backups.name, name));
}

/** What a killed process left as running has failed: two are never taken at once. */
export async function failOthers(db: Db, name: string, problem: string, at: Date): Promise<void> {
  await db
    .update(backups)
    .set({ state: 'failed', problem, finishedAt: at })
    .where(and(eq(backups.state, 'running'), ne(backups.name, name)));
}

export async function selectBackups(db: Db, limit: number): Promise<BackupRow[]> {
  return db.select().from(backups).orderBy(desc(backups.startedAt), desc(backups.name)).limit(limit);
}
