import type { House } from '../house/house.ts';
import type { SessionMark, Workspace } from '../kernel/context.ts';
import type { Permission, Role } from '../kernel/permissions.ts';
import { Problem } from '../kernel/problem.ts';
import { bearerKey, hashOf } from './keys.ts';
import { held, memoryOf, remembered } from './memory.ts';
import { standingKey, touchKey } from './key-records.ts';
import * as records from './records.ts';
import { WRITE_KEY_PREFIX } from './vocabulary.ts';

export { changeWorkspace } from './changing.ts';
export { closeWorkspace, createKey, createWorkspace, setUp } from './opening.ts';
export { setPassword } from './sessions.ts';
export { changeSetting, readSetting, readUserSetting, sayUserSetting, type Setting } from './settings.ts';
import { barredBy } from './sessions.ts';
export type { CreatedWorkspace, MadeSetUp, SetUp } from './opening.ts';

/** Who sent a request, before a workspace is asked for. */
export type Identified =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'user'; readonly userId: string; readonly email: string; readonly session: SessionMark }
  | {
      readonly kind: 'key';
      readonly keyId: string;
      readonly name: string;
      readonly workspace: Workspace;
      readonly scopes: ReadonlySet<Permission>;
    };

const TOUCHED_MS = 60_000;
/** A program that was not told of a new key tries on; nobody types keys. */
const WRONG_KEYS_A_MINUTE = 300;

/** By secret key, or by a session's cookie. Credentials that are wrong or revoked make nobody. */
export async function identify(house: House, headers: Headers): Promise<Identified> {
  if (headers.has('authorization')) return byKey(house, bearerKey(headers));
  if (!headers.has('cookie')) return { kind: 'nobody' };
  const auth = await memoryOf(house).auth();
  const session = await auth.api.getSession({ headers });
  if (session === null) return { kind: 'nobody' };
  const mark = { id: session.session.id, workspaceId: session.session.workspaceId ?? null };
  return { kind: 'user', userId: session.user.id, email: session.user.email, session: mark };
}

async function byKey(house: House, key: string | undefined): Promise<Identified> {
  if (key === undefined) return { kind: 'nobody' };
  const hash = hashOf(key);
  const { secretKeys, touched } = memoryOf(house);
  const found = await remembered(house, secretKeys, hash, () => standingKey(house.records.db, hash, 'secret'));
  if (found === null) return { kind: 'nobody' };
  const now = house.clock.now();
  if (now.getTime() - (touched.get(found.key.id) ?? 0) >= TOUCHED_MS) {
    touched.set(found.key.id, now.getTime());
    await touchKey(house.records.db, found.key.id, now);
  }
  const { id, name, scopes } = found.key;
  return { kind: 'key', keyId: id, name, workspace: found.workspace, scopes: new Set(scopes) };
}

/**
 * Told of every key, token or other authorization that opened nothing. Throws Problem `too-many-requests` when too many
 * came from that address within a minute; what is right is never counted, so that it goes on beside them.
 * @param address as the server believes it, proxies looked through
 */
export function countWrongKey(house: House, address: string): void {
  const waitSeconds = memoryOf(house).wrongKeys.take(address, WRONG_KEYS_A_MINUTE);
  if (waitSeconds === 0) return;
  throw new Problem('too-many-requests', 'Too many wrong keys came from this address.', {
    mend: `Check the key, and wait ${waitSeconds} s.`,
    retryAfterSeconds: waitSeconds,
    code: 'too-often',
    values: { seconds: waitSeconds },
  });
}

/** What a session lacks to be let into a workspace. */
export type Barred = 'two-factor' | 'provider';

/** A user's place in a workspace, and what bars it; null for a workspace that is not theirs, or not this session's. */
export async function findMembership(
  house: House,
  userId: string,
  session: SessionMark,
  workspaceId: string,
): Promise<{
  readonly workspace: Workspace;
  readonly memberId: string;
  readonly role: Role;
  readonly barred: Barred | null;
} | null> {
  if (session.workspaceId !== null && session.workspaceId !== workspaceId) return null;
  const found = await records.membership(house.records.db, userId, workspaceId);
  return found === null ? null : { ...found, barred: barredBy(found, session) };
}

/** A workspace by its id, fresh from the store; for threads that have no house. */
export function readWorkspace(house: Pick<House, 'records'>, workspaceId: string): Promise<Workspace | null> {
  return records.workspaceById(house.records.db, workspaceId);
}

/** A workspace by its id, at most five seconds old; null where there is none. */
export function findWorkspace(house: House, workspaceId: string): Promise<Workspace | null> {
  return remembered(house, memoryOf(house).workspaces, workspaceId, () =>
    records.workspaceById(house.records.db, workspaceId),
  );
}

/**
 * The workspace that a write key writes to; null when it is unknown or revoked. Held in memory for five seconds (the
 * hot path of ingest); a key revoked by this process is refused at once.
 */
export function workspaceOfWriteKey(house: House, key: string): Promise<Workspace | null> {
  if (!key.startsWith(WRITE_KEY_PREFIX)) return Promise.resolve(null);
  return remembered(house, memoryOf(house).writeKeys, key, async () => {
    const found = await standingKey(house.records.db, hashOf(key), 'write');
    return found === null ? null : found.workspace;
  });
}

/** The same where it is held already, without waiting; undefined where it has to be asked for. */
export function heldWorkspaceOfWriteKey(house: House, key: string): Workspace | undefined {
  return held(house, memoryOf(house).writeKeys, key) ?? undefined;
}

/** What the members of a workspace are called, by member id. */
export async function memberNames(house: Pick<House, 'records'>, workspaceId: string): Promise<Map<string, string>> {
  const listed = await records.members(house.records.db, workspaceId);
  return new Map(listed.map(({ id, name }) => [id, name]));
}

/** All workspaces, by id in order. */
export function allWorkspaces(house: Pick<House, 'records'>): Promise<string[]> {
  return records.workspaceIds(house.records.db);
}

/** The workspaces of a user, by id. */
export async function workspacesOf(house: House, userId: string): Promise<string[]> {
  return (await records.membershipsOf(house.records.db, userId)).map((m) => m.workspace.id);
}
