import { bigint, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** One row a workspace: the whole catalogue as it stands. */
export const catalogues = pgTable('catalogues', {
  workspaceId: text('workspace_id').primaryKey(),
  /** Rises with every save. */
  version: integer('version').notNull(),
  /** Rises when a save may change a fact's place; facts carry the one that gave them theirs. */
  rulesVersion: integer('rules_version').notNull(),
  /** Stages, channels, teams, touchpoints and rules, each list in its order (`contract.ts`, catalogueBody). */
  body: jsonb('body').notNull(),
  savedAt: timestamp('saved_at', { withTimezone: true, precision: 3 }).notNull(),
  savedBy: text('saved_by').notNull(),
});

/** How far the facts of a workspace have been given the places of its rules: the latest run. */
export const catalogueRuns = pgTable('catalogue_runs', {
  workspaceId: text('workspace_id').primaryKey(),
  rulesVersion: integer('rules_version').notNull(),
  state: text('state').notNull(),
  total: bigint('total', { mode: 'number' }).notNull(),
  done: bigint('done', { mode: 'number' }).notNull(),
  changed: bigint('changed', { mode: 'number' }).notNull(),
  startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }).notNull(),
  finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3 }),
});
