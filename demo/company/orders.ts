import { chance, integer, pick, type Random, weighted } from '@touchstone/domain/random';
import { ask } from './asking.ts';
import { SLOW_REGION } from './customers.ts';
import { askForHelp } from './help.ts';
import { drawProduct, money, type Product } from './products.ts';
import { sendBack } from './returns.ts';
import type { Telling } from './shape.ts';
import { CARD_SHARE, CHECKOUT, COMPLETED, LATE, PARCEL } from './truths.ts';
import { browse, hourOf } from './visits.ts';
import { comment } from './words/comments.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const PAYMENTS = [
  ['card', 58],
  ['wallet', 22],
  ['transfer', 14],
  ['voucher', 6],
] as const;

/** Of an order that was placed. */
export interface Placed {
  readonly orderId: string;
  readonly channel: 'web' | 'app' | 'store';
  readonly day: number;
  readonly ms: number;
  readonly products: readonly Product[];
  readonly locationId?: string;
}

export function paymentOf(random: Random): string {
  return weighted(random, PAYMENTS);
}

/** What a customer takes along: one thing, seldom two or three. */
export function basket(random: Random, first: Product): readonly Product[] {
  const draw = random.float();
  if (draw < 0.72) return [first];
  return draw < 0.93 ? [first, drawProduct(random)] : [first, drawProduct(random), drawProduct(random)];
}

/** Somebody sets out to buy on the site or in the app; not every checkout is brought to its end. */
export function buyAtADistance(telling: Telling, day: number, on: 'web' | 'app'): void {
  const { random, who, days, turns, currency } = telling;
  const seen = browse(telling, days.atMs(day, hourOf(random)), on);
  const products = basket(random, seen.last);
  const total = money(products.reduce((sum, p) => sum + p.price, 4.9));
  const common = { channel: on, sessionId: seen.session };
  let at = seen.ms;
  for (const { product_id, name, category, price } of products) {
    telling.put({ ...common, name: 'Product Added', ms: (at += MINUTE), props: { product_id, name, category, price } });
  }
  telling.put({ ...common, name: 'Checkout Started', ms: (at += MINUTE), value: total.toFixed(2), currency });
  const changed = day >= turns.checkout;
  const completed = on === 'app' ? COMPLETED.app : changed ? COMPLETED.webSinceChange : COMPLETED.web;
  if (!chance(random, completed)) return;
  at += integer(random, 1, on === 'web' && changed ? 9 : 4) * MINUTE;
  const orderId = `LL-${who.userId.slice(1)}-${day.toString(36)}`;
  const slow = who.region === SLOW_REGION;
  const promised = day + (slow ? 8 : 5);
  telling.put({
    ...common,
    name: 'Order Completed',
    ms: at,
    orderId,
    value: total.toFixed(2),
    currency,
    props: {
      promised_delivery: days.day(promised),
      region: who.region,
      payment_type: paymentOf(random),
      ...(day >= turns.card ? { thank_you_card: chance(random, CARD_SHARE) ? 'yes' : 'no' } : {}),
      products: products.map((p) => ({ ...p, quantity: 1 })),
    },
  });
  ask(telling, {
    name: 'Survey Answered',
    instrument: 'ces',
    survey: 'after_checkout',
    ms: at + 2 * MINUTE,
    answered: 0.3,
    shares: on === 'app' ? CHECKOUT.app : changed ? CHECKOUT.webSinceChange : CHECKOUT.web,
    themes: ['checkoutHard', null, 'checkoutEasy'],
    about: { orderId, channel: on },
  });
  const placed: Placed = { orderId, channel: on, day, ms: at, products };
  if (chance(random, 0.018)) {
    telling.put({ name: 'Order Cancelled', ms: at + integer(random, 1, 20) * HOUR, orderId });
    return;
  }
  deliver(telling, placed, promised);
}

function isLate({ random, who, days, turns }: Telling, day: number): boolean {
  const here = who.region === SLOW_REGION;
  const usual = here ? (day >= turns.carrier ? LATE.slowRegionSinceCarrier : LATE.slowRegion) : LATE.elsewhere;
  return chance(random, usual + (days.isDecember(day) ? LATE.december : 0));
}

function deliver(telling: Telling, placed: Placed, promised: number): void {
  const { random, who, days, turns } = telling;
  const { orderId, day, products } = placed;
  const slow = who.region === SLOW_REGION;
  const late = isLate(telling, day);
  const lateDays = late ? integer(random, 1, chance(random, 0.3) ? 6 : 3) : 0;
  const arrived = promised + (late ? lateDays : -integer(random, 0, slow ? 3 : 2));
  const carrier = slow ? (day >= turns.carrier ? 'Gull Post' : 'Ferry Line') : pick(random, ['Swift Cart', 'Green Wheel']); // prettier-ignore
  telling.put({ name: 'Order Shipped', ms: days.atMs(day + 1, 9 + 8 * random.float()), orderId, props: { carrier } });
  if (lateDays > 1 && chance(random, 0.35)) {
    telling.put({ name: 'Shipment Delayed', ms: days.atMs(promised, 17 + 2 * random.float()), orderId });
  }
  const ms = days.atMs(arrived, 8.5 + 11 * random.float());
  telling.put({ name: 'Order Delivered', ms, orderId });
  ask(telling, {
    name: 'Review Submitted',
    instrument: 'rating',
    ms: ms + integer(random, 6, 50) * HOUR,
    answered: late ? 0.62 : 0.52,
    shares: !late ? PARCEL.onTime : slow ? PARCEL.lateInSlowRegion : PARCEL.late,
    themes: late ? ['late', 'late', 'love'] : ['faulty', 'fair', chance(random, 0.5) ? 'parcel' : 'love'],
    lateDays,
    about: { orderId },
    always: true,
  });
  if (late && !who.silent && chance(random, 0.07)) {
    const text = comment(random, who, 'late', lateDays);
    telling.put({ name: 'Complaint Submitted', ms: ms + integer(random, 1, 30) * HOUR, orderId, channel: 'email', props: { text, language: who.language } }); // prettier-ignore
  }
  if (chance(random, late ? 0.24 : 0.07)) {
    askForHelp(telling, ms + integer(random, 2, 60) * HOUR, late ? 'delivery' : 'product', orderId);
  }
  if (late && slow) telling.hurt = 'late';
  sendBack(telling, placed, ms);
  const [first] = products;
  if (first !== undefined && chance(random, 0.3)) {
    ask(telling, {
      name: 'Product Reviewed',
      instrument: 'rating',
      ms: ms + integer(random, 14, 40) * DAY,
      answered: 0.25,
      shares: [0.04, 0.05, 0.11, 0.28, 0.52],
      themes: ['faulty', 'fair', 'love'],
      about: { productId: first.product_id },
    });
  }
}
