export {
  COMPARISONS,
  type ComparedWith,
  type Day,
  INTERVALS,
  type Interval,
  type Period,
  addDays,
  addMonths,
  bucketOf,
  bucketsOf,
  comparedPeriod,
  dayAt,
  daysBetween,
  isDay,
  nextBucket,
  periodToInstants,
  previousPeriod,
  startOfDayMs,
  usualInterval,
  usualPeriod,
  yearBefore,
} from './days.ts';
export { type PersianDay, fromPersian, readPersian, toPersian } from './persian.ts';
export { factsTimeToInstant, fromFactsTimeMs, parseTimestampMs, toFactsTime, wallMs } from './timestamps.ts';
export { isZone, offsetMs, wallToInstantMs } from './zone.ts';
