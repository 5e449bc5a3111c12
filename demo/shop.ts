import { addDays } from '@touchstone/domain/calendar';
import {
  chance,
  integer,
  logNormal,
  normal,
  pick,
  poisson,
  type Random,
  seeded,
  weighted,
} from '@touchstone/domain/random';
import type { Customer, Item, Order, Payment, Product, Return, Review, Shop, Visit } from './rows.ts';
import {
  CATEGORIES,
  COMMENTS,
  FIRST_NAMES,
  LAST_NAMES,
  MAKES,
  PAYMENTS,
  REGIONS,
  RETURN_REASONS,
  RETURNED_CATEGORY,
  SLOW_REGION,
  TITLES,
} from './words.ts';

/** What is planted, before scores are rounded and cut to 1–5: a late parcel, or a cancelled order, costs so much; nothing else moves a score but chance and the person. */
export const TRUTHS = {
  scoreOnTime: 4.5,
  lateDrop: 2.2,
  personDeviation: 0.35,
  chanceDeviation: 0.8,
  returnShare: 0.05,
  returnShareOfCategory: 0.22,
} as const;

export interface ShopOptions {
  readonly seed: string | number;
  readonly people: number;
  /** The first day anything may be bought. */
  readonly from: string;
  /** How many days orders are placed in. */
  readonly days: number;
}

const HOUR_MS = 3_600_000;
const LONGEST_TRAVEL_DAYS = 40;
/** No order's story, returns and reviews included, goes on longer than this after its day. */
export const LONGEST_STORY_DAYS = 60;

function wall(day: string, hours: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + Math.floor((hours * HOUR_MS) / 1000) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
}

const hex = (random: Random, digits: number): string =>
  Array.from({ length: Math.ceil(digits / 8) }, () => random.uint32().toString(16).padStart(8, '0'))
    .join('')
    .slice(0, digits);

function makeCustomer(random: Random, n: number): Customer {
  const [first, last] = [pick(random, FIRST_NAMES), pick(random, LAST_NAMES)];
  const region = weighted(
    random,
    REGIONS.map(([code, name, weight]) => [{ code, name }, weight] as const),
  );
  return {
    personId: `P${String(n + 1).padStart(6, '0')}`,
    name: `${first} ${last}`,
    email: `customer${n + 1}@example.com`,
    region: region.code,
    city: `${region.name} ${pick(random, ['Bridge', 'Cross', 'Gate', 'Mill', 'Well'])}`,
  };
}

function makeProduct(random: Random, n: number): Product {
  const category = weighted(random, CATEGORIES);
  return {
    productId: `SKU-${String(n + 1).padStart(4, '0')}`,
    name: `${MAKES[n % MAKES.length] ?? ''} ${category} ${Math.floor(n / MAKES.length) + 1}`,
    category,
    price: Math.round(logNormal(random, 3_000, 0.5)),
  };
}

function makeOrder(random: Random, customer: Customer, options: ShopOptions): Order {
  const placedDay = addDays(options.from, integer(random, 0, options.days - 1));
  const placed = wall(placedDay, 6 + random.float() * 17.9);
  const promised = addDays(placedDay, customer.region === SLOW_REGION ? 12 : 9);
  const status = weighted(random, [
    ['delivered', 93],
    ['shipped', 3],
    ['processing', 2],
    ['canceled', 2],
  ] as const);
  const base = {
    orderId: hex(random, 32),
    customerId: hex(random, 32),
    personId: customer.personId,
    status,
    placed,
    promised,
  };
  const shippedDay = addDays(placedDay, integer(random, 1, 3));
  const typical = customer.region === SLOW_REGION ? 9 : 4;
  const travel = Math.min(LONGEST_TRAVEL_DAYS, Math.max(1, Math.round(logNormal(random, typical, 0.38))));
  // A courier who comes at half past ten at night still comes that day, also where Greenwich is a day ahead.
  const deliveredAt = wall(addDays(shippedDay, travel), 8 + random.float() * 15.9);
  return {
    ...base,
    shipped: status === 'delivered' || status === 'shipped' ? wall(shippedDay, 9 + random.float() * 8) : null,
    delivered: status === 'delivered' ? deliveredAt : null,
  };
}

/** The day of delivery is after the promised day. */
export function isLate(order: Order): boolean {
  return order.delivered !== null && order.delivered.slice(0, 10) > order.promised;
}

function makeItems(random: Random, order: Order, products: readonly Product[]): Item[] {
  const category = weighted(random, CATEGORIES);
  const shelf = products.filter((p) => p.category === category);
  const count = weighted(random, [
    [1, 80],
    [2, 15],
    [3, 5],
  ] as const);
  return Array.from({ length: count }, (_, i) => {
    const product = pick(random, shelf.length === 0 ? products : shelf);
    const freight = 300 + integer(random, 0, 900);
    return { orderId: order.orderId, line: i + 1, productId: product.productId, price: product.price, freight };
  });
}

