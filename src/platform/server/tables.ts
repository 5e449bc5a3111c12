import { customType, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * Answers to POSTs that named an Idempotency-Key, kept a day. The key itself is kept as a hash, and the answer is
 * sealed with a key made of it: a stored answer may hold a secret that was shown once.
 */
export const idempotentAnswers = pgTable(
  'idempotent_answers',
  {
    /** The workspace, or the user where there is none. */
    owner: text('owner').notNull(),
    keyHash: text('key_hash').notNull(),
    requestHash: text('request_hash').notNull(),
    /** Null while the first request is under way. */
    status: integer('status'),
    sealed: bytes('sealed'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.owner, t.keyHash] }), index('idempotent_answers_age').on(t.owner, t.createdAt)],
);
