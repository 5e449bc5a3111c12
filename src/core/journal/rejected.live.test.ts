import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { journalStatus, rejectedMessage } from './contract.ts';
import { rejectedKeeper } from './jobs.ts';
import { type NewRejected, countRejected, insertRejected, selectRejected } from './records/rejected.ts';
import { REJECTED_CAP } from './vocabulary.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;

beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

const page = z.object({ items: z.array(rejectedMessage) });

async function statusOf(shop: TestWorkspace) {
  return journalStatus.parse((await world.api(shop.secretKey).get('/api/v1/journal')).body);
}

/** Sends messages of no type, named from one number to another. */
async function sendBad(shop: TestWorkspace, from: number, to: number): Promise<void> {
  const batch = Array.from({ length: to - from }, (_, i) => ({ messageId: `m${from + i}` }));
  const response = await world.app.request('/v1/batch', {
    method: 'POST',
    body: JSON.stringify({ writeKey: shop.writeKey, batch }),
  });
  expect(response.status).toBe(200);
}

const refused = (workspaceId: string, messageId: string, body = '{}'): NewRejected => ({
  workspaceId,
  messageId,
  field: 'type',
  reason: 'of no type',
  body,
});

function put(rows: readonly NewRejected[], cap?: typeof REJECTED_CAP): Promise<void> {
  return world.house.records.transaction((tx) => insertRejected(tx, rows, clock.now(), cap));
}

describe('[JR19] refused messages', () => {
  test('sent in any number fill the store no further than the cap; the newest stay, the others are counted', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    await sendBad(other, 0, 3);
    for (let from = 0; from < 21_000; from += 7_000) await sendBad(shop, from, from + 7_000);
    const { rejectedMessages, rejectedLetGo } = await statusOf(shop);
    expect(rejectedMessages).toBeLessThanOrEqual(REJECTED_CAP.rows);
    expect(rejectedMessages).toBeGreaterThanOrEqual(REJECTED_CAP.rows * 0.9);
    expect(rejectedMessages + rejectedLetGo).toBe(21_000);
    const { body } = await world.api(shop.secretKey).get('/api/v1/journal/rejected?limit=2');
    expect(page.parse(body).items.map((m) => m.messageId)).toEqual(['m20999', 'm20998']);
    expect(await statusOf(other)).toMatchObject({ rejectedMessages: 3, rejectedLetGo: 0 });
  });

  test('of many bytes are let go sooner', async () => {
    const { id } = await world.workspace();
    const cap = { rows: 1_000, bytes: 20_000 };
    for (let n = 0; n < 30; n++) await put([refused(id, `m${n}`, 'ü'.repeat(1_000))], cap);
    const kept = await selectRejected(world.house.records.db, id, 1_000, undefined);
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.length).toBeLessThan(10);
    expect(kept[0]?.messageId).toBe('m29');
    expect(await countRejected(world.house.records.db, id)).toEqual({ rows: kept.length, letGo: 30 - kept.length });
  });

  test('that many flushes bring at once, of workspaces in any order, are counted truly', async () => {
    const ids = [(await world.workspace()).id, (await world.workspace()).id];
    const cap = { rows: 50, bytes: 1_000_000 };
    const flush = (n: number) => {
      const rows = Array.from({ length: 20 }, (_, i) => refused(ids[(n + i) % 2] ?? '', `${n} ${i}`));
      return put(n % 2 === 0 ? rows : rows.toReversed(), cap);
    };
    await Promise.all(Array.from({ length: 12 }, (_, n) => flush(n)));
    for (const id of ids) {
      const { rows, letGo } = await countRejected(world.house.records.db, id);
      expect(rows + letGo).toBe(120);
      expect(rows).toBeLessThanOrEqual(cap.rows);
    }
  });

  test('leave when their time is over, and make room for others', async () => {
    const { id } = await world.workspace();
    const { db } = world.house.records;
    const cap = { rows: 10, bytes: 1_000_000 };
    const batch = (name: string) => Array.from({ length: 9 }, (_, i) => refused(id, `${name}${i}`));
    const came = clock.now();
    await put(batch('old'), cap);
    clock.advance(31 * 86_400_000);
    const keeper = rejectedKeeper(world.house);
    expect(await keeper.remove({ workspaceId: id, before: came })).toEqual({ rows: 0, more: false });
    const leaving = { workspaceId: id, before: clock.now() };
    expect(await keeper.count?.(leaving)).toEqual({ rows: 9, oldest: came });
    expect(await keeper.remove(leaving)).toEqual({ rows: 9, more: false });
    expect(await countRejected(db, id)).toEqual({ rows: 0, letGo: 0 });
    await put(batch('new'), cap);
    expect(await countRejected(db, id)).toEqual({ rows: 9, letGo: 0 });
  });
});
