import { chance, integer, pick } from '@touchstone/domain/random';
import { ask } from './asking.ts';
import { askForHelp } from './help.ts';
import type { Placed } from './orders.ts';
import type { Telling } from './shape.ts';
import { REFUSED_IN_STORES, RETURNED } from './truths.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const REASONS = ['other than shown', 'does not fit', 'broken', 'changed my mind'];

/**
 * Something goes back, or does not: what was bought at a distance within thirty days for money, what was bought in a store within
 * fourteen for a voucher.
 */
export function sendBack(telling: Telling, placed: Placed, receivedMs: number): void {
  const { random } = telling;
  const { orderId, channel, products, locationId } = placed;
  const textile = products.some((p) => p.category === 'textiles');
  if (!chance(random, textile ? 0.16 : 0.055)) return;
  const inStore = channel === 'store';
  const askedMs = receivedMs + integer(random, 2, 12) * DAY;
  const common = { orderId, channel, ...(locationId === undefined ? {} : { locationId }) };
  telling.put({ ...common, name: 'Return Requested', ms: askedMs, props: { return_reason: pick(random, REASONS) } });
  const refused = inStore && chance(random, REFUSED_IN_STORES);
  const doneMs = askedMs + (inStore ? 0.2 * HOUR : integer(random, 3, 8) * DAY);
  telling.put({
    ...common,
    name: refused ? 'Return Refused' : 'Return Completed',
    ms: doneMs,
    props: { refund: refused ? 'none' : inStore ? 'voucher' : 'money' },
  });
  ask(telling, {
    name: 'Survey Answered',
    instrument: 'csat',
    survey: 'after_return',
    ms: doneMs + 4 * HOUR,
    answered: 0.7,
    shares: inStore ? RETURNED.store : RETURNED.parcel,
    themes: inStore ? ['returnRefused', 'returnRefused', null] : ['helpBad', null, 'returnEasy'],
    about: common,
    always: true,
  });
  if (!refused) return;
  telling.hurt = 'returnRefused';
  if (chance(random, 0.2)) askForHelp(telling, doneMs + 20 * HOUR, 'return', orderId);
}
