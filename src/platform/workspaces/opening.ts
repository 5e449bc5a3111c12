import { hashPassword } from 'better-auth/crypto';
import type { House } from '../house/house.ts';
import type { Workspace } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { KEY_SCOPES } from '../kernel/permissions.ts';
import { Problem } from '../kernel/problem.ts';
import type { Db } from '../stores/ports.ts';
import { workspaceCreated } from './events.ts';
import { freshKey, type KeyKind } from './keys.ts';
import { forgetWorkspace } from './memory.ts';
import * as records from './records.ts';
import * as keys from './key-records.ts';
import type { KeyRow } from './key-records.ts';

export interface CreatedWorkspace {
  readonly workspace: Workspace;
  /** Its first write key. */
  readonly writeKey: string;
}

export interface SetUp {
  readonly company: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly zone: string;
  readonly currency: string;
  readonly locale: string;
  /** Also a secret key with every scope, for whoever sets up without a browser. */
  readonly withSecretKey?: boolean;
}

export interface MadeSetUp extends CreatedWorkspace {
  readonly userId: string;
  readonly secretKey: string | null;
}

const COMMAND_LINE_KEY = { kind: 'secret', name: 'Command line', scopes: KEY_SCOPES } as const;

/** Opens a workspace with its first write key and, where given, its owner. Values are checked before. */
export function createWorkspace(
  house: House,
  values: Omit<Workspace, 'id'> & { readonly ownerId?: string },
): Promise<CreatedWorkspace> {
  return house.records.transaction((tx) => open(house, tx, values));
}

/**
 * The first owner and workspace, in one transaction. Throws Problem `conflict` once anybody exists: of two that come
 * at once, one wins.
 */
export async function setUp(house: House, values: SetUp): Promise<MadeSetUp> {
  const passwordHash = await hashPassword(values.password);
  return house.records.transaction(async (tx) => {
    await records.lockSetup(tx);
    if (await records.anyUser(tx)) {
      throw new Problem('conflict', 'This installation is set up already.', {
        mend: 'Sign in.',
        code: 'set-up-already',
      });
    }
    const userId = newId('user', house.clock);
    const { name, email, zone, currency, locale } = values;
    await records.insertUser(tx, { id: userId, name, email }, passwordHash, house.clock.now());
    const created = await open(house, tx, { name: values.company, zone, currency, locale, ownerId: userId });
    const secret =
      values.withSecretKey === true
        ? await insertFreshKey(house, tx, created.workspace.id, COMMAND_LINE_KEY, userId)
        : undefined;
    return { ...created, userId, secretKey: secret?.key ?? null };
  });
}

/**
 * Closes a workspace for good: its members, keys, invitations and settings go with it. What it holds among the facts is the
 * caller's to take away before.
 */
export async function closeWorkspace(house: House, workspaceId: string): Promise<void> {
  await records.deleteWorkspace(house.records.db, workspaceId);
  forgetWorkspace(house, workspaceId);
}

async function open(
  house: House,
  tx: Db,
  values: Omit<Workspace, 'id'> & { readonly ownerId?: string },
): Promise<CreatedWorkspace> {
  const { ownerId, name, zone, currency, locale } = values;
  const workspace = { id: newId('workspace', house.clock), name, zone, currency, locale };
  const now = house.clock.now();
  await records.insertWorkspace(tx, workspace, now);
  if (ownerId !== undefined) {
    const id = newId('member', house.clock);
    await records.insertMembership(tx, { id, workspaceId: workspace.id, userId: ownerId, role: 'owner' }, now);
  }
  const { key } = await insertFreshKey(
    house,
    tx,
    workspace.id,
    { kind: 'write', name: 'Website' },
    ownerId ?? 'nobody',
  );
  await house.events.publish(workspaceCreated, { workspaceId: workspace.id }, { tx });
  return { workspace, writeKey: key };
}

/** Makes a key. The answer is the only place where a secret one ever stands whole. */
export function createKey(
  house: House,
  workspaceId: string,
  values: { readonly kind: KeyKind; readonly name: string; readonly scopes?: KeyRow['scopes'] },
  createdBy: string,
): Promise<{ readonly key: string; readonly row: KeyRow }> {
  return insertFreshKey(house, house.records.db, workspaceId, values, createdBy);
}

async function insertFreshKey(
  house: House,
  db: Db,
  workspaceId: string,
  values: { readonly kind: KeyKind; readonly name: string; readonly scopes?: KeyRow['scopes'] },
  createdBy: string,
): Promise<{ readonly key: string; readonly row: KeyRow }> {
  const { key, shown, hash } = freshKey(values.kind);
  const { kind, name, scopes = [] } = values;
  const id = newId('key', house.clock);
  const row = await keys.insertKey(
    db,
    { id, workspaceId, kind, name, shown, hash, scopes, createdBy },
    house.clock.now(),
  );
  return { key, row };
}

/** Revokes a key: refused at once by this process, within five seconds by others. False where there is none. */
export async function revokeKey(house: House, workspaceId: string, keyId: string): Promise<boolean> {
  const hash = await keys.revokeKey(house.records.db, workspaceId, keyId, house.clock.now());
  forgetWorkspace(house, workspaceId);
  return hash !== null;
}
