export {
  type Day,
  INTERVALS,
  type Interval,
  type Period,
  addDays,
  addMonths,
  bucketOf,
  bucketsOf,
  dayAt,
  daysBetween,
  isDay,
  nextBucket,
  periodToInstants,
  previousPeriod,
  startOfDayMs,
} from './days.ts';
export { factsTimeToInstant, fromFactsTimeMs, parseTimestampMs, toFactsTime, wallMs } from './timestamps.ts';
export { isZone, offsetMs, wallToInstantMs } from './zone.ts';
