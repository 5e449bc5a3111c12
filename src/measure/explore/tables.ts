import { boolean, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Questions somebody kept. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    name: text('name').notNull(),
    /** As `viewState` of the contract. */
    state: jsonb('state').notNull(),
    /** Its days move along with today. */
    moving: boolean('moving').notNull().default(false),
    shared: boolean('shared').notNull().default(false),
    /** A member's or a key's id. */
    makerId: text('maker_id').notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (t) => [index('saved_views_by_workspace').on(t.workspaceId, t.id)],
);
