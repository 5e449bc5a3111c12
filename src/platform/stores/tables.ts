import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Work in both stores that was begun and not brought to its end (units.ts). Empty but for what runs or was cut off. */
export const openUnits = pgTable('open_units', {
  name: text('name').primaryKey(),
  begunAt: timestamp('begun_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
});
