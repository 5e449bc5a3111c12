import type { Records } from '../../platform/stores/ports.ts';
import type { PeopleHouse } from './shapes.ts';

/** So long at most is anything remembered: an identity that was used lately is among the facts, and none other is deleted. */
const MEMORY_MS = 12 * 3_600_000;

/**
 * Keeps at least as many of the most recently used entries as its capacity says, and at most twice as many: in two
 * generations, of which the older goes when the younger is full. Putting an entry to the end at each use would cost more.
 * Entries lie in groups, so that no text has to be put together for each look-up.
 */
export class Recent<V> {
  #young = new Map<string, Map<string, V>>();
  #old = new Map<string, Map<string, V>>();
  #size = 0;

  constructor(readonly capacity: number) {}

  get(group: string, key: string): V | undefined {
    const young = this.#young.get(group)?.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(group)?.get(key);
    if (old !== undefined) this.set(group, key, old);
    return old;
  }

  set(group: string, key: string, value: V): void {
    let entries = this.#young.get(group);
    if (entries === undefined) this.#young.set(group, (entries = new Map()));
    const before = entries.size;
    entries.set(key, value);
    this.#size += entries.size - before;
    if (this.#size < this.capacity) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#size = 0;
  }
}

/** What one process remembers of a store: only what never changes again. */
export interface PeopleMemory {
  /** In a group for each workspace, source and kind: numbers by values as they were passed, once the source is noted as having named them. */
  readonly numbers: Recent<number>;
  /** In a group for each workspace and source: links that need no second look, since they hold or a member parted them. */
  readonly settled: Recent<true>;
}

const memories = new WeakMap<Records, PeopleMemory & { readonly sinceMs: number }>();

export function memoryOf({ records, clock }: Pick<PeopleHouse, 'records' | 'clock'>): PeopleMemory {
  const nowMs = clock.now().getTime();
  const kept = memories.get(records);
  if (kept !== undefined && Math.abs(nowMs - kept.sinceMs) < MEMORY_MS) return kept;
  const made = { numbers: new Recent<number>(200_000), settled: new Recent<true>(100_000), sinceMs: nowMs };
  memories.set(records, made);
  return made;
}

/** After a source's evidence was taken back, what was remembered of it no longer holds. */
export function forgetMemory(records: Records): void {
  memories.delete(records);
}
