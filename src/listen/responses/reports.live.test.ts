import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { publish } from '../surveys/test-support.ts';
import { reportShape, reportShown } from './contract.ts';
import { putResponses } from './facade.ts';
import { madeResponses, VISIT } from './test-support.ts';

let now = new Date('2026-11-22T10:00:00.000Z');
let world: World;
let shop: TestWorkspace;
let surveyId: string;
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => now } });
  shop = await world.workspace();
  surveyId = (await publish(world, shop, VISIT)).id;
  const made = madeResponses({ id: surveyId, document: VISIT }, 60, new Date('2026-11-20T08:00:00.000Z'));
  await putResponses(
    world.house,
    shop.id,
    made.map((one) => ({ ...one, named: { userId: `who-${one.id}` } })),
    { token: 'reports' },
  );
});
afterAll(() => world.close());

const made = reportShape.extend({ url: z.url() });

test('[RS7] a link shows figures and no more than was chosen, until it is taken away or expires', async () => {
  const api = world.api(shop.secretKey);
  const share = async (body: object) => made.parse((await api.post(`/api/v1/surveys/${surveyId}/reports`, body)).body);
  const read = (url: string) =>
    world.api('').post('/api/v1/reports/read', { token: url.split('/').at(-1), words: 'fa' });
  const bare = await share({ name: 'For the shops', where: 'language:en' });
  now = new Date(now.getTime() + 1_000);
  const wordy = await share({ name: 'With words', texts: true, expiresAt: '2026-11-23T10:00:00.000Z' });

  const first = await read(bare.url);
  expect(first.status).toBe(200);
  const shown = reportShown.parse(first.body);
  expect(shown).toMatchObject({ name: 'For the shops', narrowed: true, texts: [], results: { reason: null } });
  expect(shown.results.questions.find((one) => one.key === 'nps')?.title).toBe('چقدر ما را پیشنهاد می‌کنید؟');
  expect(JSON.stringify(first.body)).not.toMatch(/who-|queue|rsp_/);
  for (const { options } of shown.results.questions) {
    for (const { n, hidden } of options) expect(hidden || n === 0 || (n ?? 0) >= 5).toBe(true);
  }
  const second = reportShown.parse((await read(wordy.url)).body);
  expect(second.texts.find((one) => one.key === 'why')?.items.length).toBeGreaterThan(0);
  expect(JSON.stringify(second)).not.toMatch(/who-|rsp_/);

  expect((await world.api((await world.workspace()).secretKey).get(`/api/v1/surveys/${surveyId}/reports`)).status).toBe(
    404,
  );
  expect((await api.get(`/api/v1/surveys/${surveyId}/reports`)).body).toMatchObject({
    items: [{ id: wordy.id }, { id: bare.id }],
  });
  expect((await api.delete(`/api/v1/surveys/${surveyId}/reports/${bare.id}`)).status).toBe(200);
  expect((await read(bare.url)).status).toBe(404);
  now = new Date('2026-11-23T10:00:00.000Z');
  expect((await read(wordy.url)).status).toBe(404);
  expect((await read('/made-up')).status).toBe(404);
  // What has expired makes room for another.
  now = new Date(now.getTime() + 1_000);
  const later = await share({ name: 'Later' });
  expect((await api.get(`/api/v1/surveys/${surveyId}/reports`)).body).toMatchObject({ items: [{ id: later.id }] });
  const past = await api.post(`/api/v1/surveys/${surveyId}/reports`, {
    name: 'x',
    expiresAt: '2026-11-23T09:00:00.000Z',
  });
  expect(past).toMatchObject({ status: 400, body: { field: 'expiresAt' } });

  const { items } = z
    .object({ items: z.array(z.object({ changes: z.array(z.unknown()).optional() }).loose()) })
    .parse((await api.get('/api/v1/audit')).body);
  expect(JSON.stringify(items)).toContain('For the shops');
  expect(JSON.stringify(items)).not.toContain(bare.url.split('/').at(-1));
});
