import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import { load } from './load.ts';
import { moveImport, selectAnyImport } from './records.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const id = z.object({ id: z.string() });
const view = z.object({
  id: z.string(),
  state: z.string(),
  problem: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
});
type View = z.infer<typeof view>;

async function upload(shop: TestWorkspace, name: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return world.app.request(`/api/v1/uploads?name=${encodeURIComponent(name)}`, {
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

interface Options {
  readonly kind?: string;
  readonly mapping?: unknown;
}

async function ready(
  shop: TestWorkspace,
  name: string,
  body: string | Uint8Array<ArrayBuffer>,
  options: Options = {},
): Promise<string> {
  const uploadId = await uploaded(shop, name, body);
  const api = world.api(shop.secretKey);
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

async function view_(shop: TestWorkspace, importId: string): Promise<View> {
  return view.parse((await world.api(shop.secretKey).get(`/api/v1/imports/${importId}`)).body);
}

async function act(shop: TestWorkspace, importId: string, what: 'start' | 'cancel' | 'undo'): Promise<View> {
  const answer = await world.api(shop.secretKey).post(`/api/v1/imports/${importId}/${what}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  await world.runJobs();
  return view_(shop, importId);
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

const context = { jobId: '-', log: silentLog };

/** Begins an import and leaves it after its first chunk, as a server that is told to stop does. */
async function loadOneChunk(importId: string): Promise<void> {
  const queued = await selectAnyImport(world.house.records.db, importId);
  if (queued === null) throw new Error('The import is gone.');
  let asked = 0;
  const signal = new Proxy(new AbortController().signal, {
    get: (of, name) => (name === 'aborted' ? asked++ > 0 : Reflect.get(of, name)),
  });
  await load(world.house, queued, { ...context, signal });
}

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.array(z.string())]));
function ask(sql: string, shop: TestWorkspace) {
  return world.house.facts.query(row, sql, { workspace: shop.id });
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

const ORDERS = `order_id,customer_id,order_status,order_purchase_timestamp,order_estimated_delivery_date,order_delivered_customer_date
o1,c1,delivered,2026-01-02 10:00:00,2026-01-12 00:00:00,2026-01-09 12:00:00
o2,c2,delivered,2026-01-03 10:00:00,2026-01-13 00:00:00,2026-01-20 12:00:00
`;
const PEOPLE = `customer_id,customer_unique_id,customer_state
c1,u1,SP
c2,u1,SP
`;
const REVIEWS = `review_id,order_id,review_score,review_comment_message,review_answer_timestamp
r1,o1,5,came in time,2026-01-11 10:00:00
r1,o2,1,"late
and broken",2026-01-22 10:00:00
`;
const ITEMS = `order_id,order_item_id,product_id,price,freight_value
o1,1,p1,10.50,2
o1,2,p2,4.50,1
`;
const PAYMENTS = `order_id,payment_sequential,payment_type,payment_value
o1,1,card,10
o1,2,voucher,8
`;
const PRODUCTS = `product_id,product_category_name
p1,toys
p2,garden
`;

describe('imports', () => {
  test('[IM1] too large, no text and empty are refused, and nothing stays', async () => {
    const small = await openWorld({ config: { uploadCapBytes: 20 } });
    try {
      const shop = await small.workspace();
      const headers = { authorization: `Bearer ${shop.secretKey}` };
      const send = (body: string | Uint8Array<ArrayBuffer>) =>
        small.app.request('/api/v1/uploads?name=a.csv', { method: 'POST', headers, body });
      const large = await send('a,b\n'.repeat(20));
      expect(large.status).toBe(413);
      expect(await large.json()).toMatchObject({ mend: 'Split it, or raise UPLOAD_CAP_BYTES.' });
      const zip = await send(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]));
      expect(zip.status).toBe(415);
      expect(await zip.json()).toMatchObject({ detail: 'The file is no text but a zip archive or an Excel workbook.' });
      expect((await send('')).status).toBe(400);
      const { readdir } = await import('node:fs/promises');
      expect(await readdir(`${small.house.config.dataDir}/files/uploads`)).toEqual([]);
    } finally {
      await small.close();
    }
  });

  test('[IM2] [IM3] a preview, what is refused in a mapping, and the mapping saved for next time', async () => {
    const shop = await world.workspace();
    const api = world.api(shop.secretKey);
    const uploadId = await uploaded(
      shop,
      'reviews.csv',
      'review_id;score;date;x\n1;5;2026-01-01;a\n2;9;22.11.2026;b\n3;4;2026-02-01;c\n',
    );
    const preview = await api.post('/api/v1/imports/preview', { uploadId });
    expect(preview.body).toMatchObject({
      kind: 'feedback',
      saved: false,
      format: { delimiter: ';', encoding: 'utf-8', header: true },
      mapping: { columns: { score: { field: 'score' }, date: { field: 'at', format: 'ymd' } }, key: ['review_id'] },
      rows: [
        { line: 2, values: { score: '5', at: '2026-01-01 00:00:00.000', x: 'a' }, problems: [] },
        { line: 3, problems: [{ reason: 'not-a-date', column: 'date', value: '22.11.2026', expected: 'ymd' }] },
        { line: 4 },
      ],
    });
    const create = (mapping: unknown) => api.post('/api/v1/imports', { uploadId, kind: 'feedback', mapping });
    const refused: [unknown, string][] = [
      [{ columns: { nowhere: { field: 'score' } } }, 'mapping'],
      [{ columns: { score: { field: 'tone' }, date: { field: 'at', format: 'ymd' } } }, 'mapping'],
      [
        { columns: { score: { field: 'score' }, x: { field: 'score' }, date: { field: 'at', format: 'ymd' } } },
        'mapping.columns.x.field',
      ],
      [{ columns: { score: { field: 'score' }, date: { field: 'at' } } }, 'mapping.columns.date.format'],
      [{ columns: { score: { field: 'score' } } }, 'mapping'],
    ];
    for (const [mapping, field] of refused) {
      const answer = await create(mapping);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ field });
    }
    const mine = {
      columns: { score: { field: 'score' }, date: { field: 'at', format: 'dmy' }, x: { field: 'text' } },
      key: [],
    };
    expect((await create(mine)).status).toBe(201);
    const next = await uploaded(shop, 'more.csv', 'review_id;score;date;x\n7;5;2026-01-01;a\n');
    expect((await api.post('/api/v1/imports/preview', { uploadId: next, kind: 'feedback' })).body).toMatchObject({
      saved: true,
      mapping: mine,
    });
  });

  test('[IM4] files in any order are joined by order and by person', async () => {
    const files: [string, string][] = [
      ['order_reviews.csv', REVIEWS],
      ['order_items.csv', ITEMS],
      ['orders.csv', ORDERS],
      ['order_payments.csv', PAYMENTS],
      ['products.csv', PRODUCTS],
      ['customers.csv', PEOPLE],
    ];
    for (const order of [files, files.toReversed()]) {
      const shop = await world.workspace({ zone: 'America/Sao_Paulo' });
      for (const [name, body] of order) await run(shop, name, body);
      const [o1, o2] = await orders(shop);
      expect(o1).toMatchObject({
        order_id: 'o1',
        user_id: 'c1',
        placed: '2026-01-02 13:00:00.000',
        promised: '2026-01-12',
        items: 2,
        categories: ['garden', 'toys'],
      });
      expect(Number(o1?.['value'])).toBe(18);
      expect(JSON.parse(String(o1?.['props']))).toMatchObject({ payment_type: 'card' });
      expect(o1?.['person_no']).toBe(o2?.['person_no']);
      expect(await answers(shop)).toMatchObject([
        { order_id: 'o1', score: 5, known: 1 },
        { order_id: 'o2', score: 1, text: 'late\nand broken', known: 1 },
      ]);
      const people = await ask(
        `SELECT f.order_id AS order_id, JSONExtractString(p.traits, 'state') AS state FROM v_feedback AS f
         JOIN v_people AS p ON p.workspace = f.workspace AND p.person_no = f.person_no WHERE f.workspace = {workspace:String} ORDER BY order_id`,
        shop,
      );
      expect(people.map((p) => p['state'])).toEqual(['SP', 'SP']);
    }
  });

  test('[IM5] [IM8] twice changes nothing, a changed row is a new version, and undone it is as before', async () => {
    const shop = await world.workspace();
    const first = await run(shop, 'order_reviews.csv', REVIEWS);
    expect(first.counts).toMatchObject({ rows: 2, added: 2, changed: 0, unchanged: 0, bad: 0 });
    const before = await answers(shop);
    const again = await run(shop, 'order_reviews.csv', REVIEWS);
    expect(again.counts).toMatchObject({ rows: 2, added: 0, changed: 0, unchanged: 2 });
    expect(await answers(shop)).toEqual(before);
    const changed = await run(
      shop,
      'order_reviews.csv',
      `${REVIEWS.replace('o1,5,came in time', 'o1,4,came in time')}r2,o3,3,so so,2026-01-12 10:00:00\n`,
    );
    expect(changed.counts).toMatchObject({ rows: 3, added: 1, changed: 1, unchanged: 1 });
    expect(await answers(shop)).toMatchObject([{ order_id: 'o1', score: 4 }, { order_id: 'o2' }, { order_id: 'o3' }]);
    expect((await act(shop, changed.id, 'undo')).state).toBe('undone');
    expect(await answers(shop)).toEqual(before);
    expect((await act(shop, again.id, 'undo')).state).toBe('undone');
    expect(await answers(shop)).toEqual(before);
    expect((await act(shop, first.id, 'undo')).state).toBe('undone');
    expect(await answers(shop)).toEqual([]);
    const refused = await world.api(shop.secretKey).post(`/api/v1/imports/${first.id}/undo`);
    expect(refused.status).toBe(409);
    expect((await run(shop, 'order_reviews.csv', REVIEWS)).counts).toMatchObject({ added: 2 });
  });

  test('[IM5] [IM8] orders, people and events: versions and undo', async () => {
    const shop = await world.workspace();
    const base = await run(shop, 'orders.csv', ORDERS);
    const early = await orders(shop);
    const later = await run(shop, 'orders.csv', ORDERS.replace('2026-01-20 12:00:00', '2026-01-21 12:00:00'));
    expect(later.counts).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
    expect((await orders(shop))[1]).toMatchObject({ delivered: '2026-01-21 12:00:00.000' });
    await act(shop, later.id, 'undo');
    expect(await orders(shop)).toEqual(early);

    await run(shop, 'customers.csv', PEOPLE);
    const moved = await run(
      shop,
      'customers.csv',
      'customer_id,customer_unique_id,customer_city\nc1,u1,Rio\nc2,u1,Rio\n',
    );
    const traits = async () =>
      (await ask('SELECT traits FROM v_people WHERE workspace = {workspace:String} ORDER BY traits', shop)).map((r) =>
        JSON.parse(String(r['traits'])),
      );
    expect(await traits()).toEqual([{ city: 'Rio' }]);
    await act(shop, moved.id, 'undo');
    expect(await traits()).toEqual([{ state: 'SP' }]);

    const EVENTS =
      'messageId,event,timestamp,userId,plan\nm1,Plan Chosen,2026-01-01T10:00:00Z,c1,free\nm2,Signed In,2026-01-02T10:00:00Z,c1,\n';
    const events = () =>
      ask(
        `SELECT name, JSONExtractString(props, 'plan') AS plan, person_no > 0 AS known FROM v_events WHERE workspace = {workspace:String} ORDER BY at`,
        shop,
      );
    await run(shop, 'events.csv', EVENTS);
    const dearer = await run(shop, 'events.csv', EVENTS.replace('free', 'gold'));
    expect(dearer.counts).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await events()).toEqual([
      { name: 'Plan Chosen', plan: 'gold', known: 1 },
      { name: 'Signed In', plan: '', known: 1 },
    ]);
    await act(shop, dearer.id, 'undo');
    expect(await events()).toMatchObject([{ plan: 'free' }, { plan: '' }]);
    await act(shop, base.id, 'undo');
    expect(await orders(shop)).toEqual([]);
  });

  test('[IM6] equal rows without a key all go in, once each', async () => {
    const shop = await world.workspace();
    const lines =
      'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n' +
      'i1,p1,2,2026-01-01 10:00:00,3,7.0,France\n'.repeat(3) +
      'i1,p1,1,2026-01-01 10:00:00,3,7.0,France\n';
    const first = await run(shop, 'lines.csv', lines);
    expect(first.counts).toMatchObject({ rows: 4, added: 4 });
    const placed = await orders(shop);
    expect(placed).toMatchObject([{ order_id: 'i1', user_id: '7', items: 7 }]);
    expect(Number(placed[0]?.['value'])).toBe(21);
    expect(JSON.parse(String(placed[0]?.['props']))).toMatchObject({ country: 'France' });
    expect((await run(shop, 'lines.csv', lines)).counts).toMatchObject({ added: 0, unchanged: 4 });
    expect((await run(shop, 'lines.csv', `${lines}i1,p1,2,2026-01-01 10:00:00,3,7.0,France\n`)).counts).toMatchObject({
      added: 1,
      unchanged: 4,
    });
    expect((await orders(shop))[0]).toMatchObject({ items: 9 });
  });

  test('[IM7] bad rows are listed and downloaded, the good go in', async () => {
    const shop = await world.workspace();
    const long = 'y'.repeat(1_200_000);
    const body = Buffer.concat([
      Buffer.from(
        'review_id,score,comment,date\n1,5,čas,2026-01-01\n2,4,=HYPERLINK(1),01/02/2026\n3,7,"x",2026-01-03\n4,3,',
      ),
      Buffer.from([0xe8, 0x61]),
      Buffer.from(
        `,2026-01-04\n5,2,a "quote,2026-01-05\n6,1,${long},2026-01-06\n7,5,ok,2026-01-07\n8,5,ok,1970-01-01\n9,5,ok,2999-01-01\n10,5\n11,5,last,Nov 5 2026\n12,5,good,2026-01-12\n`,
      ),
    ]);
    const mapping = {
      columns: {
        review_id: { field: 'response_id' },
        score: { field: 'score' },
        comment: { field: 'text' },
        date: { field: 'at', format: 'ymd' },
      },
      key: ['review_id'],
      instrument: 'rating',
      scale: { min: 1, max: 5 },
    };
    const done = await run(shop, 'reviews.csv', new Uint8Array(body), { kind: 'feedback', mapping });
    expect(done.counts).toMatchObject({ rows: 12, added: 3, bad: 9 });
    const listed = await world.api(shop.secretKey).get(`/api/v1/imports/${done.id}/errors`);
    const items = z
      .object({ items: z.array(z.object({ line: z.number(), problems: z.array(z.object({ reason: z.string() })) })) })
      .parse(listed.body).items;
    expect(items.map((i) => [i.line, i.problems.map((p) => p.reason).join()])).toEqual([
      [3, 'not-a-date'],
      [4, 'out-of-scale'],
      [5, 'encoding'],
      [6, 'stray-quote'],
      [7, 'too-long'],
      [9, 'too-early'],
      [10, 'too-late'],
      [11, 'cell-count'],
      [12, 'not-a-date'],
    ]);
    const file = await world.api(shop.secretKey).get(`/api/v1/imports/${done.id}/errors.csv`);
    const lines = String(file.body).split('\r\n');
    expect(lines[0]).toBe('line,reason,review_id,score,comment,date');
    expect(lines[1]).toBe(`3,"date: ""01/02/2026"" is no time written as ymd",2,4,'=HYPERLINK(1),01/02/2026`);
    expect(lines).toHaveLength(11);
    expect((await answers(shop)).map((a) => a['text'])).toEqual(['čas', 'ok', 'good']);
  });

  test('[IM9] [IM14] cancelled before it runs it never does; another workspace finds nothing', async () => {
    const shop = await world.workspace();
    const other = await world.workspace();
    const importId = await ready(shop, 'orders.csv', ORDERS);
    const api = world.api(shop.secretKey);
    for (const [method, path] of [
      ['get', ''],
      ['post', '/start'],
      ['post', '/cancel'],
      ['post', '/undo'],
      ['get', '/errors'],
      ['get', '/errors.csv'],
    ] as const) {
      expect((await world.api(other.secretKey)[method](`/api/v1/imports/${importId}${path}`)).status).toBe(404);
    }
    const stolen = await uploaded(shop, 'orders.csv', ORDERS);
    expect((await world.api(other.secretKey).post('/api/v1/imports/preview', { uploadId: stolen })).status).toBe(404);
    await api.post(`/api/v1/imports/${importId}/start`);
    await api.post(`/api/v1/imports/${importId}/cancel`);
    await world.runJobs();
    expect(await view_(shop, importId)).toMatchObject({ state: 'cancelled', counts: { rows: 0 } });
    expect(await orders(shop)).toEqual([]);
    expect((await api.post(`/api/v1/imports/${importId}/start`)).status).toBe(409);
  });

  test('[IM9] [IM10] [IM11] [IM14] more than a chunk: keys again, a chunk done twice, left in the middle', async () => {
    const shop = await world.workspace();
    const n = 10_500;
    const lines = Array.from({ length: n }, (_, i) => `${i},${1 + (i % 5)},2026-01-01 10:00:00`);
    // The first two come again at the end, one of them changed; another pair lies in the last chunk alone.
    const tail = ['0,2,2026-01-01 10:00:00', '1,2,2026-01-01 10:00:00', '10400,1,2026-01-01 10:00:00'];
    const body = `review_id,score,date\n${[...lines, ...tail].join('\n')}\n`;
    const importId = await ready(shop, 'reviews.csv', body);
    const api = world.api(shop.secretKey);
    await api.post(`/api/v1/imports/${importId}/start`);
    await loadOneChunk(importId);
    expect(await view_(shop, importId)).toMatchObject({ state: 'running', counts: { rows: 10_000 } });
    await world.runJobs();
    const done = await view_(shop, importId);
    expect(done).toMatchObject({
      state: 'done',
      counts: { rows: n + 3, added: n, changed: 1, unchanged: 1, repeated: 1, bad: 0 },
    });
    const scores = () =>
      ask(
        `SELECT count() AS n, uniqExact(feedback_id) AS ids, sum(score) AS total FROM v_feedback WHERE workspace = {workspace:String}`,
        shop,
      );
    // The first of the two that came again counts 2 in place of 1, the one of the last chunk stays 1.
    const total = lines.reduce((sum, _, i) => sum + 1 + (i % 5), 0) + 1;
    expect(await scores()).toEqual([{ n: String(n), ids: String(n), total }]);

    // As if the process had died after writing everything and before saying so: all chunks are done again.
    await moveImport(world.house.records.db, importId, ['done'], { state: 'running', chunk: 0, offset: 0, line: 1 });
    const row = await selectAnyImport(world.house.records.db, importId);
    if (row !== null) await load(world.house, row, { ...context, signal: new AbortController().signal });
    expect(await scores()).toEqual([{ n: String(n), ids: String(n), total }]);
    await act(shop, importId, 'undo');
    expect(await scores()).toMatchObject([{ n: '0' }]);

    const second = await ready(shop, 'reviews.csv', body);
    await api.post(`/api/v1/imports/${second}/start`);
    await loadOneChunk(second);
    expect((await act(shop, second, 'cancel')).counts).toMatchObject({ rows: 10_000 });
    expect(await scores()).toMatchObject([{ n: '10000' }]);
    await act(shop, second, 'undo');
    expect(await scores()).toMatchObject([{ n: '0' }]);
  });

  test('[IM12] NDJSON, UTF-16 and windows-1250', async () => {
    const shop = await world.workspace();
    const json =
      '{"event":"Plan Chosen","timestamp":"2026-01-01T10:00:00Z","userId":"u1","context":{"page":"x"}}\n{broken\n[1]\n';
    expect((await run(shop, 'events.ndjson', json)).counts).toMatchObject({ added: 1, bad: 2 });
    const text = 'review_id,score,comment,date\n1,5,šola in čaj,2026-01-01\n2,4,življenje,2026-01-02\n';
    const wide = new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
    await run(shop, 'reviews.csv', wide);
    const single: Record<string, number> = { š: 0x9a, č: 0xe8, ž: 0x9e };
    const bytes = [...text.replaceAll('2026', '2025').replaceAll('\n1,', '\n3,').replaceAll('\n2,', '\n4,')].map(
      (c) => single[c] ?? c.charCodeAt(0),
    );
    await run(shop, 'reviews.csv', new Uint8Array(bytes));
    expect((await answers(shop)).map((a) => a['text'])).toEqual([
      'šola in čaj',
      'življenje',
      'šola in čaj',
      'življenje',
    ]);
  });

  test('[IM13] events tell orders and answers', async () => {
    const shop = await world.workspace();
    const file = `event,timestamp,userId,order_id,rating
Order Completed,2026-01-01T10:00:00Z,u1,o1,
Order Delivered,2026-01-05T10:00:00Z,u1,o1,
Product Reviewed,2026-01-06T10:00:00Z,u1,o1,4
`;
    const done = await run(shop, 'events.csv', file);
    expect(await orders(shop)).toMatchObject([
      { order_id: 'o1', placed: '2026-01-01 10:00:00.000', delivered: '2026-01-05 10:00:00.000' },
    ]);
    expect(await answers(shop)).toMatchObject([{ order_id: 'o1', score: 4, known: 1 }]);
    await act(shop, done.id, 'undo');
    expect(await orders(shop)).toEqual([]);
    expect(await answers(shop)).toEqual([]);
  });
});
