import type { House } from '../../../platform/house/house.ts';
import { addressOf } from '../address.ts';
import type { CodeWanted } from '../contract.ts';
import type { SurveyRow } from '../records/surveys.ts';
import { secretOf } from '../secrets.ts';
import type { Drawn } from './drawing.ts';
import { signCode } from './signing.ts';

/** The address a code leads to. The same code has the same address for ever. */
export function codeOf(house: Pick<House, 'config' | 'vault'>, survey: SurveyRow, wanted: CodeWanted): Drawn {
  const { name, ...said } = wanted;
  return { name, url: `${addressOf(house, survey)}?c=${signCode(secretOf(house, survey), said)}` };
}
