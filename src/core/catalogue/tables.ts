import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** One row a workspace: the whole catalogue as it stands, and which version that is. */
export const catalogues = pgTable('catalogues', {
  workspaceId: text('workspace_id').primaryKey(),
  /** Rises with every save; the facts carry the version that gave them their touchpoint. */
  version: integer('version').notNull(),
  /** Stages, channels, teams, touchpoints and rules, each list in its order (`book.ts`). */
  body: jsonb('body').notNull(),
  savedAt: timestamp('saved_at', { withTimezone: true, precision: 3 }).notNull(),
  savedBy: text('saved_by').notNull(),
});

/** How far the past has been given the places of a version. */
export const catalogueRuns = pgTable(
  'catalogue_runs',
  {
    workspaceId: text('workspace_id').notNull(),
    version: integer('version').notNull(),
    state: text('state').notNull(),
    factsTotal: bigint('facts_total', { mode: 'number' }).notNull().default(0),
    factsDone: bigint('facts_done', { mode: 'number' }).notNull().default(0),
    factsChanged: bigint('facts_changed', { mode: 'number' }).notNull().default(0),
    problem: text('problem'),
    startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }).notNull(),
    finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3 }),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
);
