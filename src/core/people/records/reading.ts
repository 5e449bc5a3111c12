import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import { Numbers } from '../numbers.ts';
import { saidTraits } from '../traits.ts';
import { IDENTITY_KINDS } from '../vocabulary.ts';

const kind = z.enum(IDENTITY_KINDS);

/** A person's name or the best there is; anonymous ids and orders last. Over `persons p`. */
const LABEL = sql`COALESCE(NULLIF(p.name, ''), NULLIF(p.email, ''), (
  SELECT i.value FROM identities i WHERE i.workspace_id = p.workspace_id AND i.person_no = p.person_no
  ORDER BY array_position(ARRAY['user', 'email', 'phone', 'anonymous', 'order'], i.kind), i.identity_no LIMIT 1
), p.id)`;

const label = z.object({ person_no: z.number(), id: z.string(), label: z.string() });

export async function selectLabels(db: Db, workspaceId: string, personNos: readonly number[]) {
  const { rows } = await db.execute(sql`
    SELECT p.person_no, p.id, ${LABEL} AS label FROM persons p
    WHERE p.workspace_id = ${workspaceId} AND p.person_no = ANY(${sql.param([...personNos])}::int[])`);
  return z.array(label).parse(rows);
}

const listed = label.extend({ email: z.string(), kind: kind.nullable(), value: z.string().nullable() });
export type ListedPerson = z.infer<typeof listed>;

export interface PeopleWanted {
  /** Persons with a lower number than this. */
  readonly before?: number | undefined;
  /** Of these alone. */
  readonly among?: readonly number[] | undefined;
  readonly limit: number;
}

/** A page as a condition over a column of numbers. */
function paged(no: SQL, { before, among }: PeopleWanted): SQL {
  const lower = before === undefined ? sql`` : sql`AND ${no} < ${before}`;
  return among === undefined ? lower : sql`${lower} AND ${no} = ANY(${sql.param([...among])}::int[])`;
}

export async function selectPeople(db: Db, workspaceId: string, wanted: PeopleWanted): Promise<ListedPerson[]> {
  const { rows } = await db.execute(sql`
    SELECT p.person_no, p.id, p.email, ${LABEL} AS label, NULL AS kind, NULL AS value FROM persons p
    WHERE p.workspace_id = ${workspaceId} AND p.live ${paged(sql`p.person_no`, wanted)}
    ORDER BY p.person_no DESC LIMIT ${wanted.limit}`);
  return z.array(listed).parse(rows);
}

/** What people are looked for by. */
export interface Looked {
  readonly q: string;
  /** `q` as each kind of identity would be stored. */
  readonly evened: readonly { readonly kind: string; readonly value: string }[];
  /** Found otherwise. */
  readonly alsoPersons: readonly number[];
}

