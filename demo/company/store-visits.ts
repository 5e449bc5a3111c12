import { chance } from '@touchstone/domain/random';
import { ask } from './asking.ts';
import { basket, paymentOf } from './orders.ts';
import { drawProduct, money } from './products.ts';
import { sendBack } from './returns.ts';
import type { Telling } from './shape.ts';
import { storeOf } from './stores.ts';

const MINUTE = 60_000;
const GOOD = [0.02, 0.04, 0.1, 0.3, 0.54];
const BAD = [0.3, 0.26, 0.2, 0.15, 0.09];

/** A visit to a store, known by the customer's card; most who come buy something. */
export function visitStore(telling: Telling, day: number): void {
  const { random, who, days, currency } = telling;
  const store = storeOf(who.region, random.float());
  const ms = days.atMs(day, 10 + 8.5 * random.float());
  const common = { channel: 'store', locationId: store.id } as const;
  telling.put({ ...common, name: 'Store Visited', ms });
  const bad = chance(random, store.bad);
  if (chance(random, bad ? 0.5 : 0.78)) {
    const products = basket(random, drawProduct(random));
    const boughtMs = ms + Math.floor((8 + 25 * random.float()) * MINUTE);
    const orderId = `LL-${who.userId.slice(1)}-s${day.toString(36)}`;
    const total = money(products.reduce((sum, p) => sum + p.price, 0)).toFixed(2);
    telling.put({
      ...common,
      name: 'Order Completed',
      ms: boughtMs,
      orderId,
      value: total,
      currency,
      props: {
        region: who.region,
        payment_type: paymentOf(random),
        products: products.map((p) => ({ ...p, quantity: 1 })),
      },
    });
    // Handed over at the counter.
    telling.put({ ...common, name: 'Order Delivered', ms: boughtMs + MINUTE, orderId });
    sendBack(telling, { orderId, channel: 'store', day, ms: boughtMs, products, locationId: store.id }, boughtMs);
  }
  ask(telling, {
    name: 'Survey Answered',
    instrument: 'csat',
    survey: 'after_visit',
    ms: ms + 90 * MINUTE,
    answered: 0.32,
    shares: bad ? BAD : GOOD,
    themes: ['visitBad', null, 'visitGood'],
    about: { channel: 'store', locationId: store.id },
  });
}
