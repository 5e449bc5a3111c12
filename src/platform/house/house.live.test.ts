import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type World } from '../../../test/support/world.ts';

describe('a house over real stores', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test('[HS20] a house is put together over both stores and answers', async () => {
    await world.house.records.ping();
    await world.house.facts.ping();
    const rows = await world.house.facts.query(z.object({ n: z.string() }), 'SELECT toUInt64({n:UInt8}) AS n', {
      n: 7,
    });
    expect(rows).toEqual([{ n: '7' }]);
    const shop = await world.workspace();
    const answer = await world.api(shop.secretKey).get('/api/v1/workspace');
    console.log(answer);
    await world.runJobs();
  });
});
