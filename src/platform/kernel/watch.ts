import { AsyncLocalStorage } from 'node:async_hooks';

/** What is done on somebody's behalf: what the stores do meanwhile is told as done for it. */
export interface Task {
  readonly kind: 'request' | 'job' | 'drain';
  /** An operation, the pattern of a route, a job; never a path or anything a caller wrote. `-` until it has been found. */
  name: string;
  /** W3C Trace Context, as it came with the request. */
  readonly traceparent?: string;
}

export interface Outcome {
  /** By `performance.now()`. */
  readonly startedMs: number;
  readonly ms: number;
  readonly failed: boolean;
  /** Of a request. */
  readonly status?: number;
  /** How many messages a turn of the drain brought among the facts. */
  readonly rows?: number;
}

/** One statement that a store has answered or refused. */
export interface Statement {
  readonly store: 'records' | 'facts';
  /** Its text with its parameters unfilled. */
  readonly text: string;
  readonly startedMs: number;
  readonly ms: number;
  /** Read, by the facts store as far as it knew when its answer began; given back or changed, by the records store. */
  readonly rows: number | null;
  readonly failed: boolean;
  readonly task: Task | undefined;
}

/** What is only counted. Each is a number of rows or messages since the process started. */
export const COUNTED = ['journal_accepted', 'journal_refused', 'journal_drained', 'import_rows'] as const;
export type Counted = (typeof COUNTED)[number];

/** One durable write of the journal. */
export interface Flush {
  readonly ms: number;
  readonly failed: boolean;
}

/** Hears what the house does, while it does it: must be quick and must not throw. */
export interface Watcher {
  begun?(task: Task, within: Task | undefined): void;
  ended?(task: Task, outcome: Outcome): void;
  statement?(statement: Statement): void;
  flushed?(flush: Flush): void;
  counted?(what: Counted, n: number): void;
}

const tasks = new AsyncLocalStorage<Task>();

/** Tells those who watch what is done, for whom and how long it took. Costs next to nothing where nobody watches. */
export class Watch {
  #watchers: readonly Watcher[] = [];

  /** Gives what takes it off again. */
  add(watcher: Watcher): () => void {
    this.#watchers = [...this.#watchers, watcher];
    return () => {
      this.#watchers = this.#watchers.filter((w) => w !== watcher);
    };
  }

  /** What is being done where this is called. */
  task(): Task | undefined {
    return tasks.getStore();
  }

  /** Does `work` as a part of `task`. Whoever calls it says later how it `ended`. */
  within<T>(task: Task, work: () => T): T {
    for (const watcher of this.#watchers) watcher.begun?.(task, tasks.getStore());
    return tasks.run(task, work);
  }

  ended(task: Task, outcome: Outcome): void {
    for (const watcher of this.#watchers) watcher.ended?.(task, outcome);
  }

  /** Does a whole task, which failed when it throws. */
  async around<T>(task: Task, work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    let failed = true;
    try {
      const done = await this.within(task, work);
      failed = false;
      return done;
    } finally {
      this.ended(task, { startedMs, ms: performance.now() - startedMs, failed });
    }
  }

  /** Asks a store and tells what it asked. `rowsOf` reads the count out of the answer. */
  async statement<T>(
    store: Statement['store'],
    text: string,
    ask: () => Promise<T>,
    rowsOf: (answer: T) => number | null,
  ): Promise<T> {
    if (this.#watchers.length === 0) return ask();
    const startedMs = performance.now();
    const task = tasks.getStore();
    const tell = (rows: number | null, failed: boolean): void => {
      const ms = performance.now() - startedMs;
      for (const watcher of this.#watchers) {
        watcher.statement?.({ store, text, startedMs, ms, rows, failed, task });
      }
    };
    try {
      const answer = await ask();
      tell(rowsOf(answer), false);
      return answer;
    } catch (error) {
      tell(null, true);
      throw error;
    }
  }

  flushed(flush: Flush): void {
    for (const watcher of this.#watchers) watcher.flushed?.(flush);
  }

  count(what: Counted, n: number): void {
    if (n === 0) return;
    for (const watcher of this.#watchers) watcher.counted?.(what, n);
  }

  /** Passes on what was told elsewhere, as in a thread of this process. */
  told(statement: Statement): void {
    for (const watcher of this.#watchers) watcher.statement?.(statement);
  }
}
