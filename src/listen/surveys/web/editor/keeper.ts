import { ProblemError } from '../../../../platform/web/client/problem.ts';

/** After the last change it is saved so soon. */
const QUIET_MS = 700;
/** Where the server is away it is tried again so often. */
const AGAIN_MS = 5_000;

/** How what one sees stands to what is kept. */
export type Keeping =
  | { readonly is: 'saved' | 'waiting' | 'saving' | 'overtaken' }
  /** `away`: it is tried again by itself. `refused`: it is not. */
  | { readonly is: 'away' | 'refused'; readonly error: unknown };

export interface KeeperOptions<T> {
  readonly value: T;
  readonly revision: number;
  /** Writes over `revision`, and gives the revision that came of it. */
  readonly save: (value: T, revision: number) => Promise<number>;
  readonly hear: (keeping: Keeping) => void;
  /** Calls back once, so many ms later, unless what it gives is called before. */
  readonly later: (then: () => void, ms: number) => () => void;
}

/** Saves a value by itself whenever it changed: one save at a time, always the newest, never over somebody else's. */
export class Keeper<T> {
  readonly #options: KeeperOptions<T>;
  #saved: T;
  #wanted: T;
  #revision: number;
  #keeping: Keeping = { is: 'saved' };
  #running: Promise<void> | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: KeeperOptions<T>) {
    this.#options = options;
    this.#saved = options.value;
    this.#wanted = options.value;
    this.#revision = options.revision;
  }

  get revision(): number {
    return this.#revision;
  }

  /** What is not saved, if anything. */
  get unsaved(): T | undefined {
    return this.#wanted === this.#saved ? undefined : this.#wanted;
  }

  want(value: T): void {
    if (value === this.#wanted) return;
    this.#wanted = value;
    if (this.#keeping.is !== 'overtaken' && this.#running === undefined) this.#plan(QUIET_MS);
  }

  /** Saves at once what is not saved yet; whether all is saved then. */
  async flush(): Promise<boolean> {
    this.#cancel?.();
    while (this.#wanted !== this.#saved && this.#keeping.is !== 'overtaken') {
      await (this.#running ?? this.#run());
      if (this.#keeping.is === 'away' || this.#keeping.is === 'refused') return false;
    }
    return this.#wanted === this.#saved;
  }

  /** From now on over this revision: of somebody else's change, which the reader has seen. */
  async goOnOver(revision: number): Promise<void> {
    this.#revision = revision;
    this.#tell({ is: 'waiting' });
    await this.flush();
  }

  /** What the reader sees is what is kept, as of a revision. */
  settle(value: T, revision: number): void {
    this.#cancel?.();
    this.#saved = value;
    this.#wanted = value;
    this.#revision = revision;
    this.#tell({ is: 'saved' });
  }

  #plan(ms: number): void {
    this.#cancel?.();
    if (this.#wanted === this.#saved) {
      this.#tell({ is: 'saved' });
      return;
    }
    if (this.#keeping.is !== 'away') this.#tell({ is: 'waiting' });
    this.#cancel = this.#options.later(() => void this.#run(), ms);
  }

  #run(): Promise<void> {
    this.#running ??= this.#save().finally(() => {
      this.#running = undefined;
      if (this.#keeping.is === 'away') this.#plan(AGAIN_MS);
      else if (this.#keeping.is === 'saved' && this.#wanted !== this.#saved) this.#plan(QUIET_MS);
    });
    return this.#running;
  }

  async #save(): Promise<void> {
    const value = this.#wanted;
    this.#tell({ is: 'saving' });
    try {
      this.#revision = await this.#options.save(value, this.#revision);
      this.#saved = value;
      this.#tell({ is: 'saved' });
    } catch (error) {
      if (!(error instanceof ProblemError)) this.#tell({ is: 'away', error });
      else if (error.code === 'survey-changed') this.#tell({ is: 'overtaken' });
      else this.#tell({ is: error.status === 0 || error.status >= 429 ? 'away' : 'refused', error });
    }
  }

  #tell(keeping: Keeping): void {
    this.#keeping = keeping;
    this.#options.hear(keeping);
  }
}
