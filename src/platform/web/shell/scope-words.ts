import { addDays, comparedPeriod, type Day } from '@touchstone/domain/calendar';
import type { Translate } from '../ui/i18n/language.tsx';
import type { Format } from '../ui/i18n/format.ts';
import type { Scope } from '../ui/scope.tsx';

/** The period as it is said: `All time`, `Since 1 Jan 2025`, `1 Jan – 31 Mar 2025`. */
export function periodWords({ from, to }: Pick<Scope, 'from' | 'to'>, t: Translate, format: Format): string {
  if (from === undefined && to === undefined) return t('web.period.all');
  if (from === undefined) return t('web.period.until', { day: format.day(lastOf(to ?? '')) });
  if (to === undefined) return t('web.period.since', { day: format.day(from) });
  return format.dayRange(from, lastOf(to));
}

/** What the period is compared with, where that is not what is usual. All time is compared with nothing. */
export function compareWords({ from, to, compare }: Scope, t: Translate): string | undefined {
  if ((from === undefined && to === undefined) || compare === 'previous') return undefined;
  return t(compare === 'year' ? 'web.compare.toYear' : 'web.compare.toNothing');
}

/** The days it is compared with, where both its ends are said. */
export function comparedDays({ from, to, compare }: Scope, format: Format): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  const against = comparedPeriod({ from, to }, compare);
  return against === undefined ? undefined : format.dayRange(against.from, lastOf(against.to));
}

/** The last day that is still in it. */
export function lastOf(to: Day): Day {
  return addDays(to, -1);
}
