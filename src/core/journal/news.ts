import { z } from 'zod';
import { COUNTED, type Watch } from '../../platform/kernel/watch.ts';

const statement = z.object({
  store: z.enum(['records', 'facts']),
  text: z.string(),
  startedMs: z.number(),
  ms: z.number(),
  rows: z.number().nullable(),
  failed: z.boolean(),
  task: z.object({ kind: z.literal('drain'), name: z.string() }).optional(),
});
/** `startedAtMs` since 1970: threads count `performance.now()` from moments of their own. */
const turn = z.object({
  name: z.string(),
  startedAtMs: z.number(),
  ms: z.number(),
  failed: z.boolean(),
  rows: z.number(),
});

/** What the drain's thread tells of its doing to those who watch the house. */
const news = z.union([
  z.object({ statement }),
  z.object({ counted: z.enum(COUNTED), n: z.number() }),
  z.object({ turn }),
]);

export interface Telling {
  /** Statements that take longer are told of. */
  readonly slowStatementMs: number;
  /** Whether somebody makes spans of turns. */
  readonly traced: boolean;
}

/** Tells what is done in a thread, as messages that `hear` understands in the other. */
export function tellNews(watch: Watch, { slowStatementMs, traced }: Telling, tell: (message: unknown) => void): void {
  watch.add({
    statement: (done) => {
      if (done.ms >= slowStatementMs) tell({ statement: done });
    },
    counted: (what, n) => tell({ counted: what, n }),
    ...(traced
      ? {
          ended: ({ name }, { startedMs, ms, failed, rows = 0 }) =>
            tell({ turn: { name, startedAtMs: performance.timeOrigin + startedMs, ms, failed, rows } }),
        }
      : {}),
  });
}

/** Passes on what a thread told. */
export function hearNews(watch: Watch, message: unknown): void {
  const told = news.parse(message);
  if ('counted' in told) watch.count(told.counted, told.n);
  else if ('statement' in told) watch.told({ ...told.statement, task: told.statement.task });
  else {
    const { name, startedAtMs, ms, failed, rows } = told.turn;
    watch.ended({ kind: 'drain', name }, { startedMs: startedAtMs - performance.timeOrigin, ms, failed, rows });
  }
}
