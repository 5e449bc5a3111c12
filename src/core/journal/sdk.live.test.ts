import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../platform/server/app.ts';
import { listen, type Listening } from '../../platform/server/listen.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';

let world: World;
let server: Listening;
let origin: string;

beforeAll(async () => {
  world = await openWorld();
  server = await listen(buildApp({ house: world.house, living: world.living }), '127.0.0.1', 0);
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const AT = new Date(Date.now() - 3_600_000);
const storedAt = AT.toISOString().replace('T', ' ').replace('Z', '');
const row = z.object({
  name: z.string(),
  user_id: z.string(),
  anonymous_id: z.string(),
  at: z.string(),
  order_id: z.string(),
  account_id: z.string(),
  value: z.string().nullable(),
  currency: z.string(),
  props: z.string().transform((text): unknown => JSON.parse(text)),
});

async function eventsOf(workspace: TestWorkspace) {
  await world.drain();
  const rows = await world.house.facts.query(
    row,
    `SELECT name, user_id, anonymous_id, at, order_id, account_id, toString(value) AS value, currency, props
     FROM v_events WHERE workspace = {workspace:String} ORDER BY name`,
    { workspace: workspace.id },
  );
  return rows;
}

/** What both SDKs were told, as it has to stand among the facts. */
const TOLD = [
  { name: 'Alias Made', user_id: 'u1', props: { previousId: 'a1' } },
  { name: 'Group Joined', user_id: 'u1', account_id: 'acme', props: { plan: 'pro', groupId: 'acme' } },
  { name: 'Identified', user_id: 'u1', props: { email: 'ada@example.com' } },
  {
    name: 'Order Completed',
    user_id: 'u1',
    order_id: 'o1',
    value: '12.5',
    currency: 'EUR',
    props: { order_id: 'o1', revenue: 12.5, currency: 'EUR', note: 'čšž 漢字 🙂' },
  },
  { name: 'Page Viewed', anonymous_id: 'a1', props: { name: 'Prices', url: 'https://shop.example/prices' } },
  { name: 'Screen Viewed', anonymous_id: 'a1', props: { name: 'Cart' } },
];

const ORDER = { order_id: 'o1', revenue: 12.5, currency: 'EUR', note: 'čšž 漢字 🙂' };

/** Their clocks are ours: correction may move a time by as long as the request took. */
function near(at: string): boolean {
  return Math.abs(Date.parse(`${at}Z`) - Date.parse(`${storedAt}Z`)) < 1_800_000;
}

describe('[JR3] unmodified SDKs deliver', () => {
  test('@segment/analytics-node', async () => {
    const shop = await world.workspace();
    const analytics = new Analytics({ writeKey: shop.writeKey, host: origin, flushAt: 10, httpRequestTimeout: 60_000 });
    const failures: unknown[] = [];
    analytics.on('error', (error) => failures.push(error));
    const timestamp = AT;
    analytics.identify({ userId: 'u1', traits: { email: 'ada@example.com' }, timestamp });
    analytics.track({ userId: 'u1', event: 'Order Completed', properties: ORDER, timestamp });
    analytics.page({
      anonymousId: 'a1',
      name: 'Prices',
      properties: { url: 'https://shop.example/prices' },
      timestamp,
    });
    analytics.screen({ anonymousId: 'a1', name: 'Cart', timestamp });
    analytics.group({ userId: 'u1', groupId: 'acme', traits: { plan: 'pro' }, timestamp });
    analytics.alias({ userId: 'u1', previousId: 'a1', timestamp });
    await analytics.closeAndFlush();
    expect(failures).toEqual([]);
    const rows = await eventsOf(shop);
    expect(rows).toMatchObject(TOLD);
    expect(rows.filter((r) => !near(r.at))).toEqual([]);
  });

  test('@rudderstack/rudder-sdk-node, which packs its batches', async () => {
    const shop = await world.workspace();
    const failures: unknown[] = [];
    const analytics = new RudderAnalytics(shop.writeKey, {
      dataPlaneUrl: origin,
      flushAt: 20,
      flushInterval: 60_000,
      logLevel: 'none',
      errorHandler: (error: unknown) => failures.push(error),
    });
    // It sends the first message at once; the rest goes with the flush.
    const timestamp = AT;
    analytics.identify({ userId: 'u1', traits: { email: 'ada@example.com' }, timestamp });
    await analytics.flush();
    analytics.track({ userId: 'u1', event: 'Order Completed', properties: ORDER, timestamp });
    analytics.page({
      anonymousId: 'a1',
      name: 'Prices',
      properties: { url: 'https://shop.example/prices' },
      timestamp,
    });
    analytics.screen({ anonymousId: 'a1', name: 'Cart', timestamp });
    analytics.group({ userId: 'u1', groupId: 'acme', traits: { plan: 'pro' }, timestamp });
    analytics.alias({ userId: 'u1', previousId: 'a1', timestamp });
    await analytics.flush();
    expect(failures).toEqual([]);
    const rows = await eventsOf(shop);
    expect(rows).toMatchObject(TOLD);
    expect(rows.filter((r) => !near(r.at))).toEqual([]);
  });
});
