import { wallToInstantMs } from '@touchstone/domain/calendar';
import type { Shop } from './rows.ts';

/** A message of the Segment spec. */
export interface Message {
  readonly type: 'identify' | 'track';
  readonly messageId: string;
  readonly timestamp: string;
  readonly userId: string;
  readonly event?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
}

const money = (cents: number): number => cents / 100;

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** What the shop's site and warehouse would have sent, oldest first: people by their person's id, times of its zone as instants. */
export function shopMessages(shop: Shop, zone: string): Message[] {
  const at = (wall: string): string =>
    new Date(wallToInstantMs(Date.parse(`${wall.replace(' ', 'T')}Z`), zone)).toISOString();
  const items = groupBy(shop.items, (i) => i.orderId);
  const payments = groupBy(shop.payments, (p) => p.orderId);
  const products = new Map(shop.products.map((p) => [p.productId, p]));
  const owners = new Map(shop.orders.map((o) => [o.orderId, o.personId]));
  const sent: Message[] = [];
  const track = (messageId: string, event: string, userId: string, wall: string, properties: object): void => {
    sent.push({ type: 'track', messageId, timestamp: at(wall), userId, event, properties: { ...properties } });
  };
  const first = new Map<string, string>();
  for (const order of shop.orders) {
    const earlier = first.get(order.personId);
    if (earlier === undefined || order.placed < earlier) first.set(order.personId, order.placed);
  }
  for (const c of shop.customers) {
    const traits = { name: c.name, email: c.email, state: c.region, city: c.city };
    sent.push({
      type: 'identify',
      messageId: `i-${c.personId}`,
      timestamp: at(first.get(c.personId) ?? '2024-01-01 00:00:00'),
      userId: c.personId,
      traits,
    });
  }
  for (const v of shop.visits) {
    const product = products.get(v.productId);
    track(v.visitId, 'Product Viewed', v.personId, v.at, {
      product_id: v.productId,
      name: product?.name,
      category: product?.category,
    });
  }
  for (const o of shop.orders) {
    const bought = items.get(o.orderId) ?? [];
    const paid = (payments.get(o.orderId) ?? []).toSorted((a, b) => b.value - a.value);
    track(`c-${o.orderId}`, 'Order Completed', o.personId, o.placed, {
      order_id: o.orderId,
      total: money(paid.reduce((sum, p) => sum + p.value, 0)),
      currency: 'EUR',
      payment_type: paid[0]?.type,
      promised_delivery: o.promised,
      products: bought.map((i) => ({
        product_id: i.productId,
        name: products.get(i.productId)?.name,
        category: products.get(i.productId)?.category,
        price: money(i.price),
        quantity: 1,
      })),
    });
    if (o.shipped !== null) track(`s-${o.orderId}`, 'Order Shipped', o.personId, o.shipped, { order_id: o.orderId });
    if (o.delivered !== null)
      track(`d-${o.orderId}`, 'Order Delivered', o.personId, o.delivered, { order_id: o.orderId });
    if (o.status === 'canceled')
      track(`x-${o.orderId}`, 'Order Cancelled', o.personId, o.placed, { order_id: o.orderId });
  }
  for (const r of shop.returns) {
    const properties = { order_id: r.orderId, product_id: r.productId, return_reason: r.reason };
    track(r.returnId, 'Order Returned', owners.get(r.orderId) ?? '', r.returned, properties);
  }
  for (const r of shop.reviews) {
    const properties = { order_id: r.orderId, score: r.score, ...(r.message === '' ? {} : { text: r.message }) };
    track(`r-${r.reviewId}-${r.orderId}`, 'Review Submitted', owners.get(r.orderId) ?? '', r.answered, properties);
  }
  return sent.toSorted((a, b) =>
    a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : a.messageId < b.messageId ? -1 : 1,
  );
}
