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
    people: { to, search: { ...search, view: 'lineage' } },
  };
}
