import type { House } from '../house/house.ts';
import type { Workspace } from '../kernel/context.ts';
import { RateLimiter } from '../kernel/rate-limit.ts';
import { openAuth, type Auth } from './auth.ts';

interface Remembered {
  readonly value: Workspace | null;
  readonly until: number;
}

/** What this capability keeps in the memory of one running house. */
export interface Memory {
  readonly auth: () => Promise<Auth>;
  /** By write key; null for one that is not known. Refreshed after five seconds: other processes revoke as well. */
  readonly writeKeys: Map<string, Remembered>;
  readonly workspaces: Map<string, Remembered>;
  /** By id of a secret key: when its last use was last written down. */
  readonly touched: Map<string, number>;
  readonly signIns: RateLimiter;
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
    workspaces: new Map(),
    touched: new Map(),
    signIns: new RateLimiter(house.clock),
    changes: 0,
  };
  memories.set(house, memory);
  return memory;
}

/** Forgets what is known of a workspace and its keys: it has changed. */
export function forgetWorkspace(house: House, workspaceId: string): void {
  const memory = memoryOf(house);
  const { workspaces, writeKeys } = memory;
  memory.changes++;
  workspaces.delete(workspaceId);
  for (const [key, known] of writeKeys) if (known.value?.id === workspaceId) writeKeys.delete(key);
}
