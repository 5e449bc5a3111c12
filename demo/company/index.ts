import { type Day, toFactsTime } from '@touchstone/domain/calendar';
import { seeded } from '@touchstone/domain/random';
import type { DemoCompany, DemoPerson, DemoStory } from '../../src/listen/demo/story.ts';
import { COMPANY } from '../words.ts';
import { withStores } from './catalogue.ts';
import { type Customer, makeCustomer, traitsOf } from './customers.ts';
import { type Days, daysBefore } from './days.ts';
import type { Setting } from './shape.ts';
import { tellStory } from './story.ts';
import { RELATIONSHIP, RELATIONSHIP_DOCUMENT, RELATIONSHIP_NAME, responsesIn } from './survey.ts';
import { MONTHS_AGO } from './truths.ts';

export interface CompanyOptions {
  readonly seed: string;
  readonly people: number;
  /** Nothing is told of this day and those after it. */
  readonly today: Day;
  readonly zone: string;
  readonly currency: string;
  readonly surveyIds?: Readonly<Record<string, string>>;
}

/** What changed when, as days of the calendar. */
export function turnsOf(days: Days): Setting['turns'] {
  const { carrier, checkout, oneOwner, card } = MONTHS_AGO;
  return {
    carrier: days.monthsAgo(carrier),
    checkout: days.monthsAgo(checkout),
    oneOwner: days.monthsAgo(oneOwner),
    card: days.monthsAgo(card),
  };
}

/**
 * A shop with stores and a help desk over eighteen months, person by person: each is the same for the same seed and day, however
 * many there are. All of it is invented; what is planted stands in demo/TRUTHS.md.
 */
export function openCompany({ seed, people, today, zone, currency, surveyIds = {} }: CompanyOptions): DemoStory {
  const days = daysBefore(today, zone);
  const setting: Setting = { days, turns: turnsOf(days), currency, surveyIds };
  const root = seeded(seed);
  const customer = (n: number): Customer => makeCustomer(root.fork(`customer ${n}`), n, days);
  return {
    people,
    person: (n): DemoPerson => {
      const who = customer(n);
      const at = toFactsTime(days.atMs(Math.max(0, who.since), 12));
      return { userId: who.userId, anonymousId: who.anonymousId, traits: traitsOf(who, days), at };
    },
    told: (n) => tellStory(setting, customer(n), root.fork(`story ${n}`)),
    responses: responsesIn,
  };
}

/** What the product opens when somebody wants to see it full. */
export const company: DemoCompany = {
  name: COMPANY,
  people: 40_000,
  seed: 'lantern',
  open: openCompany,
  arrange: withStores,
  surveys: [{ key: RELATIONSHIP, name: RELATIONSHIP_NAME, document: RELATIONSHIP_DOCUMENT, channel: 'email' }],
};
