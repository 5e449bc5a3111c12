import { randomBytes } from 'node:crypto';
import { type Answers, prepare, type SurveyDocument, walk } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { dropReports, dropResponses, putResponses } from '../responses/facade.ts';
import { surveySettings } from './contract.ts';
import { deleteAllResponses } from './records/leaving.ts';
import { type ResponseRow, saveResponses } from './records/responses.ts';
import {
  deleteSurvey,
  insertSurvey,
  insertVersion,
  lockSurvey,
  selectById,
  selectSurvey,
  selectVersion,
} from './records/surveys.ts';
import { newSecret } from './secrets.ts';

type Stores = Pick<House, 'records' | 'facts' | 'clock' | 'vault'>;

/** Where a survey stands. */
export interface SurveyPlace {
  readonly workspaceId: string;
  readonly surveyId: string;
}

/** A survey as it stands open since a moment. */
export interface PlacedSurvey {
  readonly name: string;
  readonly document: SurveyDocument;
  readonly channel: string;
  readonly openSince: Date;
}

/** Somebody's whole response, as it was given once. */
export interface PlacedResponse {
  readonly id: string;
  readonly userId: string;
  readonly language: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly answers: Answers;
}

const FIRST = 1;

/** Puts a survey there that has been open for a while, with an id of the caller's. Done twice, it is the same. */
export async function placeSurvey(
  house: Stores,
  { workspaceId, surveyId }: SurveyPlace,
  { name, document, channel, openSince }: PlacedSurvey,
): Promise<void> {
  await house.records.transaction(async (tx) => {
    if ((await selectSurvey(tx, workspaceId, surveyId)) !== null) return;
    await insertSurvey(tx, {
      id: surveyId,
      workspaceId,
      slug: randomBytes(9).toString('base64url'),
      name,
      state: 'open',
      draft: document,
      revision: 1,
      version: FIRST,
      versionRevision: 1,
      settings: surveySettings.parse({ channel }),
      secret: newSecret(house, surveyId),
      answered: true,
      createdAt: openSince,
      changedAt: openSince,
    });
    await insertVersion(tx, {
      ...{ surveyId, workspaceId, version: FIRST, document },
      publishedAt: openSince,
      publisherId: '',
    });
  });
}

/**
 * Puts responses there, among the records and the facts of results; the answers among feedback are the caller's. Repeated
 * with the same token it changes nothing.
 */
export async function placeResponses(
  house: Stores,
  { workspaceId, surveyId }: SurveyPlace,
  responses: readonly PlacedResponse[],
  asWhat: { readonly token: string; readonly origin: string },
): Promise<void> {
  if (responses.length === 0) return;
  const { db } = house.records;
  const [row, document] = await Promise.all([selectById(db, surveyId), selectVersion(db, surveyId, FIRST)]);
  if (row === null || document === null) return;
  const { channel } = row.settings;
  const survey = prepare(document);
  const ended = responses.map((response) => {
    const found = walk(survey, response.answers, { language: response.language, seed: response.id, hidden: {}, person: {} }); // prettier-ignore
    return { response, found, ending: found.ending?.id ?? null };
  });
  const rows = ended.map(({ response, ending }): ResponseRow => {
    const { id, userId, language, startedAt, endedAt, answers } = response;
    return {
      ...{ id, workspaceId, surveyId, answers, startedAt, endedAt, ending },
      // No browser goes on with it: what it would show is hashed to hex.
      token: `placed ${id}`,
      version: FIRST,
      state: 'complete',
      revision: 0,
      around: { language, seed: id, hidden: {}, person: { userId, traits: {} }, once: null, suspect: [], hung: null },
      changedAt: endedAt,
      dueAt: endedAt,
      batch: null,
    };
  });
  await saveResponses(db, rows);
  const facts = ended.map(({ response: { id, userId, startedAt, endedAt }, found, ending }) => ({
    ...{ id, surveyId, startedAt, endedAt, found, ending },
    version: FIRST,
    state: 'complete' as const,
    channel,
    anonymous: false,
    named: { userId },
  }));
  await putResponses(house, workspaceId, facts, { ...asWhat, again: true });
}

/** Takes a survey away with all its responses. Done twice, it is the same. */
export async function dropSurvey(house: Stores, { workspaceId, surveyId }: SurveyPlace): Promise<void> {
  await dropResponses(house, workspaceId, surveyId);
  await house.records.transaction(async (tx) => {
    if ((await lockSurvey(tx, workspaceId, surveyId, 'update')) === null) return;
    await deleteAllResponses(tx, surveyId);
    await dropReports(tx, workspaceId, surveyId);
    await deleteSurvey(tx, { workspaceId, id: surveyId });
  });
}
