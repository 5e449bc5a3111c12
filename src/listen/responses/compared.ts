import type { House } from '../../platform/house/house.ts';
import { type Asked, type Asker, type Asking, readCondition } from './asking.ts';
import { comparisonOf } from './reading/comparing.ts';
import { countAll } from './results.ts';
import type { Comparison } from './shapes.ts';
import { HIDDEN_BELOW_PEOPLE } from './vocabulary.ts';

export interface OtherSide {
  readonly againstFrom?: string | undefined;
  readonly againstTo?: string | undefined;
  readonly againstFilter?: string | undefined;
  readonly againstWhere?: string | undefined;
}

/** Two groups of responses beside one another. */
export async function comparedOf(
  house: Pick<House, 'facts' | 'records'>,
  asker: Asker,
  asked: Asked,
  asking: Asking & OtherSide,
): Promise<Comparison> {
  const { documents, survey, condition, seesPeople } = asked;
  const other = {
    from: asking.againstFrom ?? asking.from,
    to: asking.againstTo ?? asking.to,
    filter: asking.againstFilter ?? asking.filter,
    where: asking.againstWhere ?? asking.where,
  };
  const against = readCondition(asker, survey.id, documents, other, ['againstWhere', '']);
  const sides = await Promise.all([
    countAll(house, condition, documents, seesPeople),
    countAll(house, against, documents, seesPeople),
  ]);
  const spans = sides.map(({ span }) => span);
  const [a = 0, b = 0] = spans.map(({ n }) => n);
  if (a === 0 || b === 0) return { first: { n: a }, second: { n: b }, reason: 'no-answers', questions: [] };
  if (!seesPeople && spans.some((span) => span.people < HIDDEN_BELOW_PEOPLE))
    return { first: { n: 0 }, second: { n: 0 }, reason: 'hidden', questions: [] };
  const questions = comparisonOf(documents, [sides[0].counted, sides[1].counted], seesPeople);
  return { first: { n: a }, second: { n: b }, reason: null, questions };
}
