import type { Records } from '../../platform/stores/ports.ts';

/** Keeps the most recently used of its entries. */
export class Recent<V> {
  #entries = new Map<string, V>();

  constructor(readonly capacity: number) {}

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.capacity) return;
    const oldest = this.#entries.keys().next();
    if (oldest.done !== true) this.#entries.delete(oldest.value);
  }
}

/** What one process remembers of a store: only what never changes again. */
export interface PeopleMemory {
  /** Workspace, source, kind and value: the number, once this source is noted as having named it. */
  readonly numbers: Recent<number>;
  /** Workspace, source, reason and both keys of links that need no second look: they hold, or a member parted them. */
  readonly settled: Recent<true>;
}

const memories = new WeakMap<Records, PeopleMemory>();

export function memoryOf(records: Records): PeopleMemory {
  const kept = memories.get(records);
  if (kept !== undefined) return kept;
  const made = { numbers: new Recent<number>(200_000), settled: new Recent<true>(100_000) };
  memories.set(records, made);
  return made;
}

/** After a source's evidence was taken back, what was remembered of it no longer holds. */
export function forgetMemory(records: Records): void {
  memories.delete(records);
}