/** Words as a query that finds what begins with each of them. Parted where the index of `tables.ts` parts them. */
function wordsQuery(q: string): string {
  const words = q.split(/[\s@._+'-]+/u).filter((w) => w !== '');
  return words.map((w) => `'${w.replaceAll('\\', '\\\\')}':*`).join(' & ');
}

function startsWith(q: string): string {
  return `${q.replaceAll(/[\\%_]/gu, (c) => `\\${c}`)}%`;
}

/** Numbers of people found by words of their name or e-mail, by the beginning of an identity's value, or otherwise; with the identity that was found. */
function found(workspaceId: string, { q, evened, alsoPersons }: Looked): SQL {
  const likes = sql.join(
    evened.map((key) => sql`(i.kind = ${key.kind} AND i.value LIKE ${startsWith(key.value)})`),
    sql` OR `,
  );
  return sql`
      SELECT p.person_no, NULL AS kind, NULL AS value FROM persons p
      WHERE p.workspace_id = ${workspaceId} AND to_tsvector('simple', translate(p.name || ' ' || p.email, '@._+-''', '      ')) @@ to_tsquery('simple', ${wordsQuery(q)})
      UNION ALL
      SELECT i.person_no, i.kind, i.value FROM identities i WHERE i.workspace_id = ${workspaceId} AND (${likes})
      UNION ALL
      SELECT no, NULL, NULL FROM unnest(${sql.param([...alsoPersons])}::int[]) AS o(no)`;
}

export async function searchPeople(
  db: Db,
  workspaceId: string,
  looked: Looked,
  wanted: PeopleWanted,
): Promise<ListedPerson[]> {
  const { rows } = await db.execute(sql`
    WITH best AS (
      SELECT DISTINCT ON (person_no) person_no, kind, value FROM (${found(workspaceId, looked)}) AS found
      WHERE true ${paged(sql`person_no`, wanted)}
      ORDER BY person_no DESC, kind NULLS FIRST, value
    )
    SELECT p.person_no, p.id, p.email, ${LABEL} AS label, best.kind, best.value
    FROM best JOIN persons p ON p.person_no = best.person_no
    WHERE p.workspace_id = ${workspaceId} AND p.live
    ORDER BY p.person_no DESC LIMIT ${wanted.limit}`);
  return z.array(listed).parse(rows);
}

const number = z.object({ person_no: z.number() });

/** The numbers of all whom a search finds. */
export async function searchNumbers(db: Db, workspaceId: string, looked: Looked): Promise<Pick<Numbers, 'has'>> {
  const { rows } = await db.execute(sql`SELECT person_no FROM (${found(workspaceId, looked)}) AS found`);
  const numbers = new Numbers();
  for (const { person_no } of z.array(number).parse(rows)) numbers.add(person_no);
  return numbers;
}

const summary = z.object({ people: z.coerce.number(), named: z.coerce.number() });

export async function countPeople(db: Db, workspaceId: string): Promise<z.infer<typeof summary>> {
  const { rows } = await db.execute(sql`
    SELECT count(*) AS people, count(*) FILTER (WHERE name <> '' OR email <> '') AS named
    FROM persons WHERE workspace_id = ${workspaceId} AND live`);
  return z.array(summary).parse(rows)[0] ?? { people: 0, named: 0 };
}

const known = z.object({
  person_no: z.number(),
  id: z.string(),
  name: z.string(),
  email: z.string(),
  label: z.string(),
});
export type FoundPerson = z.infer<typeof known>;

/** The person an id now stands for: their own, or the one they were joined to. */
export async function selectPerson(db: Db, workspaceId: string, id: string): Promise<FoundPerson | undefined> {
  const { rows } = await db.execute(sql`
    SELECT p.person_no, p.id, p.name, p.email, ${LABEL} AS label
    FROM persons asked
    JOIN identities first ON first.identity_no = asked.person_no
    JOIN persons p ON p.person_no = first.person_no
    WHERE asked.id = ${id} AND asked.workspace_id = ${workspaceId} AND p.workspace_id = ${workspaceId}`);
  return z.array(known).parse(rows)[0];
}

const identity = z.object({
  identity_no: z.number(),
  person_no: z.number(),
  kind,
  value: z.string(),
  first_seen: z.coerce.date(),
});
export type StoredIdentity = z.infer<typeof identity>;

/** All identities of these persons, oldest first. */
export async function selectIdentitiesOf(db: Db, workspaceId: string, personNos: readonly number[]) {
  const { rows } = await db.execute(sql`
    SELECT identity_no, person_no, kind, value, first_seen FROM identities
    WHERE workspace_id = ${workspaceId} AND person_no = ANY(${sql.param([...personNos])}::int[])
    ORDER BY identity_no`);
  return z.array(identity).parse(rows);
}

/** Identities by number. */
export async function selectIdentities(db: Db, workspaceId: string, identityNos: readonly number[]) {
  const { rows } = await db.execute(sql`
    SELECT identity_no, person_no, kind, value, first_seen FROM identities
    WHERE workspace_id = ${workspaceId} AND identity_no = ANY(${sql.param([...identityNos])}::int[])`);
  return z.array(identity).parse(rows);
}

const evidence = z.object({ identity_no: z.number(), source: z.string(), at: z.coerce.date() });

export async function selectEvidence(db: Db, workspaceId: string, identityNos: readonly number[]) {
  const { rows } = await db.execute(sql`
    SELECT identity_no, source, at FROM identity_evidence
    WHERE workspace_id = ${workspaceId} AND identity_no = ANY(${sql.param([...identityNos])}::int[])
    ORDER BY at, source`);
  return z.array(evidence).parse(rows);
}

const claimOf = z.object({ identity_no: z.number(), source: z.string(), traits: saidTraits });

/** What each source says of these identities. */
export async function selectClaimsOf(db: Db, workspaceId: string, identityNos: readonly number[]) {
  const { rows } = await db.execute(sql`
    SELECT identity_no, source, traits FROM trait_claims
    WHERE workspace_id = ${workspaceId} AND identity_no = ANY(${sql.param([...identityNos])}::int[])
    ORDER BY identity_no, source`);
  return z.array(claimOf).parse(rows);
}

const linkId = z.object({ id: z.string() });

export async function selectLinkId(db: Db, workspaceId: string, aNo: number, bNo: number): Promise<string | undefined> {
  const { rows } = await db.execute(sql`
    SELECT id FROM links WHERE workspace_id = ${workspaceId} AND a_no = ${aNo} AND b_no = ${bNo}`);
  return z.array(linkId).parse(rows)[0]?.id;
}
