import { boolean, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Where files come from by themselves. */
export const importSources = pgTable(
  'import_sources',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    name: text('name').notNull(),
    /** `folder` or `url`. */
    place: text('place').notNull(),
    /** A path below the workspace's folder, or an address without its query. */
    shown: text('shown').notNull(),
    /** Of an address: the whole of it and what is sent with it, sealed. */
    sealed: text('sealed'),
    part: text('part'),
    kind: text('kind').notNull(),
    mapping: jsonb('mapping'),
    /** Of both one. */
    everyHours: integer('every_hours'),
    cron: text('cron'),
    paused: boolean('paused').notNull().default(false),
    nextRunAt: at('next_run_at').notNull(),
    lastRunAt: at('last_run_at'),
    lastState: text('last_state'),
    lastProblem: text('last_problem'),
    lastImportId: text('last_import_id'),
    seen: jsonb('seen').notNull().default({}),
    createdAt: at('created_at').notNull(),
  },
  (t) => [index('import_sources_by_workspace').on(t.workspaceId, t.id), index('import_sources_due').on(t.nextRunAt)],
);
