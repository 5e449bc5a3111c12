import { addDays, bucketOf, type Day, type Period } from '@touchstone/domain/calendar';

/** A period the top bar offers ready-made. */
export interface ReadyPeriod extends Period {
  readonly key: 'days30' | 'days90' | 'months12' | 'thisYear' | 'lastYear';
}

/** The periods a reader asks for most; those of days end with today. */
export function readyPeriods(today: Day): readonly ReadyPeriod[] {
  const to = addDays(today, 1);
  const year = Number(today.slice(0, 4));
  return [
    { key: 'days30', from: addDays(to, -30), to },
    { key: 'days90', from: addDays(to, -90), to },
    { key: 'months12', from: bucketOf(addDays(to, -365), 'month'), to },
    { key: 'thisYear', from: `${year}-01-01`, to },
    { key: 'lastYear', from: `${year - 1}-01-01`, to: `${year}-01-01` },
  ];
}
