/**
 * What was set last, by key: between half of `capacity` and all of it, in two generations. When the newer is full the older is
 * let go of as a whole. (A map whose oldest key goes with each new one has to pass all the holes at its front to find it.)
 */
export class Recent<V> {
  readonly #half: number;
  #newer = new Map<string, V>();
  #older: ReadonlyMap<string, V> = new Map();

  constructor(capacity: number) {
    this.#half = Math.ceil(capacity / 2);
  }

  get(key: string): V | undefined {
    return this.#newer.get(key) ?? this.#older.get(key);
  }

  set(key: string, value: V): void {
    if (this.#newer.size >= this.#half && !this.#newer.has(key)) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(key, value);
  }
}
