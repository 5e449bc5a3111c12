import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { company } from '../../../demo/company/index.ts';
import type { World, TestWorkspace } from '../../../test/support/world.ts';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import { Visitor } from '../../../test/support/visitor.ts';
import { linkOf, openLark, PASSWORD } from '../../platform/workspaces/test-support.ts';
import { surveyListed } from '../surveys/contract.ts';
import { demoView } from './contract.ts';
import { work } from './filling.ts';
import { changeStanding, readStanding } from './standing.ts';
import type { DemoCompany } from './story.ts';

const clock = new HeldClock('2026-11-23T09:00:00.000Z');
/** Enough to find what is planted, by a seed whose chance hides none of it in so few. */
const PEOPLE = 1_500;
const SEED = 'heath';
let world: World;
let ada: Visitor;
let full: TestWorkspace;
beforeAll(async () => {
  ({ world, ada } = await openLark(clock));
  full = await world.workspace({ zone: 'Europe/Ljubljana' });
  expect((await fill(full, PEOPLE, SEED)).status).toBe(202);
  await world.runJobs();
});
afterAll(() => world.close());

const fill = (shop: TestWorkspace, people: number, seed = company.seed) =>
  world.api(shop.secretKey).post('/api/v1/demo/fill', { people, seed });

async function standing(shop: TestWorkspace) {
  return demoView.parse((await world.api(shop.secretKey).get('/api/v1/demo')).body);
}

/** Facts of a workspace, and how many different ones. */
async function facts(workspace: string) {
  const row = z.object({ n: z.coerce.number(), ids: z.coerce.number() });
  const count = async (view: string, id: string) =>
    world.house.facts.query(row, `SELECT count() AS n, uniqExact(${id}) AS ids FROM ${view} WHERE workspace = {workspace:String}`, { workspace }); // prettier-ignore
  const [[events], [answers], [orders], [responses]] = await Promise.all([
    count('v_events', 'event_id'),
    count('v_feedback', 'feedback_id'),
    count('v_orders', 'order_id'),
    count('v_survey_responses', 'response_id'),
  ]);
  return { events, answers, orders, responses };
}

const context = { jobId: 'job', log: silentLog, signal: new AbortController().signal };
/** Those of the company who mostly buy in stores, and of what they did what they said of their visits. */
const VISITORS = 900;
const visitors: DemoCompany = {
  ...company,
  open: (options) => {
    const story = company.open({ ...options, people: 6_000 });
    const inStores = Array.from({ length: story.people }, (_, n) => n).filter((n) => story.person(n).traits['buys'] === 'store'); // prettier-ignore
    const nth = (n: number): number => inStores[n] ?? 0;
    return {
      ...story,
      people: options.people,
      person: (n) => story.person(nth(n)),
      told: (n) => story.told(nth(n)).filter(({ props }) => props['survey_id'] === 'after_visit'),
    };
  },
};

const figure = z.object({ value: z.number().nullable(), n: z.number() });
const difference = z.object({ value: z.number(), low: z.number(), high: z.number(), verdict: z.string() });
const compared = z.object({ first: figure, second: figure, difference: difference.nullable() });
const PERIOD = 'from=2025-05-23&to=2026-11-23';

