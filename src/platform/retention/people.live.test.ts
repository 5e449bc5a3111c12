import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { importCalls } from '../../../test/support/imports.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { peopleKeeper } from '../../core/people/keeping.ts';
import { HeldClock } from '../kernel/clock.ts';
import type { Facts } from '../stores/ports.ts';
import { keptKind } from './contract.ts';
import { applyRetention } from './jobs.ts';

const DAY_MS = 86_400_000;
const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;
beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

const { ask, run: load } = importCalls(() => world);

async function send(place: TestWorkspace, message: object): Promise<void> {
  const sent = { method: 'POST', body: JSON.stringify({ writeKey: place.writeKey, batch: [message] }) };
  expect(await (await world.app.request('/v1/batch', sent)).json()).toMatchObject({ accepted: 1 });
  await world.drain();
}

test('[RT13] people of whom nothing is left leave with all that is known of them, and come back as somebody new', async () => {
  const place = await world.workspace();
  const api = world.api(place.secretKey);
  const { db } = world.house.records;
  const csv =
    'user_id,email,name\ngone,gone@example.com,Vida\nbuyer,buyer@example.com,Omid\njoined,joined@example.com,\n';
  await load(place, 'people.csv', csv, { kind: 'people' });
  await load(place, 'orders.csv', 'order_id,customer_id,order_date\no1,buyer,2026-01-02 10:00:00\n');
  clock.advance(100 * DAY_MS);
  // One name of hers is new.
  await load(place, 'more.csv', 'user_id,phone\njoined,+386 40 111 222\n', { kind: 'people' });
  const found = async () =>
    z
      .object({ items: z.array(z.looseObject({ id: z.string(), label: z.string() })) })
      .parse((await api.get('/api/v1/people')).body)
      .items.toSorted((a, b) => (a.label < b.label ? -1 : 1));
  const before = await found();
  expect(before.map(({ label }) => label)).toEqual(['Omid', 'Vida', 'joined@example.com']);
  const told = await api.get('/api/v1/retention/people/preview?days=60');
  expect(told.body).toMatchObject({ shortens: true, rows: 1 });
  expect((await api.put('/api/v1/retention/people', { days: 60, confirm: true })).status).toBe(200);
  clock.advance(DAY_MS);
  await world.house.jobs.send(applyRetention, { workspaceId: place.id });
  await world.runJobs();
  const { items } = z.object({ items: z.array(keptKind) }).parse((await api.get('/api/v1/retention')).body);
  expect(items.find(({ kind }) => kind === 'people')?.run).toMatchObject({ state: 'done', removed: 1 });
  expect((await found()).map(({ label }) => label)).toEqual(['Omid', 'joined@example.com']);
  for (const table of ['identities', 'persons', 'identity_evidence', 'trait_claims', 'links', 'link_evidence']) {
    const rows = await db.execute(sql`SELECT * FROM ${sql.raw(table)} WHERE workspace_id = ${place.id}`);
    expect(JSON.stringify(rows.rows), table).not.toMatch(/gone|Vida/);
  }
  const traits = 'SELECT traits FROM v_people WHERE workspace = {workspace:String}';
  expect(JSON.stringify(await ask(traits, place))).not.toContain('Vida');
  const audit = await api.get('/api/v1/audit?operation=retention.apply');
  expect(JSON.stringify(audit.body)).not.toMatch(/gone@|Vida/);

  // She is back by an event; then comes the very same file, of which her row alone is taken in anew.
  await send(place, { type: 'track', userId: 'gone', messageId: 'm1', event: 'Cart Viewed' });
  expect((await found()).map(({ label }) => label)).toContain('gone');
  const same = await load(place, 'people.csv', csv, { kind: 'people' });
  // Of the one with the new phone another file said more: this is a version of hers.
  expect(same.counts).toMatchObject({ added: 1, changed: 1, unchanged: 1 });
  const vida = (people: typeof before) => people.find(({ label }) => label === 'Vida')?.id;
  const again = vida(await found());
  expect([again === undefined, again === vida(before)]).toEqual([false, false]);
  const third = await load(place, 'people.csv', csv, { kind: 'people' });
  expect(third.counts).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
});

test('[RT7] [RT13] the facts are gone over once for all parts, and who did something since they were found stays', async () => {
  const place = await world.workspace();
  const rows = Array.from({ length: 2_001 }, (_, i) => `p${10_000 + i}`);
  await load(place, 'people.csv', ['user_id', ...rows, ''].join('\n'), { kind: 'people' });
  clock.advance(100 * DAY_MS);
  const statements: string[] = [];
  const stream: Facts['stream'] = (row, statement, ...rest) => {
    statements.push(statement);
    return world.house.facts.stream(row, statement, ...rest);
  };
  const keeper = peopleKeeper({ ...world.house, facts: { ...world.house.facts, stream } });
  const leaving = { workspaceId: place.id, before: new Date(clock.now().getTime() - 60 * DAY_MS) };
  const parts: (readonly number[])[] = [];
  for await (const part of keeper.find?.(leaving) ?? []) parts.push(part);
  expect(parts.map((part) => part.length)).toEqual([2_000, 1]);
  expect(statements).toHaveLength(1);
  await send(place, { type: 'track', userId: 'p12000', messageId: 'm1', event: 'Cart Viewed' });
  const removed = [];
  for (const part of parts.toReversed()) removed.push((await keeper.remove(leaving, part.slice(0, 5))).rows);
  expect(removed).toEqual([0, 5]);
  expect(statements.filter((statement) => !statement.includes('identity_no IN'))).toHaveLength(1);
});
