import { bigint, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Backups this installation took by its schedule, the latest of them. */
export const backups = pgTable(
  'backups',
  {
    /** Its folder in the place where backups are kept. */
    name: text('name').primaryKey(),
    /** running, done, failed */
    state: text('state').notNull(),
    startedAt: moment('started_at').notNull(),
    finishedAt: moment('finished_at'),
    bytes: bigint('bytes', { mode: 'number' }),
    /** Why it failed, in words. */
    problem: text('problem'),
  },
  (t) => [index('backups_started').on(t.startedAt)],
);
