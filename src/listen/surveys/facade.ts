import type { SurveyDocument } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { countOpen, selectNames, selectSurvey, selectVersions } from './records/surveys.ts';

export { dropSurvey, placeResponses, placeSurvey, type PlacedResponse, type SurveyPlace } from './placing.ts';

/** What a workspace's surveys are called, by id. */
export async function surveyNames(
  house: Pick<House, 'records'>,
  workspaceId: string,
): Promise<ReadonlyMap<string, string>> {
  return new Map((await selectNames(house.records.db, workspaceId)).map(({ id, name }) => [id, name]));
}

/** A survey as those see it who read its answers. */
export interface AskedSurvey {
  readonly id: string;
  readonly name: string;
  readonly state: 'draft' | 'open' | 'closed';
  readonly anonymous: boolean;
  /** What was published, the newest first. */
  readonly versions: readonly {
    readonly version: number;
    readonly document: SurveyDocument;
    readonly publishedAt: Date;
  }[];
}

/** Null where the workspace has no such survey. */
export async function readSurvey(
  { records }: Pick<House, 'records'>,
  workspaceId: string,
  surveyId: string,
): Promise<AskedSurvey | null> {
  const [row, versions] = await Promise.all([
    selectSurvey(records.db, workspaceId, surveyId),
    selectVersions(records.db, workspaceId, surveyId),
  ]);
  if (row === null) return null;
  return { id: row.id, name: row.name, state: row.state, anonymous: row.settings.anonymous, versions };
}

/** How many responses may still be gone on with. */
export function countOpenResponses(
  { records }: Pick<House, 'records'>,
  workspaceId: string,
  surveyId: string,
): Promise<number> {
  return countOpen(records.db, workspaceId, surveyId);
}
