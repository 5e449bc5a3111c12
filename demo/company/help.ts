import { integer, logNormal, pick, weighted } from '@touchstone/domain/random';
import { ask } from './asking.ts';
import type { Telling } from './shape.ts';
import { AGENTS } from './stores.ts';
import { HELP, REPLY_HOURS } from './truths.ts';

const HOUR = 3_600_000;

const WAYS = [
  ['email', 46],
  ['phone', 30],
  ['chat', 24],
] as const;

/** Somebody asks the help desk; whether it is solved, and how long it takes, has its hour with the desk's new rule. */
export function askForHelp(telling: Telling, ms: number, reason: string, orderId?: string): void {
  const { random, who, days, turns } = telling;
  const oneOwner = ms >= days.atMs(turns.oneOwner, 0);
  const caseId = `t-${who.userId}-${Math.floor(ms / HOUR).toString(36)}`;
  const channel = weighted(random, WAYS);
  const agent = pick(random, AGENTS);
  const common = { caseId, channel, ...(orderId === undefined ? {} : { orderId }) };
  telling.put({ ...common, name: 'Ticket Opened', ms, props: { reason } });
  const wait = logNormal(random, oneOwner ? REPLY_HOURS.sinceOneOwner : REPLY_HOURS.before, 0.5);
  let at = ms + Math.floor(wait * HOUR);
  telling.put({
    ...common,
    name: 'Ticket Answered',
    ms: at,
    staffId: agent,
    props: { hours_to_reply: Math.round(wait) },
  });
  for (let more = integer(random, 0, oneOwner ? 1 : 3); more > 0; more--) {
    at += integer(random, 3, 30) * HOUR;
    // Before, whoever was free wrote back.
    telling.put({ ...common, name: 'Ticket Answered', ms: at, staffId: oneOwner ? agent : pick(random, AGENTS) });
  }
  at += integer(random, 1, 20) * HOUR;
  telling.put({ ...common, name: 'Ticket Closed', ms: at, staffId: agent, props: { reason } });
  ask(telling, {
    name: 'Survey Answered',
    instrument: 'csat',
    survey: 'after_help',
    ms: at + 2 * HOUR,
    answered: 0.62,
    shares: oneOwner ? HELP.sinceOneOwner : HELP.before,
    themes: ['helpBad', null, 'helpGood'],
    about: { caseId, channel, staffId: agent },
    always: true,
  });
}
