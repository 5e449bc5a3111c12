import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Append-only: a trigger refuses UPDATE, and DELETE but of what retention lets go. No reference to what it tells of: entries outlive it. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
    /** change, look or refused */
    kind: text('kind').notNull(),
    operation: text('operation').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id').notNull().default(''),
    /** Names of the fields that were sent. */
    fields: text('fields')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** [{field, before, after}] of values that are not personal. */
    changes: jsonb('changes').notNull().default([]),
    /** member, user, key or nobody */
    callerKind: text('caller_kind').notNull(),
    callerId: text('caller_id').notNull(),
    /** A member's or user's e-mail, a key's name. */
    callerName: text('caller_name').notNull(),
    address: text('address').notNull(),
    requestId: text('request_id').notNull(),
    /** How often, where the same look came again and again. */
    times: integer('times').notNull().default(1),
  },
  (t) => [index('audit_entries_at').on(t.workspaceId, t.at, t.id)],
);
