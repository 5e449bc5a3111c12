import { addDays } from '@touchstone/domain/calendar';
import type { FindingFact } from '../contract.ts';
import { narrowed } from './narrowed.ts';

/** A page, and what its address holds. */
interface Place {
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
}

/** Where a finding leads: to its figures, to what was said, and to who they are. */
export interface Ways {
  readonly figures: Place;
  readonly comments: Place;
  readonly people: Place;
}

/** What the people of a metric gave or got: with it a filter finds them and nobody else. */
const COUNTED: Readonly<Record<FindingFact['metric'], string>> = {
  nps: 'feedback.instrument:nps',
  csat: 'feedback.instrument:csat',
  csat_mean: 'feedback.instrument:csat',
  ces: 'feedback.instrument:ces',
  rating: 'feedback.instrument:rating',
  overall_score: 'feedback.instrument:nps,csat,ces,rating',
  responses: 'feedback.instrument?',
  orders: 'order.placed?',
  late_rate: 'order.delivered?',
  days_to_deliver: 'order.delivered?',
  return_rate: 'order.delivered?',
};

/** @param filter the page's own, which a finding about a part narrows */
export function waysOf(finding: FindingFact, filter: string): Ways {
  const { metric, subject, since } = finding;
  const search = {
    ...(subject === null ? {} : { filter: narrowed(filter, subject.filter) }),
    ...(since === null ? {} : { from: since.at }),
    ...(since === null || since.until === null ? {} : { to: addDays(since.until, 1) }),
  };
  const to = `/measure/metrics/${metric}`;
  return {
    figures: { to, search: { ...search, ...(subject === null ? {} : { by: subject.field }) } },
    comments: { to: '/listen/comments', search },
    people: { to: '/unify/people', search: { ...search, filter: narrowed(search.filter ?? filter, COUNTED[metric]) } },
  };
}
