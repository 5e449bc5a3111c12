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

/** Identity numbers, dense: the facts store keeps an array as long as the highest. */
export const identityNumbers = pgSequence('identity_numbers', { startWith: 1, maxValue: 2_147_483_647 });

/** Versions of what is mirrored in the facts store, rising with every change. */
export const peopleVersions = pgSequence('people_versions', { startWith: 1 });

/** One name a person is known by. `person_no` is the lowest identity number among all that are linked. */
export const identities = pgTable(
  'identities',
  {
    identityNo: integer('identity_no').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    personNo: integer('person_no').notNull(),
    firstSeen: timestamp('first_seen', { withTimezone: true, precision: 3 }).notNull(),
    /** When `person_no` last changed, by `people_versions`. */
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    /** The `person_no` the facts store knows; 0 from a change until it is told. */
    publishedPersonNo: integer('published_person_no').notNull(),
  },
  (t) => [
    // Compares bytes: several times faster than a language's order, and finds beginnings.
    uniqueIndex('identities_by_name').on(t.workspaceId, t.kind, t.value.op('text_pattern_ops')),
    index('identities_by_person').on(t.workspaceId, t.personNo),
    index('identities_unpublished')
      .on(t.identityNo)
      .where(sql`${t.personNo} <> ${t.publishedPersonNo}`),
  ],
);

/** Who named an identity: 'http', or an import. */
export const identityEvidence = pgTable(
  'identity_evidence',
  {
    identityNo: integer('identity_no').notNull(),
    source: text('source').notNull(),
    workspaceId: text('workspace_id').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.identityNo, t.source] }),
    index('identity_evidence_by_source').on(t.workspaceId, t.source),
  ],
);

/** One row for every identity that could be the first of a person; those of joined persons rest until taken apart. */
export const persons = pgTable(
  'persons',
  {
    personNo: integer('person_no').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    id: text('id').notNull(),
    /** Whether somebody is there: an identity bears this number and a source names it. */
    live: boolean('live').notNull().default(true),
    /** Key to value: what holds after all sources are weighed. */
    traits: jsonb('traits').notNull().default({}),
    name: text('name').notNull().default(''),
    email: text('email').notNull().default(''),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    /** The version the facts store knows. */
    publishedVersion: bigint('published_version', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    uniqueIndex('persons_by_id').on(t.id),
    index('persons_by_age')
      .on(t.workspaceId, t.personNo)
      .where(sql`${t.live}`),
    index('persons_by_words').using(
      'gin',
      sql`to_tsvector('simple', translate(${t.name} || ' ' || ${t.email}, '@._+-''', '      '))`,
    ),
    index('persons_unpublished')
      .on(t.personNo)
      .where(sql`${t.version} > ${t.publishedVersion}`),
  ],
);

/** What one source says of one identity: key to [value, Unix ms]. */
export const traitClaims = pgTable(
  'trait_claims',
  {
    identityNo: integer('identity_no').notNull(),
    source: text('source').notNull(),
    workspaceId: text('workspace_id').notNull(),
    traits: jsonb('traits').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.identityNo, t.source] }),
    index('trait_claims_by_source').on(t.workspaceId, t.source),
  ],
);

/** Two identities, the lower number first, held to be one person. */
export const links = pgTable(
  'links',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    aNo: integer('a_no').notNull(),
    bNo: integer('b_no').notNull(),
    state: text('state').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
    /** The member or key that took it apart. */
    undoneBy: text('undone_by'),
    undoneAt: timestamp('undone_at', { withTimezone: true, precision: 3 }),
  },
  (t) => [
    uniqueIndex('links_by_pair').on(t.workspaceId, t.aNo, t.bNo),
    index('links_by_other').on(t.workspaceId, t.bNo),
  ],
);

/** Why a link is held: one row for each reason of each source. */
export const linkEvidence = pgTable(
  'link_evidence',
  {
    linkId: text('link_id').notNull(),
    source: text('source').notNull(),
    reason: text('reason').notNull(),
    workspaceId: text('workspace_id').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.linkId, t.source, t.reason] }),
    index('link_evidence_by_source').on(t.workspaceId, t.source),
  ],
);
