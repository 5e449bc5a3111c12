import { setTimeout as pause } from 'node:timers/promises';
import { integer, seeded } from '@touchstone/domain/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Load } from '../support/load.ts';
import { startServer, type Shop, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const KILLS = 30;
const SENDERS = 4;
/** A life ends somewhere within this many acknowledged batches, and a few milliseconds. */
const MOST_BATCHES = 30;
const MOST_MS = 25;

const random = seeded(30);
let server: TestServer;
let shop: Shop;

beforeAll(async () => {
  server = await startServer();
  shop = await server.setup();
});
afterAll(() => server.close());

describe('a server that is killed', () => {
  test(
    `[JR1] ${KILLS} times in the middle of load has every acknowledged event exactly once`,
    { timeout: 600_000 },
    async () => {
      const load = new Load(server.url, shop);
      for (let kill = 0; kill < KILLS; kill++) {
        let alive = true;
        const sending = load.sendWhile(() => alive, SENDERS);
        const enough = load.acknowledged + integer(random, 0, MOST_BATCHES);
        await until('the load', () => load.acknowledged >= enough);
        await pause(integer(random, 0, MOST_MS));
        await server.kill();
        alive = false;
        await sending;
        await server.start();
      }
      await load.finish();
      expect(load.sent).toBeGreaterThan(KILLS * 50);
      expect(await load.look()).toEqual({ events: load.sent, lost: 0, doubled: 0, rejected: 0 });
    },
  );
});
