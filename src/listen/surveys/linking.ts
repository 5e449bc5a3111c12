import type { House } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { addressOf } from './address.ts';
import type { LinkWanted } from './contract.ts';
import type { SurveyRow } from './records/surveys.ts';
import { secretOf } from './secrets.ts';
import { sign } from './signing.ts';
import { LINK } from './vocabulary.ts';

/** The address of a survey for one person. Throws Problem `bad-input` where it says more than a link can carry. */
export function linkTo(house: Pick<House, 'config' | 'vault'>, survey: SurveyRow, wanted: LinkWanted): string {
  const { surveyId: _surveyId, hidden, answers, expiresAt, ...person } = wanted;
  const values = [person.traits, hidden, answers].reduce((sum, some) => sum + Object.keys(some).length, 0);
  if (values > LINK.values) {
    throw new Problem('bad-input', `A link carries ${LINK.values} traits, hidden fields and answers at the most.`, {
      field: 'traits',
      value: values,
      mend: 'Leave some out.',
    });
  }
  const signed = sign(secretOf(house, survey), {
    person,
    hidden,
    answers,
    ...(expiresAt === undefined ? {} : { exp: Math.floor(Date.parse(expiresAt) / 1_000) }),
  });
  return `${addressOf(house, survey)}?p=${signed}`;
}
