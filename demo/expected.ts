import type { Shop } from './rows.ts';
import { isLate } from './shop.ts';

/**
 * What the figures of a shop have to be, worked out from its raw rows by plain loops: shares no code with the product, so that
 * the two hold one another to account. Values are exact; the intervals are the plain large-sample ones, mean ± 1.96 standard
 * errors clustered by person, which the product's better ones approach as answers grow.
 */
export interface Figure {
  readonly value: number;
  readonly n: number;
  readonly people: number;
  readonly low: number;
  readonly high: number;
}

export interface Expected {
  readonly rating: Figure;
  readonly lateRate: Figure;
  readonly returnRate: Figure;
  /** Mean score of answers about late orders less that of answers about orders in time. */
  readonly lateDifference: { readonly value: number; readonly low: number; readonly high: number };
  readonly ratingBy: Readonly<Record<'late' | 'state' | 'category' | 'payment', ReadonlyMap<string, Figure>>>;
  readonly lateRateBy: Readonly<Record<'state' | 'category' | 'payment', ReadonlyMap<string, Figure>>>;
  readonly orders: number;
  readonly responses: number;
}

interface Observation {
  readonly person: string;
  readonly value: number;
}

function standardError(rows: readonly Observation[], mean: number): number {
  const residuals = new Map<string, number>();
  for (const row of rows) residuals.set(row.person, (residuals.get(row.person) ?? 0) + row.value - mean);
  const groups = residuals.size;
  let squares = 0;
  for (const residual of residuals.values()) squares += residual ** 2;
  return Math.sqrt((squares * groups) / (groups - 1)) / rows.length;
}

function figure(rows: readonly Observation[]): Figure {
  let sum = 0;
  for (const row of rows) sum += row.value;
  const value = sum / rows.length;
  const half = 1.96 * standardError(rows, value);
  return {
    value,
    n: rows.length,
    people: new Set(rows.map((r) => r.person)).size,
    low: value - half,
    high: value + half,
  };
}

function by<T extends Observation>(rows: readonly T[], key: (row: T) => string | undefined): Map<string, Figure> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const k = key(row);
    if (k === undefined) continue;
    const group = groups.get(k) ?? [];
    group.push(row);
    groups.set(k, group);
  }
  return new Map([...groups].map(([k, group]) => [k, figure(group)]));
}

/** The difference of two means over partly the same people: residuals of both, summed within each person. */
function difference(a: readonly Observation[], b: readonly Observation[]): Expected['lateDifference'] {
  const [one, other] = [figure(a), figure(b)];
  const residuals = new Map<string, number>();
  const add = (person: string, residual: number): void => {
    residuals.set(person, (residuals.get(person) ?? 0) + residual);
  };
  for (const row of a) add(row.person, (row.value - one.value) / a.length);
  for (const row of b) add(row.person, -(row.value - other.value) / b.length);
  let squares = 0;
  for (const residual of residuals.values()) squares += residual ** 2;
  const value = one.value - other.value;
  const half = 1.96 * Math.sqrt(squares);
  return { value, low: value - half, high: value + half };
}

export function expectedOf(shop: Shop): Expected {
  const region = new Map(shop.customers.map((c) => [c.personId, c.region]));
  const category = new Map(shop.products.map((p) => [p.productId, p.category]));
  const bought = new Map<string, string>();
  for (const item of shop.items) bought.set(item.orderId, category.get(item.productId) ?? '');
  const paid = new Map<string, { type: string; value: number }>();
  for (const p of shop.payments) {
    const most = paid.get(p.orderId);
    if (most === undefined || p.value > most.value) paid.set(p.orderId, p);
  }
  const orders = new Map(
    shop.orders.map((o) => [
      o.orderId,
      {
        person: o.personId,
        state: region.get(o.personId) ?? '',
        category: bought.get(o.orderId) ?? '',
        payment: paid.get(o.orderId)?.type ?? '',
        late: o.delivered === null ? undefined : isLate(o),
      },
    ]),
  );
  const answers = shop.reviews.flatMap((r) => {
    const order = orders.get(r.orderId);
    return order === undefined ? [] : [{ ...order, value: r.score }];
  });
  const returned = new Set(shop.returns.map((r) => r.orderId));
  const delivered = [...orders].flatMap(([id, o]) =>
    o.late === undefined ? [] : [{ ...o, value: o.late ? 1 : 0, returned: returned.has(id) ? 1 : 0 }],
  );
  return {
    rating: figure(answers),
    lateRate: figure(delivered),
    returnRate: figure(delivered.map((o) => ({ person: o.person, value: o.returned }))),
    lateDifference: difference(
      answers.filter((a) => a.late === true),
      answers.filter((a) => a.late === false),
    ),
    ratingBy: {
      late: by(answers, (a) => (a.late === undefined ? undefined : String(a.late))),
      state: by(answers, (a) => a.state),
      category: by(answers, (a) => a.category),
      payment: by(answers, (a) => a.payment),
    },
    lateRateBy: {
      state: by(delivered, (o) => o.state),
      category: by(delivered, (o) => o.category),
      payment: by(delivered, (o) => o.payment),
    },
    orders: shop.orders.length,
    responses: shop.reviews.length,
  };
}
