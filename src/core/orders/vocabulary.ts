/**
 * Events an order is made of. Names of the Segment ecommerce spec v2 (Order Completed, Order Updated, Order Refunded, Order
 * Cancelled) and ours for what it lacks. The value is the milestone the event's time tells; `none`: only its properties count.
 */
export const ORDER_EVENTS: Readonly<
  Record<string, 'placed' | 'shipped' | 'delivered' | 'cancelled' | 'returned' | 'none'>
> = {
  'Order Placed': 'placed',
  'Order Completed': 'placed',
  'Order Updated': 'none',
  'Payment Completed': 'none',
  'Order Shipped': 'shipped',
  'Shipment Shipped': 'shipped',
  'Shipment Delayed': 'none',
  'Order Delivered': 'delivered',
  'Shipment Delivered': 'delivered',
  'Order Cancelled': 'cancelled',
  'Order Refunded': 'none',
  'Order Returned': 'returned',
  'Return Requested': 'none',
  'Return Completed': 'returned',
};

/** Where an event may say what was promised: the first of these that holds a text counts. */
export const PROMISE_KEYS = [
  'promised',
  'promised_at',
  'promised_delivery',
  'estimated_delivery',
  'estimated_delivery_date',
] as const;

/**
 * How the key of a row begins that says what the lines of a file say of their order. Its own properties are none of the
 * order's: those are what all current lines of the order agree on.
 */
export const LINES_ROW = 'items\n';

/** How orders are sorted: `placed` for the first placed first, `-placed` for the last. */
export const ORDER_SORTS = ['-placed', 'placed', '-delivered', 'delivered', '-value', 'value'] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

/** What a row of an order file may say; every other column is a property (`payment_type`, `state` …). */
export const ORDER_FIELDS = [
  'placed',
  'promised',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
  'status',
  'value',
  'payment',
  'currency',
  'channel',
  'locationId',
] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];
