import { chance, integer, logNormal, normal, pick, type Random, weighted } from '@touchstone/domain/random';
import type { Days } from './days.ts';
import { SILENT } from './truths.ts';
import { GIVEN, SURNAMES } from './words/names.ts';
import type { Spoken } from './words/spoken.ts';

/** Where people live; parcels to the last come by sea. */
export const REGIONS = [
  ['Harbour', 27],
  ['Valley', 23],
  ['Hills', 18],
  ['Plains', 16],
  ['Islands', 16],
] as const;
export type Region = (typeof REGIONS)[number][0];
export const SLOW_REGION: Region = 'Islands';

const TONGUES: readonly (readonly [Spoken, number])[] = [
  ['en', 30],
  ['de', 16],
  ['pl', 16],
  ['ru', 13],
  ['sl', 13],
  ['fa', 12],
];

const FOUND_US = [
  ['search', 34],
  ['friend', 22],
  ['store', 18],
  ['advert', 16],
  ['newsletter', 10],
] as const;

/** Where somebody mostly buys. */
const HABITS = [
  ['web', 58],
  ['app', 24],
  ['store', 18],
] as const;
export type Habit = (typeof HABITS)[number][0];

export interface Customer {
  readonly userId: string;
  readonly name: string;
  /** In some languages what they write shows it. */
  readonly she: boolean;
  readonly email: string;
  readonly language: Spoken;
  readonly region: Region;
  readonly habit: Habit;
  readonly foundUs: string;
  readonly club: boolean;
  /** The name a browser gave them before they said who they are; '' for most. */
  readonly anonymousId: string;
  /** The day they came; before 0 for who was a customer before the story begins. */
  readonly since: number;
  /** Days between two wishes to buy something, in the mean. */
  readonly pace: number;
  /** How high they answer, standard normal. */
  readonly lean: number;
  /** Never answers anything. */
  readonly silent: boolean;
  /** How likely they write something beside a score. */
  readonly wordy: number;
}

/** Share of people who were customers before. */
const OLD = 0.46;
/** Days of the longest standing before the story. */
const LONGEST = 900;

/** Somebody who came within the story: the later the more of them, and more before winter. */
function dayOfComing(random: Random, days: Days): number {
  for (;;) {
    const day = integer(random, 0, days.count - 1);
    const growth = (1 + day / days.count) / 2;
    if (chance(random, growth * (0.4 + 0.6 * days.mood(day)))) return day;
  }
}

/** The nth customer; the same for the same generator and days. */
export function makeCustomer(random: Random, n: number, days: Days): Customer {
  const language = weighted(random, TONGUES);
  const region = weighted(random, REGIONS);
  const old = chance(random, OLD);
  const since = old ? -integer(random, 1, LONGEST) : dayOfComing(random, days);
  const habit = weighted(random, HABITS);
  const userId = `c${String(n + 1).padStart(6, '0')}`;
  const she = chance(random, 0.58);
  const given = GIVEN[language];
  return {
    userId,
    name: `${pick(random, she ? given.she : given.he)} ${pick(random, SURNAMES[language])}`,
    she,
    email: `${userId}@example.com`,
    language,
    region,
    habit,
    foundUs: weighted(random, FOUND_US),
    club: chance(random, 0.28),
    anonymousId: !old && habit === 'web' && chance(random, 0.3) ? `visitor-${userId}` : '',
    since,
    pace: Math.max(12, logNormal(random, 104, 0.65)),
    lean: normal(random),
    silent: chance(random, SILENT),
    wordy: 0.2 + 0.5 * random.float(),
  };
}

/** What is known of a customer as traits. */
export function traitsOf(who: Customer, days: Days): Readonly<Record<string, unknown>> {
  const { name, email, language, habit, foundUs, club } = who;
  return {
    name,
    email,
    language,
    buys: habit,
    found_us: foundUs,
    club: club ? 'member' : 'none',
    customer_since: days.day(who.since),
  };
}
