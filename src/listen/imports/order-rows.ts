import type { ItemInput, OrderRowInput, ProductInput, ReturnInput } from '../../core/orders/facade.ts';
import { LINES_ROW } from '../../core/orders/vocabulary.ts';
import { type CurrentRow, said } from './current.ts';

/** What a row of each kind of order file says, in the words of core/orders. Keys begin with the kind: kinds never collide. */
export function toOrderRow({ key, version, row }: CurrentRow): OrderRowInput {
  const f = row.fields;
  const props = f['approved'] === undefined ? row.props : { ...row.props, approved_at: f['approved'] };
  return {
    rowKey: `orders\n${key}`,
    version,
    orderId: f['order_id'] ?? '',
    ...whose(row),
    ...said({
      placed: f['placed'],
      promised: f['promised'],
      shipped: f['shipped'],
      delivered: f['delivered'],
      cancelled: f['cancelled'],
      returned: f['returned'],
      status: f['status'],
      value: f['value'],
      payment: f['payment'],
      currency: f['currency'],
      channel: f['channel'],
      locationId: f['location_id'],
    }),
    props,
  };
}

function whose({ fields: f }: CurrentRow['row']) {
  return said({ userId: f['user_id'], email: f['email'], phone: f['phone'], anonymousId: f['anonymous_id'] });
}

export function toItem({ key, version, row }: CurrentRow): ItemInput {
  const f = row.fields;
  return {
    rowKey: `items\n${key}`,
    version,
    orderId: f['order_id'] ?? '',
    productId: f['product_id'],
    name: f['name'],
    category: f['category'],
    quantity: f['quantity'],
    price: f['price'],
    freight: f['freight'],
    props: row.props,
  };
}

/**
 * Files of invoice lines say on every line whose the order is and when: one row per order of that. What else all lines of
 * an order agree on the orders' projection finds. Empty for files that say nothing of the order.
 */
export function ordersOfItems(rows: readonly CurrentRow[]): OrderRowInput[] {
  const orders = new Map<string, CurrentRow>();
  for (const each of rows) {
    const f = each.row.fields;
    const id = f['order_id'];
    if (id === undefined || (f['placed'] === undefined && f['user_id'] === undefined && f['email'] === undefined))
      continue;
    orders.set(id, each);
  }
  return [...orders].map(([orderId, { version, row }]) => ({
    rowKey: `${LINES_ROW}${orderId}`,
    version,
    orderId,
    ...whose(row),
    ...said({
      placed: row.fields['placed'],
      currency: row.fields['currency'],
      channel: row.fields['channel'],
      locationId: row.fields['location_id'],
    }),
  }));
}

export function toProduct({ key, version, row }: CurrentRow): ProductInput {
  const f = row.fields;
  return {
    rowKey: `products\n${key}`,
    version,
    productId: f['product_id'] ?? '',
    ...said({ name: f['name'], category: f['category'] }),
    props: row.props,
  };
}

export function toReturn({ key, version, row }: CurrentRow): ReturnInput {
  const f = row.fields;
  return {
    rowKey: `returns\n${key}`,
    version,
    orderId: f['order_id'] ?? '',
    returned: f['returned'] ?? '',
    ...said({ productId: f['product_id'], reason: f['reason'] }),
    props: {
      ...row.props,
      ...said({ return_id: f['return_id'], quantity: f['quantity'], refund: f['value'] }),
    },
  };
}
