import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IMPORT_KINDS, type ImportKind } from '@touchstone/domain/tabular';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ITEMS, ORDERS, PEOPLE, PRODUCTS, REVIEWS } from '../../../test/support/imports.ts';
import { openWorld, type World } from '../../../test/support/world.ts';
import type { Connect } from '../../platform/house/house.ts';
import { importFile } from './command.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const FILES: Readonly<Record<ImportKind, string>> = {
  people: PEOPLE,
  orders: ORDERS,
  items: ITEMS,
  products: PRODUCTS,
  events:
    'event_id,event,user_id,timestamp,page\ne1,Viewed,c1,2026-01-02 10:00:00,/a\ne2,Bought,c1,2026-01-02 10:05:00,/b\n',
  feedback: REVIEWS,
  returns: 'return_id,order_id,returned_at,reason\nx1,o1,2026-01-20 10:00:00,broken\nx2,o2,2026-01-21 10:00:00,late\n',
};

test('[IM15] each kind of rows is loaded by the command', async () => {
  const shop = await world.workspace();
  const connect: Connect = async () => ({
    to: 'the test',
    request: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${shop.secretKey}`);
      const answer = await world.app.request(path, { ...init, headers });
      if (path.endsWith('/start')) await world.runJobs();
      return answer;
    },
    close: async () => undefined,
  });
  for (const kind of IMPORT_KINDS) {
    const path = join(folder, `${kind}.csv`);
    await writeFile(path, FILES[kind]);
    expect(await importFile.run([path, '--as', kind], {}, connect), kind).toBe(0);
  }
  const { body } = await world.api(shop.secretKey).get('/api/v1/imports');
  expect(body).toMatchObject({
    items: IMPORT_KINDS.toReversed().map((kind) => ({ kind, state: 'done', counts: { rows: 2, added: 2, bad: 0 } })),
  });
});
