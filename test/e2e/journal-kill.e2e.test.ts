import { setTimeout as pause } from 'node:timers/promises';
import { integer, seeded } from '@touchstone/domain/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventId } from '../../src/platform/kernel/ids.ts';
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

let made = 0;
let acknowledged = 0;
const sent: string[] = [];
/** Batches that were not acknowledged: their messages may be in, or not. */
const open: string[][] = [];

function newBatch(): string[] {
  const ids = Array.from({ length: 1 + (made % 25) }, () => `message-${made++}`);
  sent.push(...ids);
  return ids;
}

/** True when it was acknowledged. */
async function send(ids: readonly string[]): Promise<boolean> {
  const batch = ids.map((messageId) => ({
    type: 'track',
    event: 'Product Viewed',
    userId: `user ${messageId.length}`,
    messageId,
    properties: { sku: messageId },
  }));
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  }).catch(() => undefined);
  if (response === undefined) return false;
  const body: unknown = await response.json().catch(() => undefined);
  return response.status === 200 && z.object({ success: z.literal(true) }).safeParse(body).success;
}

/** Sends one batch after another, those left open first. */
async function sendWhile(alive: () => boolean): Promise<void> {
  while (alive()) {
    const batch = open.pop() ?? newBatch();
    if (await send(batch)) acknowledged++;
    else {
      open.push(batch);
      await pause(2);
    }
  }
}

const status = z.object({ waitingMessages: z.number(), rejectedMessages: z.number() });
const page = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().nullable() });

async function get<T>(path: string, shape: z.ZodType<T>): Promise<T> {
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${shop.secretKey}` } });
  return shape.parse(await response.json());
}

async function allEvents(): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const got: z.infer<typeof page> = await get(`/api/v1/events?limit=200${at}`, page);
    ids.push(...got.items.map((e) => e.id));
    cursor = got.nextCursor;
  }
  return ids;
}

describe('a server that is killed', () => {
  test(
    `[JR1] ${KILLS} times in the middle of load has every acknowledged event exactly once`,
    { timeout: 600_000 },
    async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        let alive = true;
        const senders = Array.from({ length: SENDERS }, () => sendWhile(() => alive));
        const enough = acknowledged + integer(random, 0, MOST_BATCHES);
        await until('the load', () => acknowledged >= enough);
        await pause(integer(random, 0, MOST_MS));
        await server.kill();
        alive = false;
        await Promise.all(senders);
        await server.start();
      }
      while (open.length > 0) {
        const batch = open.pop() ?? [];
        await until('the rest to be acknowledged', () => send(batch));
      }
      await until(
        'the journal to be drained',
        async () => (await get('/api/v1/journal', status)).waitingMessages === 0,
      );
      const found = await allEvents();
      const expected = sent.map((messageId) => eventId(shop.workspaceId, messageId));
      expect(sent.length).toBeGreaterThan(KILLS * 50);
      expect(found.length).toBe(expected.length);
      expect(found.toSorted()).toEqual(expected.toSorted());
      expect((await get('/api/v1/journal', status)).rejectedMessages).toBe(0);
    },
  );
});
