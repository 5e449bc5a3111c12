import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Statement, Watcher } from '../kernel/watch.ts';

/** A statement that took long, as it may be shown: what asked for it, and its shape without values. */
export interface SlowStatement {
  readonly at: Date;
  readonly store: Statement['store'];
  /** `request metrics.query`, `job imports.load`; null for what nobody asked for, as at the start. */
  readonly task: string | null;
  /** Verb and first table: `SELECT v_events`. */
  readonly statement: string;
  /** The same for the same text. */
  readonly fingerprint: string;
  readonly ms: number;
  readonly rows: number | null;
  readonly failed: boolean;
}

const KEPT = 200;

/** Writes a line for each statement slower than `slowerThanMs`, and keeps the latest for the operator's page. */
export class SlowLog implements Watcher {
  #kept: SlowStatement[] = [];

  constructor(
    private readonly log: Log,
    private readonly clock: Clock,
    readonly slowerThanMs: number,
  ) {}

  statement(done: Statement): void {
    if (done.ms < this.slowerThanMs) return;
    const { store, rows, failed, task } = done;
    const slow: SlowStatement = {
      at: this.clock.now(),
      store,
      task: task === undefined ? null : `${task.kind} ${task.name}`,
      statement: shapeOf(done.text),
      fingerprint: createHash('sha256').update(done.text).digest('hex').slice(0, 8),
      ms: Math.round(done.ms),
      rows,
      failed,
    };
    this.#kept = [...this.#kept.slice(-KEPT + 1), slow];
    const { at: _, ...fields } = slow;
    this.log.warn(fields, 'a slow statement');
  }

  /** The latest first. */
  latest(): readonly SlowStatement[] {
    return this.#kept.toReversed();
  }
}

/** Its verb and the first table it names: all of a statement's text that can hold no value. */
export function shapeOf(text: string): string {
  const bare = text.replaceAll(/'(?:[^'\\]|\\.|'')*'/g, "''");
  const verb = /^[\s(]*([a-z]+)/i.exec(bare)?.[1]?.toUpperCase() ?? '?';
  const table = /\b(?:from|into|update|table|join)\s+(?:if\s+(?:not\s+)?exists\s+)?["`]?([a-z_][\w.]*)/i.exec(
    bare,
  )?.[1];
  return table === undefined ? verb : `${verb} ${table}`;
}