/** One payment, or a voucher and the rest by another way. Parts are never equal, so that one of them is the main one. */
function makePayments(random: Random, order: Order, total: number): Payment[] {
  const type = weighted(random, PAYMENTS);
  if (type === 'voucher' || !chance(random, 0.06)) return [{ orderId: order.orderId, sequence: 1, type, value: total }];
  const part = Math.max(1, Math.floor(total * (0.1 + 0.3 * random.float())));
  return [
    { orderId: order.orderId, sequence: 1, type: 'voucher', value: part },
    { orderId: order.orderId, sequence: 2, type, value: total - part },
  ];
}

function makeReview(random: Random, order: Order, taste: number): Review {
  const late = isLate(order) || order.status === 'canceled';
  const latent = TRUTHS.scoreOnTime + taste - (late ? TRUTHS.lateDrop : 0) + normal(random, 0, TRUTHS.chanceDeviation);
  const score = Math.min(5, Math.max(1, Math.round(latent)));
  const mood = late ? (score <= 3 ? 'late' : 'fair') : score >= 4 ? 'good' : score === 3 ? 'fair' : 'bad';
  const after = addDays((order.delivered ?? order.promised).slice(0, 10), integer(random, 1, 3));
  return {
    reviewId: hex(random, 32),
    orderId: order.orderId,
    score,
    title: chance(random, 0.3) ? pick(random, TITLES) : '',
    message: chance(random, score <= 3 ? 0.75 : 0.35) ? pick(random, COMMENTS[mood]) : '',
    created: after,
    answered: wall(addDays(after, integer(random, 0, 4)), 7 + random.float() * 16),
  };
}

function makeReturn(random: Random, order: Order, item: Item): Return {
  return {
    returnId: `R-${hex(random, 10)}`,
    orderId: order.orderId,
    productId: item.productId,
    returned: wall(
      addDays((order.delivered ?? order.placed).slice(0, 10), integer(random, 2, 14)),
      10 + random.float() * 8,
    ),
    reason: pick(random, RETURN_REASONS),
  };
}

function makeVisits(random: Random, order: Order, items: readonly Item[]): Visit[] {
  const minute = 60_000;
  let at = Date.parse(`${order.placed.replace(' ', 'T')}Z`);
  return items.flatMap((item) =>
    Array.from({ length: 1 + poisson(random, 1) }, () => {
      at -= integer(random, 1, 9) * minute;
      const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
      return { visitId: `v-${hex(random, 16)}`, personId: order.personId, productId: item.productId, at: time };
    }),
  );
}

/** Gives some reviews the id of an earlier one of another order, as some shops' exports do. */
function repeatIds(random: Random, reviews: readonly Review[]): Review[] {
  return reviews.map((review, i) => {
    const earlier = reviews[i - 7];
    const repeats = chance(random, 0.01) && earlier !== undefined && earlier.orderId !== review.orderId;
    return repeats ? { ...review, reviewId: earlier.reviewId } : review;
  });
}

/**
 * A small shop, the same for the same options: customers, orders, parcels, payments, returns, reviews and visits, with
 * TRUTHS planted. Everything is invented.
 */
export function generateShop(options: ShopOptions): Shop {
  const root = seeded(options.seed);
  const products = Array.from({ length: 72 }, (_, n) => makeProduct(root.fork(`product ${n}`), n));
  const category = new Map(products.map((p) => [p.productId, p.category]));
  const customers: Customer[] = [];
  const [orders, items, payments]: [Order[], Item[], Payment[]] = [[], [], []];
  const [reviews, returns, visits]: [Review[], Return[], Visit[]] = [[], [], []];
  for (let n = 0; n < options.people; n++) {
    const random = root.fork(`person ${n}`);
    const customer = makeCustomer(random, n);
    const taste = normal(random, 0, TRUTHS.personDeviation);
    customers.push(customer);
    for (let left = 1 + poisson(random, 0.6); left > 0; left--) {
      const order = makeOrder(random, customer, options);
      const bought = makeItems(random, order, products);
      orders.push(order);
      items.push(...bought);
      payments.push(
        ...makePayments(
          random,
          order,
          bought.reduce((sum, i) => sum + i.price + i.freight, 0),
        ),
      );
      visits.push(...makeVisits(random, order, bought));
      const answers = order.status === 'delivered' ? (isLate(order) ? 0.8 : 0.65) : 0.3;
      if (chance(random, answers)) reviews.push(makeReview(random, order, taste));
      if (chance(random, 0.02) && order.status === 'delivered') reviews.push(makeReview(random, order, taste));
      const [first] = bought;
      const often = first !== undefined && category.get(first.productId) === RETURNED_CATEGORY;
      const share = often ? TRUTHS.returnShareOfCategory : TRUTHS.returnShare;
      if (first !== undefined && order.delivered !== null && chance(random, share)) {
        returns.push(makeReturn(random, order, first));
      }
    }
  }
  return {
    customers,
    products,
    orders,
    items,
    payments,
    returns,
    visits,
    reviews: repeatIds(root.fork('ids'), reviews),
  };
}
