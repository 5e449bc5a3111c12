import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { eventId } from '../../platform/kernel/ids.ts';
import { createKey } from '../../platform/workspaces/facade.ts';
import { projectOrders, putOrderRows, removeOrderRows } from '../orders/facade.ts';
import { feedbackItem } from './contract.ts';
import { feedbackId, type FeedbackInput, putAnswerEvents, putFeedback, removeFeedback } from './facade.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const anyRow = z.record(z.string(), z.unknown());
type Row = z.infer<typeof anyRow>;

function answers(shop: TestWorkspace): Promise<Row[]> {
  return world.house.facts.query(
    anyRow,
    'SELECT * FROM v_feedback WHERE workspace = {workspace:String} ORDER BY at, feedback_id',
    { workspace: shop.id },
  );
}

let minute = 0;
/** An answer, later than those before it. */
function answer(key: string, said: Partial<FeedbackInput> = {}): FeedbackInput {
  const at = new Date(Date.UTC(2026, 0, 2, 0, ++minute)).toISOString().slice(0, 23).replace('T', ' ');
  return { key, at, source: 'review', instrument: 'rating', score: 4, ...said };
}

let puts = 0;
async function put(shop: TestWorkspace, rows: readonly FeedbackInput[], origin = 'imp_1', token = `t${++puts}`) {
  await putFeedback(world.house, shop, rows, { origin, token });
}

let version = 0;
async function putOrder(shop: TestWorkspace, orderId: string, userId: string, source: string): Promise<void> {
  const row = { orderId, rowKey: orderId, version: ++version, userId };
  await putOrderRows(world.house, shop, [row], { source, token: `${source}:${version}` });
  await projectOrders(world.house, shop, { source });
}

const texts = async (shop: TestWorkspace) => (await answers(shop)).map((r) => r['text']);
const identities = async (shop: TestWorkspace) => (await answers(shop)).map((r) => r['identity_no']);

