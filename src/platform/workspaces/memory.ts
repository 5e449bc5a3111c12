import type { House } from '../house/house.ts';
import type { Workspace } from '../kernel/context.ts';
import { RateLimiter } from '../kernel/rate-limit.ts';
import { openAuth, type Auth } from './auth.ts';
import type { KeyRow } from './key-records.ts';

export interface Remembered<T> {
  readonly value: T;
  readonly until: number;
}

/** A secret key that stands. */
export interface StandingKey {
  readonly key: KeyRow;
  readonly workspace: Workspace;
}

const FRESH_MS = 5_000;
const REMEMBERED = 10_000;

/** What this capability keeps in the memory of one running house. */
export interface Memory {
  readonly auth: () => Promise<Auth>;
  /** By write key; null for one that is not known. Refreshed after five seconds: other processes revoke as well. */
  readonly writeKeys: Map<string, Remembered<Workspace | null>>;
  /** By the hash of a secret key, for as long. */
  readonly secretKeys: Map<string, Remembered<StandingKey | null>>;
  readonly workspaces: Map<string, Remembered<Workspace | null>>;
  /** By id of a secret key: when its last use was last written down. */
  readonly touched: Map<string, number>;
  readonly signIns: RateLimiter;
  /** By the address they came from. */
  readonly wrongKeys: RateLimiter;
  /** Counts changes: what was read before one is not remembered after it. */
  changes: number;
}

const memories = new WeakMap<House, Memory>();

export function memoryOf(house: House): Memory {
  const known = memories.get(house);
  if (known !== undefined) return known;
  let auth: Promise<Auth> | undefined;
  const open = (): Promise<Auth> => {
    auth ??= openAuth(house).catch((error: unknown) => {
      auth = undefined;
      throw error;
    });
    return auth;
  };
  const memory: Memory = {
    auth: open,
    writeKeys: new Map(),
    secretKeys: new Map(),
    workspaces: new Map(),
    touched: new Map(),
    signIns: new RateLimiter(house.clock),
    wrongKeys: new RateLimiter(house.clock),
    changes: 0,
  };
  memories.set(house, memory);
  return memory;
}

/** Forgets what is known of a workspace and its keys: it has changed. */
export function forgetWorkspace(house: House, workspaceId: string): void {
  const memory = memoryOf(house);
  const { workspaces, writeKeys, secretKeys } = memory;
  memory.changes++;
  workspaces.delete(workspaceId);
  for (const [key, known] of writeKeys) if (known.value?.id === workspaceId) writeKeys.delete(key);
  for (const [hash, known] of secretKeys) if (known.value?.workspace.id === workspaceId) secretKeys.delete(hash);
}

/**
 * What `look` finds, at most five seconds old. `kept` is a part of this memory; what was looked up while something
 * changed is not kept.
 */
export async function remembered<T>(
  house: House,
  kept: Map<string, Remembered<T>>,
  name: string,
  look: () => Promise<T>,
): Promise<T> {
  const known = held(house, kept, name);
  if (known !== undefined) return known;
  const memory = memoryOf(house);
  const { changes } = memory;
  const until = house.clock.now().getTime() + FRESH_MS;
  const value = await look();
  if (memory.changes !== changes) return value;
  if (kept.size >= REMEMBERED) kept.clear();
  kept.set(name, { value, until });
  return value;
}

/** What is known without looking; undefined where it has to be looked up. */
export function held<T>(house: House, kept: ReadonlyMap<string, Remembered<T>>, name: string): T | undefined {
  const known = kept.get(name);
  return known === undefined || known.until <= house.clock.now().getTime() ? undefined : known.value;
}
