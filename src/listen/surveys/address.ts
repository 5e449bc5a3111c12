import type { House } from '../../platform/house/house.ts';
import type { SurveyRow } from './records/surveys.ts';

/** Where a survey is answered. */
export function addressOf(house: Pick<House, 'config'>, { slug }: Pick<SurveyRow, 'slug'>): string {
  return `${house.config.publicUrl}/s/${slug}`;
}
