import type { SurveyDocument } from '@touchstone/domain/survey';
import { and, count, desc, eq, getTableColumns, ilike, inArray, lt, max, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import { surveySettings } from '../contract.ts';
import { surveyMarks, surveyQuotas, surveyResponses, surveyVersions, surveys } from '../tables.ts';
import { SURVEY_STATES, type SurveyState } from '../vocabulary.ts';

/** What stands in the store was parsed by the domain when it was saved. */
const document = z.custom<SurveyDocument>((value) => typeof value === 'object' && value !== null);

const surveyRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  slug: z.string(),
  name: z.string(),
  state: z.enum(SURVEY_STATES),
  draft: document,
  revision: z.number(),
  version: z.number().nullable(),
  versionRevision: z.number().nullable(),
  settings: surveySettings,
  secret: z.string(),
  answered: z.boolean(),
  createdAt: z.date(),
  changedAt: z.date(),
});
export type SurveyRow = z.infer<typeof surveyRow>;

/** As much of one as a list tells: drafts are long. */
const listedRow = surveyRow.omit({ draft: true, secret: true, settings: true });
export type SurveyListedRow = z.infer<typeof listedRow>;
const { draft: _draft, secret: _secret, settings: _settings, ...listedColumns } = getTableColumns(surveys);

/** As much of one as is needed where it is answered: all but its draft. */
const askedRow = surveyRow.omit({ draft: true });
export type SurveyAskedRow = z.infer<typeof askedRow>;
const askedColumns = { ...listedColumns, secret: surveys.secret, settings: surveys.settings };

const ofWorkspace = (workspaceId: string, id: string) => and(eq(surveys.workspaceId, workspaceId), eq(surveys.id, id));

export interface SurveysWanted {
  readonly search: string;
  readonly state: SurveyState | undefined;
  readonly before: string | undefined;
  readonly limit: number;
}

/** The newest first: ids are made in the order of time. */
export async function selectSurveys(
  db: Db,
  workspaceId: string,
  { search, state, before, limit }: SurveysWanted,
): Promise<SurveyListedRow[]> {
  const words = search.trim().replaceAll(/[\\%_]/g, (mark) => `\\${mark}`);
  const rows = await db
    .select(listedColumns)
    .from(surveys)
    .where(
      and(
        eq(surveys.workspaceId, workspaceId),
        words === '' ? undefined : ilike(surveys.name, `%${words}%`),
        state === undefined ? undefined : eq(surveys.state, state),
        before === undefined ? undefined : lt(surveys.id, before),
      ),
    )
    .orderBy(desc(surveys.id))
    .limit(limit);
  return z.array(listedRow).parse(rows);
}

export async function selectSurvey(db: Db, workspaceId: string, id: string): Promise<SurveyRow | null> {
  const [row] = await db.select().from(surveys).where(ofWorkspace(workspaceId, id));
  return row === undefined ? null : surveyRow.parse(row);
}

export function selectNames(db: Db, workspaceId: string): Promise<{ readonly id: string; readonly name: string }[]> {
  return db.select({ id: surveys.id, name: surveys.name }).from(surveys).where(eq(surveys.workspaceId, workspaceId));
}

/** Of whatever workspace: for work on answers, which know their survey. */
export async function selectById(db: Db, id: string): Promise<SurveyAskedRow | null> {
  const [row] = await db.select(askedColumns).from(surveys).where(eq(surveys.id, id));
  return row === undefined ? null : askedRow.parse(row);
}

/** As `selectSurvey`; nobody else changes it until the transaction ends; with `update`, nobody's answers are kept either. */
export async function lockSurvey(
  tx: Db,
  workspaceId: string,
  id: string,
  how: 'update' | 'no key update' = 'no key update',
): Promise<SurveyRow | null> {
  const [row] = await tx.select().from(surveys).where(ofWorkspace(workspaceId, id)).for(how);
  return row === undefined ? null : surveyRow.parse(row);
}

/** Whoever answers knows nothing but its address. */
export async function selectBySlug(db: Db, slug: string): Promise<SurveyAskedRow | null> {
  const [row] = await db.select(askedColumns).from(surveys).where(eq(surveys.slug, slug));
  return row === undefined ? null : askedRow.parse(row);
}

