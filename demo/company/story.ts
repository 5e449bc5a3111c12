import { chance, exponential, integer, poisson, type Random, weighted } from '@touchstone/domain/random';
import { toFactsTime } from '@touchstone/domain/calendar';
import type { EventInput } from '../../src/core/events/facade.ts';
import { ask } from './asking.ts';
import type { Customer, Habit } from './customers.ts';
import { askForHelp } from './help.ts';
import { buyAtADistance } from './orders.ts';
import type { Setting, Telling } from './shape.ts';
import { reasonsOf, RELATIONSHIP } from './survey.ts';
import { visitStore } from './store-visits.ts';
import { LEAVES_AFTER_HURT } from './truths.ts';
import { browse, hourOf, readNewsletter } from './visits.ts';

/** Visits without buying, for each wish to buy. */
const BROWSING = 0.34;
const NEWSLETTERS_A_MONTH = 0.22;

/** Of the recommendation question, 0 to 10: by people in general, and by those whom something hurt. */
const RECOMMENDS = [0.01, 0.01, 0.01, 0.01, 0.02, 0.06, 0.06, 0.11, 0.16, 0.25, 0.3];
const RECOMMENDS_HURT = [0.08, 0.05, 0.06, 0.07, 0.08, 0.14, 0.12, 0.14, 0.11, 0.08, 0.07];

const NOTHING_MORE = {};

const ELSEWHERE: Readonly<Record<Habit, readonly (readonly [Habit, number])[]>> = {
  web: [['web', 82], ['app', 9], ['store', 9]], // prettier-ignore
  app: [['app', 84], ['web', 10], ['store', 6]], // prettier-ignore
  store: [['store', 72], ['web', 20], ['app', 8]], // prettier-ignore
};

/** All that one customer did and said, in no order; the same for the same generator. */
export function tellStory(setting: Setting, who: Customer, random: Random): EventInput[] {
  const { days } = setting;
  const identity = { kind: 'user', value: who.userId, at: toFactsTime(days.atMs(Math.max(0, who.since), 0)) } as const;
  const visitor = { kind: 'anonymous', value: who.anonymousId, at: identity.at } as const;
  const rows: EventInput[] = [];
  const telling: Telling = {
    ...setting,
    random,
    who,
    hurt: null,
    askedMs: 0,
    put: (told) => {
      if (told.ms >= days.endMs) return;
      const known = told.stranger !== true;
      // Field by field: a million and a half rows of one shape are written and read in half the time.
      rows.push({
        key: `${who.userId}-${rows.length}`,
        name: told.name,
        at: toFactsTime(told.ms),
        identity: known ? identity : visitor,
        userId: known ? who.userId : undefined,
        anonymousId: known ? undefined : who.anonymousId,
        sessionId: told.sessionId,
        orderId: told.orderId,
        caseId: told.caseId,
        locationId: told.locationId,
        staffId: told.staffId,
        channel: told.channel,
        url: told.url,
        value: told.value,
        currency: told.currency,
        props: told.props ?? NOTHING_MORE,
      });
    },
  };
  const last = live(telling);
  for (let left = poisson(random, ((last - Math.max(0, who.since)) / 30) * NEWSLETTERS_A_MONTH); left > 0; left--) {
    readNewsletter(telling, days.atMs(integer(random, Math.max(0, who.since), last), hourOf(random)));
  }
  return rows;
}

/** From the first wish to the last; gives the day after which nothing is heard of them. */
function live(telling: Telling): number {
  const { random, who, days } = telling;
  if (who.anonymousId !== '' && who.since > 3) {
    browse(telling, days.atMs(integer(random, Math.max(0, who.since - 20), who.since - 1), hourOf(random)), 'web');
  }
  let day = who.since >= 0 ? who.since : Math.floor(exponential(random, who.pace));
  let asksAfter = integer(random, 20, 200);
  let known = who.since < 0;
  while (day < days.count) {
    if (chance(random, BROWSING)) look(telling, integer(random, Math.max(0, who.since, day - 12), day));
    const where = weighted(random, ELSEWHERE[who.habit]);
    if (!chance(random, days.mood(day))) look(telling, day);
    else if (where === 'store') visitStore(telling, day);
    else buyAtADistance(telling, day, where);
    if (chance(random, 0.045)) askForHelp(telling, days.atMs(day, hourOf(random)), 'question');
    const { hurt } = telling;
    if (hurt !== null && chance(random, who.silent ? LEAVES_AFTER_HURT.silent : LEAVES_AFTER_HURT.heard)) {
      recommend(telling, day + 20);
      return Math.min(days.count - 1, day + 15);
    }
    if (known && day > asksAfter) {
      recommend(telling, day);
      asksAfter = day + integer(random, 120, 200);
    }
    known = true;
    telling.hurt = null;
    day += 1 + Math.floor(exponential(random, who.pace));
  }
  return days.count - 1;
}

function look(telling: Telling, day: number): void {
  const { random, who, days } = telling;
  browse(telling, days.atMs(day, hourOf(random)), who.habit === 'app' ? 'app' : 'web');
}

/** How likely they would recommend the company. */
function recommend(telling: Telling, day: number): void {
  const { random, days, hurt, surveyIds } = telling;
  const answered = ask(telling, {
    name: 'Survey Answered',
    instrument: 'nps',
    survey: surveyIds[RELATIONSHIP] ?? RELATIONSHIP,
    question: 'nps',
    ms: days.atMs(day, 9 + 9 * random.float()),
    answered: 0.45,
    shares: hurt === null ? RECOMMENDS : RECOMMENDS_HURT,
    lowest: 0,
    themes: [hurt ?? 'faulty', 'fair', 'love'],
    about: { channel: 'email' },
    always: true,
  });
  if (answered === undefined) return;
  const { score, ms, props } = answered;
  // Of its own chance: what else happens is not changed by what is told here.
  const reasons = reasonsOf(random.fork(`reasons ${day}`), score, hurt);
  if (reasons === undefined) return;
  telling.put({
    name: 'Survey Answered',
    ms,
    channel: 'email',
    props: { ...props, instrument: 'choice', question_id: reasons.question, choices: reasons.chosen },
  });
}
