import { comparedPeriod, type Period } from '@touchstone/domain/calendar';
import { withLevel, withoutLevel } from '../../metrics/web/facade.ts';
import type { PeriodBefore } from '../vocabulary.ts';
import { type Choice, periodBefore } from './state.ts';

/** One side of a comparison, or of any question: its period and filter. */
export interface Side extends Period {
  readonly filter: string;
}

/** What is compared with what; undefined while something is not chosen, or there is nothing to compare with. */
export function sidesOf(
  asked: Side & { readonly allTime: boolean },
  choice: Pick<Choice, 'against' | 'before' | 'againstFrom' | 'againstTo'>,
  groups: { readonly by: string; readonly a: string | undefined; readonly b: string | undefined } | undefined,
): { readonly first: Side; readonly second: Side } | undefined {
  const { from, to, filter } = asked;
  const first = { from, to, filter };
  if (choice.against === 'groups' || choice.against === 'rest') {
    if (groups?.a === undefined) return undefined;
    const { by, a, b } = groups;
    const chosen = { ...first, filter: withLevel(filter, by, a) };
    if (choice.against === 'rest') return { first: chosen, second: { ...first, filter: withoutLevel(filter, by, a) } };
    return b === undefined || a === b
      ? undefined
      : { first: chosen, second: { ...first, filter: withLevel(filter, by, b) } };
  }
  const other = otherPeriod(asked, choice);
  return other === undefined ? undefined : { first, second: { ...other, filter } };
}

function otherPeriod(
  asked: Period & { readonly allTime: boolean },
  choice: Pick<Choice, 'against' | 'before' | 'againstFrom' | 'againstTo'>,
): Period | undefined {
  const { against, againstFrom, againstTo } = choice;
  if (against === 'days') {
    return againstFrom === undefined || againstTo === undefined ? undefined : { from: againstFrom, to: againstTo };
  }
  return beforeOf(asked, periodBefore(choice));
}

/** The days a period is compared with. Of all time nothing lies before. */
export function beforeOf(asked: Period & { readonly allTime: boolean }, before: PeriodBefore): Period | undefined {
  return asked.allTime ? undefined : comparedPeriod({ from: asked.from, to: asked.to }, before);
}
