interface Waiting<I, O> {
  readonly item: I;
  readonly key: string;
  done(result: O): void;
  failed(error: unknown): void;
}

/**
 * Group commit: what comes while a write is under way goes into the next one, so that a durable write is paid once for
 * many. Items with the same key never go into the same write: the second waits for the one after.
 */
export class Grouped<I, O> {
  readonly #write: (items: readonly I[]) => Promise<readonly O[]>;
  readonly #keyOf: (item: I) => string;
  readonly #most: number;
  #queue: Waiting<I, O>[] = [];
  #writing = false;

  /** `write` answers for each item, in their order; where it throws, every item of it has failed. */
  constructor(options: {
    readonly write: (items: readonly I[]) => Promise<readonly O[]>;
    readonly keyOf: (item: I) => string;
    readonly most: number;
  }) {
    this.#write = options.write;
    this.#keyOf = options.keyOf;
    this.#most = options.most;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  add(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, key: this.#keyOf(item), done: resolve, failed: reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#writing || this.#queue.length === 0) return;
    const taken = new Map<string, Waiting<I, O>>();
    const left: Waiting<I, O>[] = [];
    for (const one of this.#queue) {
      if (taken.size < this.#most && !taken.has(one.key)) taken.set(one.key, one);
      else left.push(one);
    }
    this.#queue = left;
    this.#writing = true;
    void this.#run([...taken.values()]).finally(() => {
      // What has arrived meanwhile lies in the sockets still: it is read first, so that it comes along.
      setImmediate(() => {
        this.#writing = false;
        this.#next();
      });
    });
  }

  async #run(taken: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await this.#write(taken.map((one) => one.item));
      taken.forEach((one, i) => {
        const result = results[i];
        if (result === undefined) one.failed(new Error('a write answers for each of its items'));
        else one.done(result);
      });
    } catch (error) {
      for (const one of taken) one.failed(error);
    }
  }
}