/** What the product says of two groups or two periods. */
async function compare(metric: string, first: string, second: string, shop = full) {
  const query = `filter=${encodeURIComponent(first)}&againstFilter=${encodeURIComponent(second)}`;
  const path = /^\d/.test(first) ? periods(first, second) : `${PERIOD}&${query}`;
  const { status, body } = await world.api(shop.secretKey).get(`/api/v1/metrics/${metric}/compare?${path}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return compared.parse(body);
}

/** `2026-06-01/2026-11-23 channel:web`: a period and a filter. */
function periods(first: string, second: string): string {
  const [one = '', filter = ''] = first.split(' ');
  const [other = ''] = second.split(' ');
  const [from, to] = one.split('/');
  const [againstFrom, againstTo] = other.split('/');
  return `from=${from}&to=${to}&againstFrom=${againstFrom}&againstTo=${againstTo}&filter=${encodeURIComponent(filter)}`;
}

function expectFound(found: z.infer<typeof compared>, planted: number): void {
  const { value = 0, low = 0, high = 0, verdict } = found.difference ?? {};
  expect(verdict).toBe(planted < 0 ? 'lower' : 'higher');
  expect(low).toBeLessThan(planted);
  expect(high).toBeGreaterThan(planted);
  expect(Math.sign(value)).toBe(Math.sign(planted));
}

describe('[DC5] what the product shows finds what is planted', () => {
  test('T1: late parcels to the Islands cost 1.4 points; what goes with the rating names them', async () => {
    const islands = 'order.region:Islands;order.late';
    expectFound(await compare('rating', `${islands}:true`, `${islands}:false`), -1.4);
    const { body } = await world.api(full.secretKey).get(`/api/v1/metrics/rating/contrasts?${PERIOD}`);
    const contrast = z.object({ field: z.string(), level: z.string(), difference: z.object({ verdict: z.string() }) });
    const { items } = z.object({ items: z.array(contrast) }).parse(body);
    const late = items.find(({ field, level }) => field === 'order.late' && level === 'true');
    expect(late?.difference.verdict).toBe('lower');
  });

  test('T2: more is late on the Islands since another carrier took over', async () => {
    const found = await compare('late_rate', 'order.carrier:Gull Post', 'order.carrier:Ferry Line');
    expect(found.difference?.verdict).toBe('higher');
    expect(found.first.value).toBeGreaterThan(0.3);
    expect(found.second.value).toBeLessThan(0.22);
  });

  test('T3: the changed checkout takes more effort on the site', async () => {
    const [before, since] = ['2025-05-23/2026-05-01', '2026-05-01/2026-11-23'];
    expectFound(await compare('ces', `${since} channel:web`, before), -0.8);
    expect((await compare('ces', `${since} channel:app`, before)).difference?.verdict).toBe('unclear');
  });

  test('T5: a return to a store pleases less than one by parcel', async () => {
    const returned = 'feedback.survey_id:after_return;channel';
    expectFound(await compare('csat_mean', `${returned}:store`, `${returned}:web,app`), -1.3);
  });

  test('T7: one owner for every case helped; T8: the card did nothing', async () => {
    const help = await compare(
      'csat_mean',
      '2026-06-01/2026-11-23 feedback.survey_id:after_help',
      '2025-05-23/2026-06-01',
    );
    expect(help.difference?.verdict).toBe('higher');
    const card = await compare('rating', 'order.thank_you_card:yes', 'order.thank_you_card:no');
    expect(card.difference?.verdict).toBe('unclear');
    expect(card.first.n).toBeGreaterThan(100);
  });

  test('T9: visits to Mill Gate please less than those to the other stores', async () => {
    const stores = await world.workspace({ zone: 'Europe/Ljubljana' });
    await fill(stores, VISITORS);
    await work(world.house, visitors, stores.id, context);
    const at = 'feedback.survey_id:after_visit;feedback.location_id';
    const found = await compare('csat_mean', `${at}:Mill Gate`, `${at}!:Mill Gate`, stores);
    expectFound(found, -0.4);
  });
});

test('[DC2] an empty workspace is filled, once; one with data of its own refuses', async () => {
  const before = await facts(full.id);
  const { body } = await world.api(full.secretKey).get('/api/v1/activity');
  const told = { what: 'demo.fill', state: 'done', name: company.name, count: before.events?.n, share: null };
  expect(body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining(told)]) });
  expect(await standing(full)).toMatchObject({ state: 'done', share: 1, people: PEOPLE, problem: null, opened: false });
  expect((await standing(full)).events).toBe(before.events?.n);
  expect(before.events?.ids).toBe(before.events?.n);
  expect((await fill(full, 10)).body).toMatchObject({ state: 'done', people: PEOPLE });
  await world.runJobs();
  expect(await facts(full.id)).toEqual(before);

  const own = await world.workspace();
  expect(await world.house.holds(own.id)).toBe(false);
  const message = { event: 'Product Viewed', userId: 'u', messageId: 'm' };
  const authorization = `Bearer ${own.writeKey}`;
  await world.app.request('/v1/track', { method: 'POST', headers: { authorization }, body: JSON.stringify(message) });
  // What waits is there already, and so is whoever it named.
  expect(await world.house.holds(own.id)).toBe(true);
  await world.drain();
  expect(await world.house.holds(own.id)).toBe(true);
  expect(await fill(own, 10)).toMatchObject({ status: 409, body: { code: 'demo-beside-data' } });
});

/** The company, whose teller falls over once at somebody. */
function stumbling(at: number): DemoCompany {
  let stumbled = false;
  return {
    ...company,
    open: (options) => {
      const story = company.open(options);
      return {
        ...story,
        told: (n) => {
          if (n === at && !stumbled) {
            stumbled = true;
            throw new Error('cut off');
          }
          return story.told(n);
        },
      };
    },
  };
}

test('[DC3] [DC4] cut off it goes on and is there once; taken out nothing of it stays, and it can come anew', async () => {
  const shop = await world.workspace();
  const api = world.api(shop.secretKey);
  await fill(shop, 50);
  // The facts of the part after that are in by then, and it is not noted: it is brought again.
  await expect(work(world.house, stumbling(35), shop.id, context, 15)).rejects.toThrow('cut off');
  expect(await standing(shop)).toMatchObject({ state: 'stories' });
  expect((await readStanding(world.house, shop.id)).told).toBe(30);
  expect((await facts(shop.id)).events?.n).toBeGreaterThan((await standing(shop)).events);
  const stopped = await work(world.house, company, shop.id, { ...context, signal: AbortSignal.abort() }, 15);
  expect(stopped).toBe('leave');
  await world.runJobs();
  const { today, events } = await standing(shop);
  const story = company.open({
    seed: company.seed,
    people: 50,
    today: today ?? '',
    zone: 'UTC',
    currency: 'EUR',
    surveyIds: {},
  });
  const told = Array.from({ length: 50 }, (_, n) => story.told(n).length).reduce((sum, n) => sum + n, 0);
  const whole = await facts(shop.id);
  expect([events, whole.events?.n, whole.events?.ids]).toEqual([told, told, told]);
  expect(whole.answers?.n).toBe(whole.answers?.ids);
  expect(whole.responses?.n).toBe(whole.responses?.ids);
  const { items: surveys } = z.object({ items: z.array(surveyListed) }).parse((await api.get('/api/v1/surveys')).body);
  expect(surveys).toMatchObject([{ name: 'How are we doing?', state: 'open', complete: whole.responses?.n }]);
  const found = await api.get(`/api/v1/surveys/${surveys[0]?.id}/results?filter=channel:email`);
  expect(found.body).toMatchObject({ counts: { complete: whole.responses?.n } });
  expect(whole.responses?.n).toBe(story.responses(Array.from({ length: 50 }, (_, n) => story.told(n)).flat()).length);
  expect((await api.get('/api/v1/people?limit=1')).body).toMatchObject({ items: [{}] });

  expect((await api.delete('/api/v1/demo')).status).toBe(403);
  const none = { n: 0, ids: 0 };
  await changeStanding(world.house, shop.id, (s) => ({ ...s, state: 'removing' }));
  expect(await work(world.house, company, shop.id, context)).toBe('end');
  expect(await facts(shop.id)).toEqual({ events: none, answers: none, orders: none, responses: none });
  expect((await api.get('/api/v1/surveys')).body).toMatchObject({ items: [] });
  expect((await api.get('/api/v1/people?limit=1')).body).toMatchObject({ items: [] });
  expect(await standing(shop)).toMatchObject({ state: 'none' });

  clock.advance(1_000);
  await fill(shop, 20);
  await world.runJobs();
  expect(await standing(shop)).toMatchObject({ state: 'done', people: 20 });
  expect((await facts(shop.id)).events?.n).toBe((await standing(shop)).events);
});

/** An admin beside the owner. */
async function colleague(workspaceId: string): Promise<Visitor> {
  const browser = new Visitor(world.app);
  const email = `grace-${randomUUID()}@example.com`;
  const invited = await ada.call('POST', '/invitations', { email, role: 'admin' });
  await browser.call('POST', '/invitations/accept', { token: linkOf(invited), name: 'Grace', password: PASSWORD });
  browser.workspaceId = workspaceId;
  return browser;
}

test('[DC1] [DC4] an owner opens it in a workspace of its own; stopped, the workspace goes with it', async () => {
  const answer = z.object({ workspaceId: z.string() });
  clock.advance(60_000);
  const first = ada.workspaceId;
  const opened = await Promise.all([ada.call('POST', '/demo/open'), ada.call('POST', '/demo/open')]);
  const [one, other] = opened.map(({ body }) => answer.parse(body).workspaceId);
  expect(one).toBe(other);
  expect(answer.parse((await ada.call('POST', '/demo/open')).body).workspaceId).toBe(one);
  ada.workspaceId = one ?? '';
  expect((await ada.call('GET', '/workspace')).body).toMatchObject({ name: company.name });
  expect((await ada.call('GET', '/demo')).body).toMatchObject({ state: 'waiting', people: company.people });
  const admin = await colleague(one ?? '');
  expect(await admin.call('DELETE', '/demo')).toMatchObject({ status: 403 });
  expect((await ada.call('DELETE', '/demo')).body).toMatchObject({ state: 'removing' });
  await world.runJobs();
  // A colleague stands in it: it stays, without the company.
  expect((await ada.call('GET', '/demo')).body).toMatchObject({ state: 'none', opened: false });
  const again = answer.parse((await ada.call('POST', '/demo/open')).body).workspaceId;
  expect(again).not.toBe(one);
  ada.workspaceId = again;
  expect((await ada.call('DELETE', '/demo')).body).toMatchObject({ state: 'removing' });
  await world.runJobs();
  ada.workspaceId = first;
  const { body } = await ada.call('GET', '/session');
  expect(z.object({ workspaces: z.array(z.object({ id: z.string() })) }).parse(body).workspaces.map((w) => w.id)).toEqual([first, one]); // prettier-ignore
});
