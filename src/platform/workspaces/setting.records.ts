import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../stores/ports.ts';
import { userSettings, workspaceSettings } from './tables.ts';

/** As it was put; undefined where nothing was. */
export async function settingOf(db: Db, workspaceId: string, name: string): Promise<unknown> {
  const { workspaceId: ofWorkspace, name: called, value } = workspaceSettings;
  const [row] = await db
    .select({ value })
    .from(workspaceSettings)
    .where(and(eq(ofWorkspace, workspaceId), eq(called, name)));
  return row?.value;
}

/** Whoever else changes it waits until this transaction ends. `of`: a workspace or a user. */
export async function lockSetting(tx: Db, of: string, name: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('setting'), hashtext(${`${of} ${name}`}))`);
}

export async function putSetting(tx: Db, row: typeof workspaceSettings.$inferInsert): Promise<void> {
  const { value, updatedAt } = row;
  await tx
    .insert(workspaceSettings)
    .values(row)
    .onConflictDoUpdate({
      target: [workspaceSettings.workspaceId, workspaceSettings.name],
      set: { value, updatedAt },
    });
}

/** As a user put it; undefined where nothing was. */
export async function userSettingOf(db: Db, userId: string, name: string): Promise<unknown> {
  const [row] = await db
    .select({ value: userSettings.value })
    .from(userSettings)
    .where(and(eq(userSettings.userId, userId), eq(userSettings.name, name)));
  return row?.value;
}

export async function putUserSetting(tx: Db, row: typeof userSettings.$inferInsert): Promise<void> {
  const { value, updatedAt } = row;
  await tx
    .insert(userSettings)
    .values(row)
    .onConflictDoUpdate({ target: [userSettings.userId, userSettings.name], set: { value, updatedAt } });
}
