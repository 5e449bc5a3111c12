import type { House } from '../../platform/house/house.ts';
import { selectNames } from './records/surveys.ts';

export { dropSurvey, placeResponses, placeSurvey, type PlacedResponse, type SurveyPlace } from './placing.ts';

/** What a workspace's surveys are called, by id. */
export async function surveyNames(
  house: Pick<House, 'records'>,
  workspaceId: string,
): Promise<ReadonlyMap<string, string>> {
  return new Map((await selectNames(house.records.db, workspaceId)).map(({ id, name }) => [id, name]));
}
