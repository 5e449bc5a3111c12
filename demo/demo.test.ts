import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { expectedOf } from './expected.ts';
import { FILE_NAMES, shopFile } from './files.ts';
import { shopMessages } from './messages.ts';
import type { Shop } from './rows.ts';
import { generateShop, isLate, TRUTHS } from './shop.ts';
import { RETURNED_CATEGORY, SLOW_REGION } from './words.ts';

const options = { seed: 'demo', people: 3_000, from: '2025-01-01', days: 300 };
const shop = generateShop(options);

describe('the made-up shop', () => {
  test('[DM1] the same options give the same shop', () => {
    const small = { ...options, people: 200 };
    const files = (s: Shop): string[] => FILE_NAMES.map((name) => shopFile(s, name));
    expect(files(generateShop(small))).toEqual(files(generateShop(small)));
    expect(generateShop({ ...small, seed: 'other' }).orders).not.toEqual(generateShop(small).orders);
    expect(generateShop({ ...small, people: 100 }).customers).toEqual(generateShop(small).customers.slice(0, 100));
    const fewer = generateShop({ ...small, people: 100 });
    expect(generateShop(small).orders.slice(0, fewer.orders.length)).toEqual(fewer.orders);
  });

  test('[DM2] the planted truths can be found again', () => {
    const found = expectedOf(shop);
    // Cutting scores at 5 takes from both sides unevenly: about 0.3 of the drop is lost.
    expect(found.lateDifference.value).toBeGreaterThan(-TRUTHS.lateDrop);
    expect(found.lateDifference.value).toBeLessThan(-TRUTHS.lateDrop + 0.5);
    const late = found.lateRateBy.state;
    const elsewhere = [...late].filter(([state]) => state !== SLOW_REGION);
    for (const [, figure] of elsewhere) expect(late.get(SLOW_REGION)?.low).toBeGreaterThan(figure.high);
    const kind = new Map(shop.products.map((p) => [p.productId, p.category]));
    const first = new Map(shop.items.filter((i) => i.line === 1).map((i) => [i.orderId, kind.get(i.productId)]));
    const share = (wanted: boolean): number => {
      const orders = shop.orders.filter(
        (o) => o.delivered !== null && (first.get(o.orderId) === RETURNED_CATEGORY) === wanted,
      );
      const back = new Set(shop.returns.map((r) => r.orderId));
      return orders.filter((o) => back.has(o.orderId)).length / orders.length;
    };
    expect(share(true)).toBeCloseTo(TRUTHS.returnShareOfCategory, 1);
    expect(share(false)).toBeCloseTo(TRUTHS.returnShare, 1);
    for (const figure of found.ratingBy.payment.values()) {
      const reach = 1.5 * (figure.high - figure.low);
      expect(Math.abs(figure.value - found.rating.value)).toBeLessThan(reach);
    }
  });

  test('[DM3] the files have the traps real ones have', () => {
    const count = (values: readonly string[]): number => values.length - new Set(values).size;
    expect(count(shop.reviews.map((r) => r.reviewId))).toBeGreaterThan(5);
    expect(count(shop.reviews.map((r) => r.orderId))).toBeGreaterThan(5);
    expect(count(shop.payments.map((p) => p.orderId))).toBeGreaterThan(5);
    expect(count(shop.orders.map((o) => o.customerId))).toBe(0);
    expect(count(shop.orders.map((o) => o.personId))).toBeGreaterThan(5);
    expect(shop.reviews.some((r) => r.message.includes('\n'))).toBe(true);
    expect(shop.reviews.some((r) => r.message.includes('"'))).toBe(true);
    expect(shop.orders.some((o) => o.status !== 'delivered')).toBe(true);
    expect(shopFile(shop, 'orders.csv')).toMatch(/,\d{4}-\d{2}-\d{2} 00:00:00\n/u);
  });

  test.each(['plain', 'european'] as const)('[DM3] %s files hold the rows they were made of', (style) => {
    const read = (name: 'reviews.csv' | 'payments.csv'): Record<string, string>[] =>
      parse(shopFile(shop, name, style), { columns: true, bom: true, delimiter: style === 'plain' ? ',' : ';' });
    expect(read('reviews.csv').map((r) => [r['review_id'], r['order_id'], Number(r['score']), r['comment']])).toEqual(
      shop.reviews.map((r) => [r.reviewId, r.orderId, r.score, r.message]),
    );
    const cents = read('payments.csv').map((r) =>
      Math.round(Number((r['payment_value'] ?? '').replace(',', '.')) * 100),
    );
    expect(cents).toEqual(shop.payments.map((p) => p.value));
    const day = style === 'plain' ? /^\d{4}-\d{2}-\d{2} / : /^\d{2}\.\d{2}\.\d{4} /;
    expect(read('reviews.csv').every((r) => day.test(r['answered_at'] ?? ''))).toBe(true);
    expect(shopFile(shop, 'orders.csv', style).startsWith('\uFEFF')).toBe(style === 'european');
  });

  test('[DM4] its messages tell what its files tell', () => {
    const messages = shopMessages(shop, 'America/Sao_Paulo');
    const named = (event: string) => messages.filter((m) => m.event === event);
    expect(named('Order Completed')).toHaveLength(shop.orders.length);
    expect(named('Order Delivered')).toHaveLength(shop.orders.filter((o) => o.delivered !== null).length);
    expect(named('Order Returned')).toHaveLength(shop.returns.length);
    expect(named('Review Submitted')).toHaveLength(shop.reviews.length);
    expect(new Set(messages.map((m) => m.messageId)).size).toBe(messages.length);
    const times = messages.map((m) => m.timestamp);
    expect(times).toEqual(times.toSorted());
    const [order] = shop.orders;
    const told = named('Order Completed').find((m) => m.properties?.['order_id'] === order?.orderId);
    expect(told?.timestamp).toBe(new Date(`${order?.placed.replace(' ', 'T')}.000-03:00`).toISOString());
  });

  test('[DM5] the expected figures are what a hand counts', () => {
    const order = (id: string, personId: string, delivered: string | null) => ({
      ...{ orderId: id, customerId: `c${id}`, personId, placed: '2025-01-01 10:00:00', shipped: null, delivered },
      ...{ status: delivered === null ? ('shipped' as const) : ('delivered' as const), promised: '2025-01-10' },
    });
    const review = (orderId: string, score: number) => ({
      ...{ reviewId: `r${orderId}${score}`, orderId, score, title: '', message: '' },
      ...{ created: '2025-01-12', answered: '2025-01-12 12:00:00' },
    });
    const found = expectedOf({
      customers: ['A', 'B', 'C'].map((personId) => ({ personId, name: '', email: '', region: 'HB', city: '' })),
      products: [{ productId: 'p', name: '', category: 'lamps', price: 100 }],
      orders: [
        order('1', 'A', '2025-01-10 23:59:59'),
        order('2', 'A', '2025-01-11 00:00:00'),
        order('3', 'B', '2025-01-09 08:00:00'),
        order('4', 'C', null),
      ],
      items: [{ orderId: '1', line: 1, productId: 'p', price: 100, freight: 0 }],
      payments: [
        { orderId: '1', sequence: 1, type: 'voucher', value: 30 },
        { orderId: '1', sequence: 2, type: 'wallet', value: 70 },
      ],
      reviews: [review('1', 5), review('2', 2), review('3', 4), review('3', 5)],
      returns: [{ returnId: 'R', orderId: '3', productId: 'p', returned: '2025-01-20 10:00:00', reason: '' }],
      visits: [],
    });
    expect(found.rating).toMatchObject({ value: 4, n: 4, people: 2 });
    expect(found.lateRate).toMatchObject({ value: 1 / 3, n: 3, people: 2 });
    expect(found.returnRate.value).toBeCloseTo(1 / 3);
    expect(found.lateDifference.value).toBeCloseTo(2 - 14 / 3);
    expect(found.ratingBy.payment.get('wallet')).toMatchObject({ value: 5, n: 1 });
    expect(found.ratingBy.category.get('lamps')).toMatchObject({ value: 5, n: 1 });
    // Residuals from 4: A +1 and -2, B 0 and +1; summed by person -1 and +1; two people of four answers.
    expect(found.rating.high - 4).toBeCloseTo((1.96 * Math.sqrt((1 + 1) * 2)) / 4);
    expect(isLate(order('5', 'A', '2025-01-10 23:59:59'))).toBe(false);
  });
});