/** Surveys of a workspace are made one after the other, so that none exceeds their number. */
export async function lockSurveys(tx: Db, workspaceId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`surveys ${workspaceId}`}, 0))`);
}

export async function countSurveys(db: Db, workspaceId: string): Promise<number> {
  const [row] = await db.select({ n: count() }).from(surveys).where(eq(surveys.workspaceId, workspaceId));
  return row?.n ?? 0;
}

export async function insertSurvey(db: Db, row: SurveyRow): Promise<void> {
  await db.insert(surveys).values(row);
}

export async function updateSurvey(
  db: Db,
  { workspaceId, id }: Pick<SurveyRow, 'workspaceId' | 'id'>,
  change: Partial<Omit<SurveyRow, 'id' | 'workspaceId' | 'slug' | 'secret' | 'createdAt'>>,
): Promise<void> {
  await db.update(surveys).set(change).where(ofWorkspace(workspaceId, id));
}

export async function deleteSurvey(tx: Db, { workspaceId, id }: Pick<SurveyRow, 'workspaceId' | 'id'>): Promise<void> {
  await tx.delete(surveyQuotas).where(eq(surveyQuotas.surveyId, id));
  await tx.delete(surveyMarks).where(eq(surveyMarks.surveyId, id));
  await tx.delete(surveyVersions).where(eq(surveyVersions.surveyId, id));
  await tx.delete(surveys).where(ofWorkspace(workspaceId, id));
}

/** Every survey's secret, over all workspaces. */
export async function selectSecrets(db: Db): Promise<Pick<SurveyRow, 'id' | 'secret'>[]> {
  return db.select({ id: surveys.id, secret: surveys.secret }).from(surveys);
}

export async function updateSecret(db: Db, id: string, secret: string): Promise<void> {
  await db.update(surveys).set({ secret }).where(eq(surveys.id, id));
}

export interface VersionRow {
  readonly surveyId: string;
  readonly version: number;
  readonly workspaceId: string;
  readonly document: SurveyDocument;
  readonly publishedAt: Date;
  readonly publisherId: string;
}

export async function insertVersion(tx: Db, row: VersionRow): Promise<void> {
  await tx.insert(surveyVersions).values(row);
}

export async function selectVersion(db: Db, surveyId: string, version: number): Promise<SurveyDocument | null> {
  const [row] = await db
    .select({ document: surveyVersions.document })
    .from(surveyVersions)
    .where(and(eq(surveyVersions.surveyId, surveyId), eq(surveyVersions.version, version)));
  return row === undefined ? null : document.parse(row.document);
}

const standing = z.object({
  surveyId: z.string(),
  begun: z.number(),
  complete: z.number(),
  lastAt: z.date().nullable(),
});
export type Standing = z.infer<typeof standing>;

/** How many responses each of these surveys has. */
export async function selectStandings(db: Db, surveyIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  if (surveyIds.length === 0) return new Map();
  const rows = await db
    .select({
      surveyId: surveyResponses.surveyId,
      begun: count(),
      complete: sql<number>`count(*) FILTER (WHERE ${surveyResponses.state} = 'complete')::int`,
      lastAt: max(surveyResponses.changedAt),
    })
    .from(surveyResponses)
    .where(inArray(surveyResponses.surveyId, [...surveyIds]))
    .groupBy(surveyResponses.surveyId);
  return new Map(
    z
      .array(standing)
      .parse(rows)
      .map((row) => [row.surveyId, row]),
  );
}

const publishedRow = z.object({ version: z.number(), document, publishedAt: z.date() });
export type PublishedRow = z.infer<typeof publishedRow>;

/** Every version of a survey, the newest first. */
export async function selectVersions(db: Db, workspaceId: string, surveyId: string): Promise<PublishedRow[]> {
  const { version, document: asPublished, publishedAt } = surveyVersions;
  const rows = await db
    .select({ version, document: asPublished, publishedAt })
    .from(surveyVersions)
    .where(and(eq(surveyVersions.workspaceId, workspaceId), eq(surveyVersions.surveyId, surveyId)))
    .orderBy(desc(version));
  return z.array(publishedRow).parse(rows);
}

/** Responses that may still be gone on with; few of all, and found by an index of their own. */
export async function countOpen(db: Db, workspaceId: string, surveyId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(surveyResponses)
    .where(
      and(
        eq(surveyResponses.workspaceId, workspaceId),
        eq(surveyResponses.surveyId, surveyId),
        sql`${surveyResponses.state} = 'open'`,
      ),
    );
  return row?.n ?? 0;
}
