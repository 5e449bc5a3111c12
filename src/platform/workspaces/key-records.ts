import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Workspace } from '../kernel/context.ts';
import type { Db } from '../stores/ports.ts';
import { scope } from './checks.ts';
import type { KeyKind } from './keys.ts';
import { workspaceColumns } from './records.ts';
import { apiKeys, workspaces } from './tables.ts';

export interface KeyRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: KeyKind;
  readonly name: string;
  readonly shown: string;
  readonly scopes: z.infer<typeof scope>[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

function keyRow(row: typeof apiKeys.$inferSelect): KeyRow {
  const { id, workspaceId, name, shown, createdAt, lastUsedAt, revokedAt } = row;
  const kind = row.kind === 'write' ? 'write' : 'secret';
  return {
    id,
    workspaceId,
    kind,
    name,
    shown,
    scopes: z.array(scope).parse(row.scopes),
    createdAt,
    lastUsedAt,
    revokedAt,
  };
}

export async function insertKey(
  db: Db,
  key: Pick<KeyRow, 'id' | 'workspaceId' | 'kind' | 'name' | 'shown' | 'scopes'> & { hash: string; createdBy: string },
  now: Date,
): Promise<KeyRow> {
  const [row] = await db
    .insert(apiKeys)
    .values({ ...key, createdAt: now })
    .returning();
  if (row === undefined) throw new Error('A key was not stored.');
  return keyRow(row);
}

export async function keysOf(db: Db, workspaceId: string): Promise<KeyRow[]> {
  const rows = await db
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.workspaceId, workspaceId))
    .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
  return rows.map(keyRow);
}

/** The key with this hash, if it stands, with its workspace. */
export async function standingKey(
  db: Db,
  hash: string,
  kind: KeyKind,
): Promise<{ key: KeyRow; workspace: Workspace } | null> {
  const [row] = await db
    .select({ key: apiKeys, workspace: workspaceColumns })
    .from(apiKeys)
    .innerJoin(workspaces, eq(workspaces.id, apiKeys.workspaceId))
    .where(and(eq(apiKeys.hash, hash), eq(apiKeys.kind, kind), isNull(apiKeys.revokedAt)));
  return row === undefined ? null : { key: keyRow(row.key), workspace: row.workspace };
}

export async function touchKey(db: Db, keyId: string, now: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, keyId));
}

/** The hash of the key that was revoked; null where the workspace has no such key. Twice is as once. */
export async function revokeKey(db: Db, workspaceId: string, keyId: string, now: Date): Promise<string | null> {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${now.toISOString()}::timestamptz)` })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, keyId)))
    .returning({ hash: apiKeys.hash });
  return row?.hash ?? null;
}
