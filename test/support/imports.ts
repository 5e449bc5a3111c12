/**
 * Loads files into a workspace of a live test as the page does: upload, preview, create, start, until all jobs are done.
 *
 *     const { run, act, orders } = importCalls(() => world);
 *     const done = await run(shop, 'orders.csv', ORDERS);     // {id, state, counts}
 */
import { expect } from 'vitest';
import { z } from 'zod';
import type { TestWorkspace, World } from './world.ts';

const id = z.object({ id: z.string() });
const view = z.object({
  id: z.string(),
  state: z.string(),
  problem: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
});
type View = z.infer<typeof view>;

interface Options {
  readonly kind?: string;
  readonly mapping?: unknown;
}

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.array(z.string())]));

export function importCalls(world: () => World) {
  async function upload(shop: TestWorkspace, name: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    return world().app.request(`/api/v1/uploads?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/octet-stream' },
      body,
    });
  }

  async function uploaded(shop: TestWorkspace, name: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const response = await upload(shop, name, body);
    expect(response.status).toBe(201);
    return z.object({ uploadId: z.string() }).parse(await response.json()).uploadId;
  }

  async function ready(
    shop: TestWorkspace,
    name: string,
    body: string | Uint8Array<ArrayBuffer>,
    options: Options = {},
  ): Promise<string> {
    const uploadId = await uploaded(shop, name, body);
    const api = world().api(shop.secretKey);
    const { kind } = options;
    const preview = await api.post('/api/v1/imports/preview', { uploadId, kind });
    const guessed = z.object({ kind: z.string() }).parse(preview.body).kind;
    const { mapping } = options;
    const created = await api.post('/api/v1/imports', {
      uploadId,
      kind: kind ?? guessed,
      ...(mapping === undefined ? {} : { mapping }),
    });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    return id.parse(created.body).id;
  }

  async function look(shop: TestWorkspace, importId: string): Promise<View> {
    return view.parse((await world().api(shop.secretKey).get(`/api/v1/imports/${importId}`)).body);
  }

  async function act(shop: TestWorkspace, importId: string, what: 'start' | 'cancel' | 'undo'): Promise<View> {
    const answer = await world().api(shop.secretKey).post(`/api/v1/imports/${importId}/${what}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    await world().runJobs();
    return look(shop, importId);
  }

  async function run(
    shop: TestWorkspace,
    name: string,
    body: string | Uint8Array<ArrayBuffer>,
    options: Options = {},
  ): Promise<View> {
    const done = await act(shop, await ready(shop, name, body, options), 'start');
    expect(done.state, done.problem ?? '').toBe('done');
    return done;
  }

  function ask(sql: string, shop: TestWorkspace) {
    return world().house.facts.query(row, sql, { workspace: shop.id });
  }
  const answers = (shop: TestWorkspace) =>
    ask(
      `SELECT order_id, score, text, origin, person_no > 0 AS known FROM v_feedback WHERE workspace = {workspace:String} ORDER BY order_id, at, score`,
      shop,
    );
  const orders = (shop: TestWorkspace) =>
    ask(
      `SELECT order_id, user_id, toString(placed) AS placed, toString(promised) AS promised, toString(delivered) AS delivered, toString(value) AS value,
       items, categories, props, person_no FROM v_orders WHERE workspace = {workspace:String} ORDER BY order_id`,
      shop,
    );

  return { uploaded, ready, look, act, run, ask, answers, orders };
}

/** A small marketplace's files. */
export const ORDERS = `order_id,customer_id,order_status,order_purchase_timestamp,order_estimated_delivery_date,order_delivered_customer_date
o1,c1,delivered,2026-01-02 10:00:00,2026-01-12 00:00:00,2026-01-09 12:00:00
o2,c2,delivered,2026-01-03 10:00:00,2026-01-13 00:00:00,2026-01-20 12:00:00
`;
export const PEOPLE = `customer_id,customer_unique_id,customer_state
c1,u1,SP
c2,u1,SP
`;
export const REVIEWS = `review_id,order_id,review_score,review_comment_message,review_answer_timestamp
r1,o1,5,came in time,2026-01-11 10:00:00
r1,o2,1,"late
and broken",2026-01-22 10:00:00
`;
export const ITEMS = `order_id,order_item_id,product_id,price,freight_value
o1,1,p1,10.50,2
o1,2,p2,4.50,1
`;
export const PAYMENTS = `order_id,payment_sequential,payment_type,payment_value
o1,1,card,10
o1,2,voucher,8
`;
export const PRODUCTS = `product_id,product_category_name
p1,toys
p2,garden
`;
