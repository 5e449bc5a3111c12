import { boolean, index, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Links by which anybody reads what a survey found. */
export const surveyReports = pgTable(
  'survey_reports',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of what stands in the link, in hex. */
    token: text('token').notNull(),
    workspaceId: text('workspace_id').notNull(),
    surveyId: text('survey_id').notNull(),
    name: text('name').notNull(),
    /** Whether what was typed is shown as well. */
    texts: boolean('texts').notNull(),
    /** As `reportScope` of shapes.ts. */
    scope: jsonb('scope').notNull(),
    expiresAt: at('expires_at'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('survey_reports_by_token').on(t.token),
    index('survey_reports_by_survey').on(t.workspaceId, t.surveyId, t.id),
  ],
);
