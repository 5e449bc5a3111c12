import type { House } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { addressOf } from './address.ts';
import type { LinkWanted } from './contract.ts';
import type { SurveyRow } from './records/surveys.ts';
import { secretOf } from './secrets.ts';
import { sign } from './signing.ts';
import { LINK } from './vocabulary.ts';

/**
 * The address of a survey for one person. Throws Problem `bad-input` or `too-large` where it says more than a
 * link can carry, or names what the survey has not.
 */
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
  const asked = survey.draft;
  const questions = new Set(asked.pages.flatMap((page) => page.questions.map(({ id }) => id)));
  const fields = new Set((asked.hidden ?? []).map(({ id }) => id));
  for (const [name, given, known] of [
    ['hidden', hidden, fields],
    ['answers', answers, questions],
  ] as const) {
    // In a round of a loop `q1@item`.
    const odd = Object.keys(given).find((id) => !known.has(id.replace(/@.*$/, '')));
    if (odd === undefined) continue;
    throw new Problem('bad-input', `This survey has no ${name === 'hidden' ? 'hidden field' : 'question'} “${odd}”.`, {
      field: `${name}.${odd}`,
      mend: 'Write it as the survey’s document does.',
    });
  }
  const signed = sign(secretOf(house, survey), {
    person,
    hidden,
    answers,
    ...(expiresAt === undefined ? {} : { exp: Math.floor(Date.parse(expiresAt) / 1_000) }),
  });
  const url = `${addressOf(house, survey)}?p=${signed}`;
  if (url.length > LINK.addressLetters) {
    throw new Problem(
      'too-large',
      `This link would have ${url.length} letters, and no more than ${LINK.addressLetters} can be opened everywhere.`,
      {
        field: 'traits',
        mend: 'Say less in it: a user id finds the rest.',
      },
    );
  }
  return url;
}
