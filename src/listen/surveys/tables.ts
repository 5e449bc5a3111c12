import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Numbers of batches in which answers become facts. */
export const surveyBatches = pgSequence('survey_batches', { startWith: 1 });

export const surveys = pgTable(
  'surveys',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    /** Of its address, which anybody may be given. */
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    state: text('state').notNull(),
    /** A `SurveyDocument`, published or not. */
    draft: jsonb('draft').notNull(),
    /** Rises with every change of the draft: who saves says which one they changed. */
    revision: integer('revision').notNull(),
    /** The last that was published, and the revision of the draft that it is. */
    version: integer('version'),
    versionRevision: integer('version_revision'),
    /** As `surveySettings` of the contract. */
    settings: jsonb('settings').notNull(),
    /** Signs links that say who somebody is; sealed by the vault where there is one. */
    secret: text('secret').notNull(),
    /** Answers of it were let go of after their time: what they became is among the facts. */
    answered: boolean('answered').notNull().default(false),
    createdAt: at('created_at').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (t) => [uniqueIndex('surveys_by_slug').on(t.slug), index('surveys_by_workspace').on(t.workspaceId, t.id)],
);

/** What was published, for ever as it was: answers keep the version they were given to. */
export const surveyVersions = pgTable(
  'survey_versions',
  {
    surveyId: text('survey_id').notNull(),
    version: integer('version').notNull(),
    workspaceId: text('workspace_id').notNull(),
    document: jsonb('document').notNull(),
    publishedAt: at('published_at').notNull(),
    /** A member's or a key's id. */
    publisherId: text('publisher_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.surveyId, t.version] })],
);

/** Answers given together, while they are given and after. */
export const surveyResponses = pgTable(
  'survey_responses',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of what the respondent goes on with, in hex. */
    token: text('token').notNull(),
    workspaceId: text('workspace_id').notNull(),
    surveyId: text('survey_id').notNull(),
    version: integer('version').notNull(),
    state: text('state').notNull(),
    /** Rises with every write: who writes says which one they read. */
    revision: integer('revision').notNull().default(0),
    answers: jsonb('answers').notNull(),
    /** Language, hidden fields, what is known of the person, where it hung: as `Around` of around.ts. */
    around: jsonb('around').notNull(),
    startedAt: at('started_at').notNull(),
    changedAt: at('changed_at').notNull(),
    /** Until when it may be gone on with. */
    dueAt: at('due_at').notNull(),
    endedAt: at('ended_at'),
    /** The ending that was shown. */
    ending: text('ending'),
    /**
     * What is to become facts: 0 that waits, else the batch that brings it; null where nothing does, or it is done; -1 where
     * it cannot be read and somebody has to look.
     */
    batch: bigint('batch', { mode: 'number' }),
  },
  (t) => [
    uniqueIndex('survey_responses_by_token').on(t.token),
    index('survey_responses_by_survey').on(t.surveyId, t.id),
    index('survey_responses_waiting')
      .on(t.batch, t.id)
      .where(sql`${t.batch} IS NOT NULL`),
    index('survey_responses_due')
      .on(t.dueAt)
      .where(sql`${t.state} = 'open'`),
  ],
);

/** How many complete responses a quota has let in. */
export const surveyQuotas = pgTable(
  'survey_quotas',
  {
    surveyId: text('survey_id').notNull(),
    quotaId: text('quota_id').notNull(),
    count: integer('count').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.surveyId, t.quotaId] })],
);

/** Of surveys that a person answers once: that somebody has. Which response is theirs stands nowhere in an anonymous survey. */
export const surveyMarks = pgTable(
  'survey_marks',
  {
    surveyId: text('survey_id').notNull(),
    mark: text('mark').notNull(),
  },
  (t) => [primaryKey({ columns: [t.surveyId, t.mark] })],
);

/** Files that respondents sent; each is one of the answers of its response, or gone within a day. */
export const surveyFiles = pgTable(
  'survey_files',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    surveyId: text('survey_id').notNull(),
    /** Of its response: SHA-256 of what the respondent goes on with. */
    token: text('token').notNull(),
    /** As its sender called it. */
    name: text('name').notNull(),
    /** What it was found to be. */
    type: text('type').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [index('survey_files_by_survey').on(t.surveyId, t.id), index('survey_files_by_token').on(t.token)],
);
