import { bigint, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/** The latest removal of each kind in each workspace. */
export const retentionRuns = pgTable(
  'retention_runs',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    /** waiting (none yet), running, done, failed */
    state: text('state').notNull(),
    /** Since when the usual limit counts: an installation that has just learnt of it gets the same grace. */
    knownAt: moment('known_at').notNull(),
    /** Everything from before this moment has left, or is leaving. Never goes back. */
    border: moment('border'),
    total: count('total'),
    removed: count('removed'),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.kind] })],
);
