import { z } from 'zod';
import { day, decimal, instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import { feedbackItem } from '../feedback/contract.ts';
import { filterText } from '../fields/vocabulary.ts';
import { ORDER_SORTS } from './vocabulary.ts';

/** An order as the API shows it: what all its events and rows together say. */
export const orderItem = z.object({
  /** The shop's own id. */
  id: z.string(),
  /** Null where nobody is known, and without `people:read`. */
  personId: z.string().nullable(),
  /** How they are called: a name or an e-mail address where one is known. Null as `personId` is. */
  personLabel: z.string().nullable(),
  placedAt: instant.nullable(),
  promised: day.nullable(),
  shippedAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  returnedAt: instant.nullable(),
  /** Whether the day of delivery came after the promised day; null while either is unknown. */
  late: z.boolean().nullable(),
  status: z.string(),
  value: decimal.nullable(),
  /** ISO 4217, or empty where no row names one: then it is the workspace's. */
  currency: z.string(),
  items: z.number().int(),
  categories: z.array(z.string()),
  channel: z.string(),
  touchpointId: z.string(),
  stageId: z.string(),
  props: z.record(z.string(), z.unknown()),
});
export type OrderItem = z.infer<typeof orderItem>;

const orderLine = z.object({
  productId: z.string(),
  name: z.string(),
  category: z.string(),
  quantity: decimal,
  price: decimal.nullable(),
  freight: decimal.nullable(),
});

const orderDetail = orderItem.extend({
  lines: z.array(orderLine),
  /** What was answered about it, newest first, at most 100. Absent without `comments:read`. */
  answers: z.array(feedbackItem).optional(),
});
export type OrderDetail = z.infer<typeof orderDetail>;

/** What narrows a listing and an export alike. */
export const ordersFilter = {
  q: z.string().max(256).optional(),
  filter: filterText.optional(),
  status: z.string().max(100).optional(),
  late: z.stringbool().optional(),
};

export const ordersContract = {
  list: operation({
    method: 'GET',
    path: '/orders',
    audit: { look: 'orders' },
    permission: 'orders:read',
    summary: 'Orders, last placed first',
    description:
      '`from` and `to`: the days they were placed on, in the zone of the workspace, `to` exclusive. `filter`: the grammar of metrics, asked of each order. `q`: how its number begins. `sort`: `-` before it turns it round; orders without what is sorted by come last. `total`: how many there are in all, and `arrived`: how many of them were delivered that had a promised day, and how many of these late; both told with the first page alone.',
  })
    .input(
      z.object({
        ...pageInput,
        ...ordersFilter,
        from: day.optional(),
        to: day.optional(),
        sort: z.enum(ORDER_SORTS).default('-placed'),
      }),
    )
    .output(
      pageOf(orderItem).extend({
        total: z.number().int().nullable(),
        arrived: z.object({ promised: z.number().int(), late: z.number().int() }).nullable(),
      }),
    ),
  get: operation({
    method: 'GET',
    path: '/orders/{orderId}',
    audit: { look: 'order', id: 'orderId' },
    permission: 'orders:read',
    summary: 'An order, what was bought in it and what was answered about it',
  })
    .input(z.object({ orderId: z.string().min(1).max(256) }))
    .output(orderDetail),
};