describe('answers', () => {
  test('[FB1] the same token writes once; the same key from another origin replaces', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    const rows = [answer('k1', { text: 'one' }), answer('k2', { text: 'two' })];
    await put(shop, rows, 'imp_1', 'chunk');
    await put(shop, rows, 'imp_1', 'chunk');
    await put(other, rows, 'imp_1', 'chunk');
    expect(await texts(shop)).toEqual(['one', 'two']);
    expect(await texts(other)).toEqual(['one', 'two']);
    expect((await answers(shop)).map((r) => r['feedback_id'])).toEqual([
      feedbackId(shop.id, 'k1'),
      feedbackId(shop.id, 'k2'),
    ]);
    const later = [{ ...rows[1], ...answer('k2', { text: 'two, mended' }) }];
    for (let twice = 0; twice < 2; twice++) await put(shop, later, 'imp_2', 'later');
    expect(await texts(shop)).toEqual(['one', 'two, mended']);
    expect(await texts(other)).toEqual(['one', 'two']);
  });

  test('[FB2] a score has its scale beside it', async () => {
    const shop = await world.workspace();
    await put(shop, [
      answer('a'),
      answer('b', { instrument: 'nps', score: 9 }),
      answer('c', { score: 8, scaleMin: 1, scaleMax: 10 }),
      answer('d', { instrument: 'text', score: undefined, text: 'words' }),
    ]);
    expect((await answers(shop)).map((r) => [r['score'], r['scale_min'], r['scale_max']])).toEqual([
      [4, 1, 5],
      [9, 0, 10],
      [8, 1, 10],
      [null, null, null],
    ]);
  });

  test('[FB3] an answer without a person gets its order’s, whichever comes first', async () => {
    const shop = await world.workspace();
    await putOrder(shop, 'before', 'u1', 'orders_1');
    await put(shop, [
      answer('a', { orderId: 'before' }),
      answer('b', { orderId: 'after' }),
      answer('c', { orderId: 'never' }),
      answer('d'),
      answer('e', { orderId: 'before', userId: 'u9' }),
    ]);
    const [before, waiting, never, none, own] = await identities(shop);
    expect([waiting, never, none]).toEqual([0, 0, 0]);
    expect(before).toBeGreaterThan(0);
    expect([0, before]).not.toContain(own);
    await putOrder(shop, 'after', 'u2', 'orders_2');
    const found = await answers(shop);
    expect(found.map((r) => r['identity_no'])).toEqual([before, found[1]?.['person_no'], 0, 0, own]);
    expect([0, before, own]).not.toContain(found[1]?.['identity_no']);
  });

  test('[FB3] it follows the order when that changes hands, and when it is taken away', async () => {
    const shop = await world.workspace();
    await put(shop, [answer('a', { orderId: 'o' }), answer('b', { orderId: 'o', userId: 'u9' })]);
    const [, own] = await identities(shop);
    await putOrder(shop, 'o', 'u1', 'orders_1');
    const [first] = await identities(shop);
    await putOrder(shop, 'o', 'u2', 'orders_2');
    const [second] = await identities(shop);
    expect(new Set([0, own, first, second]).size).toBe(4);
    await removeOrderRows(world.house, shop, 'orders_2');
    expect(await identities(shop)).toEqual([first, own]);
    await removeOrderRows(world.house, shop, 'orders_1');
    expect(await identities(shop)).toEqual([0, own]);
  });

  test('[FB4] touchpoint and stage are the catalogue’s', async () => {
    const shop = await world.workspace();
    await put(shop, [
      answer('a', { orderId: 'o' }),
      answer('b', { touchpoint: 'tp_app' }),
      answer('c', { orderId: 'o', touchpoint: 'tp_gone' }),
    ]);
    const [found, given, gone] = await answers(shop);
    expect(given).toMatchObject({ touchpoint: 'tp_app', stage: 'stg_use' });
    expect(gone).toMatchObject({ touchpoint: found?.['touchpoint'] });
    expect(found?.['touchpoint']).toMatch(/^tp_/u);
    expect(found?.['stage']).toMatch(/^stg_/u);
    expect(found?.['rules_version']).toBeGreaterThan(0);
  });

  test('[FB5] answer events are written, others passed over', async () => {
    const shop = await world.workspace();
    const event = (name: string, props: object) => ({
      ...{
        event_id: eventId(shop.id, name),
        identity_no: 5,
        user_id: 'u',
        name,
        at: '2026-01-02 03:04:05.000',
        order_id: '',
      },
      ...{ case_id: '', location_id: '', staff_id: '', channel: 'app', props: JSON.stringify(props), journal_seq: 3 },
    });
    const events = [event('Review Submitted', { score: 2, text: 'Hm' }), event('Order Completed', { total: 3 })];
    const options = { origin: 'http', token: 'batch' };
    expect(await putAnswerEvents(world.house, shop, events, options)).toBe(1);
    expect(await putAnswerEvents(world.house, shop, events, options)).toBe(1);
    expect(await answers(shop)).toMatchObject([
      { text: 'Hm', score: 2, origin: 'http', identity_no: 5, journal_seq: '3', channel: 'app' },
    ]);
  });

  test('[FB6] an import’s answers are taken away, those of others stay', async () => {
    const shop = await world.workspace();
    await put(shop, [answer('a', { text: 'a' }), answer('b', { text: 'b' }), answer('c', { text: 'c' })], 'imp_1');
    await put(shop, [answer('d', { text: 'd' })], 'imp_2');
    for (let twice = 0; twice < 2; twice++) {
      await removeFeedback(world.house, shop, { origin: 'imp_1', keys: ['b', 'd'] });
      expect(await texts(shop)).toEqual(['a', 'c', 'd']);
    }
    for (let twice = 0; twice < 2; twice++) {
      await removeFeedback(world.house, shop, { origin: 'imp_1' });
      expect(await texts(shop)).toEqual(['d']);
    }
  });

  test('[FB8] one response id on two orders is two responses', async () => {
    const shop = await world.workspace();
    const ids = [{ orderId: 'o1' }, { orderId: 'o1' }, { orderId: 'o2' }, {}, {}];
    await put(
      shop,
      ids.map((said, i) => answer(`k${i}`, { responseId: 'r', ...said })),
    );
    const [a, b, c, d, e] = (await answers(shop)).map((r) => r['response_id']);
    expect(a).toBe(b);
    expect(d).toBe(e);
    expect(new Set([a, c, d]).size).toBe(3);
  });

  test('[FB7] one answer with its person; another workspace’s is not found', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    await put(shop, [answer('a', { userId: 'u1', text: 'Good', props: { title: 'T' } })]);
    const path = `/api/v1/feedback/${feedbackId(shop.id, 'a')}`;
    const found = feedbackItem.parse((await world.api(shop.secretKey).get(path)).body);
    expect(found).toMatchObject({ text: 'Good', score: 4, scaleMax: 5, origin: 'imp_1', props: { title: 'T' } });
    expect(found.personId).toMatch(/^per_/u);
    const reader = { kind: 'secret', name: 'Reader', scopes: ['comments:read'] } as const;
    const { key } = await createKey(world.house, shop.id, { ...reader, scopes: [...reader.scopes] }, 'nobody');
    expect((await world.api(key).get(path)).body).toMatchObject({ text: 'Good', personId: null });
    expect((await world.api(other.secretKey).get(path)).status).toBe(404);
  });
});
