import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import { createKey } from '../../platform/workspaces/facade.ts';
import { apply, sweep } from './applying.ts';
import { type Catalogue, type CatalogueBody, catalogue as catalogueShape, preview } from './contract.ts';
import { loadRules } from './facade.ts';
import { rewritePlaces } from './facts/places.ts';
import { PATH, draftOf, readCatalogue } from './test-support.ts';

const AT = '2026-03-01 10:00:00.000';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const calm = { signal: new AbortController().signal };

const event = (shop: TestWorkspace, fact: Record<string, unknown>) => ({
  workspace: shop.id,
  event_id: randomUUID(),
  at: AT,
  received_at: AT,
  props: '{}',
  rules_version: 1,
  ...fact,
});

const placed = z.object({ name: z.string(), touchpoint: z.string(), stage: z.string(), rules_version: z.number() });

function places(shop: TestWorkspace) {
  return world.house.facts.query(
    placed,
    'SELECT name, touchpoint, stage, rules_version FROM v_events WHERE workspace = {workspace:String} ORDER BY name, event_id',
    { workspace: shop.id },
  );
}

describe('the past', () => {
  /** Its first rule gives "Door Opened" to the touchpoint of returns. */
  function withDoor(before: Catalogue) {
    const rule = {
      id: 'new-door',
      on: 'event' as const,
      when: { field: 'name', op: 'startsWith', value: 'Door' },
      touchpointId: 'tp_returning',
    };
    return { ...draftOf(before), rules: [rule, ...before.rules] };
  }

  test('[CT6][CT9] a preview counts and shows, within the workspace, and changes nothing', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    const door = (n: number) => ({
      name: 'Door Opened',
      url: `https://x.example/${n}`,
      at: `2026-03-01 10:00:0${n}.000`,
    });
    await world.house.facts.insert('events', [
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => event(shop, door(n))),
      event(shop, { name: 'Door Closed', touchpoint: 'tp_returning', stage: 'stg_support' }),
      event(shop, { name: 'Page Viewed', touchpoint: 'tp_website', stage: 'stg_consideration' }),
      event(other, door(9)),
    ]);
    const draft = withDoor(await readCatalogue(world, shop));
    const ask = async (body: CatalogueBody, ruleId: string) =>
      preview.parse((await world.api(shop.secretKey).post(`${PATH}/preview`, { draft: body, ruleId })).body);
    const seen = await ask(draft, 'new-door');
    expect(seen).toMatchObject({ facts: 9, matches: 8, decides: 8, changes: 7 });
    expect(seen.sample.map((r) => r.detail)).toEqual([7, 6, 5, 4, 3].map((n) => `https://x.example/${n}`));
    expect(seen.sample[0]).toMatchObject({ what: 'Door Opened', before: '', after: 'tp_returning' });
    const scopes = ['catalogue:read', 'catalogue:write'] as const;
    const narrow = await createKey(
      world.house,
      shop.id,
      { kind: 'secret', name: 'Narrow', scopes: [...scopes] },
      'nobody',
    );
    const asked = await world.api(narrow.key).post(`${PATH}/preview`, { draft, ruleId: 'new-door' });
    const hidden = preview.parse(asked.body);
    expect(hidden.matches).toBe(8);
    expect(new Set(hidden.sample.map((r) => r.detail))).toEqual(new Set(['']));
    const shadowed = {
      ...draft,
      rules: [{ ...draft.rules[0], id: 'all', on: 'event', when: { all: [] }, touchpointId: 'tp_app' }, ...draft.rules],
    };
    expect(
      await ask(catalogueShape.parse({ ...(await readCatalogue(world, shop)), ...shadowed }), 'new-door'),
    ).toMatchObject({
      matches: 8,
      decides: 0,
    });
    const unknown = await world.api(shop.secretKey).post(`${PATH}/preview`, { draft, ruleId: 'gone' });
    expect(unknown.status).toBe(404);
    expect((await places(shop)).every((p) => p.rules_version === 1)).toBe(true);
  });

  test('[CT7] a save moves the facts of the past, of this workspace alone; a new name moves none', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    const api = world.api(shop.secretKey);
    const years = ['2019-05-05 00:00:00.000', '2024-05-05 00:00:00.000', AT];
    await world.house.facts.insert('events', [
      ...years.map((at) => event(shop, { name: 'Door Opened', at })),
      event(shop, { name: 'Page Viewed', touchpoint: 'tp_website', stage: 'stg_consideration' }),
      event(other, { name: 'Door Opened' }),
    ]);
    await world.house.facts.insert('feedback', [
      {
        workspace: shop.id,
        feedback_id: randomUUID(),
        at: AT,
        source: 'review',
        instrument: 'rating',
        rules_version: 1,
      },
    ]);
    await world.house.facts.insert('orders', [
      { workspace: shop.id, order_id: '7', placed: AT, props: '{}', rules_version: 1, version: '1' },
    ]);
    const before = await readCatalogue(world, shop);
    const saved = await api.put(PATH, { ...withDoor(before), version: before.version });
    expect(saved.body).toMatchObject({ version: before.version + 1, run: { state: 'waiting' } });
    await world.runJobs();
    const door = { name: 'Door Opened', touchpoint: 'tp_returning', stage: 'stg_support', rules_version: 2 };
    const page = { name: 'Page Viewed', touchpoint: 'tp_website', stage: 'stg_consideration', rules_version: 2 };
    expect(await places(shop)).toEqual([door, door, door, page]);
    expect(await places(other)).toEqual([{ name: 'Door Opened', touchpoint: '', stage: '', rules_version: 1 }]);
    const rest = z.object({ touchpoint: z.string(), rules_version: z.number() });
    for (const [view, touchpoint] of [
      ['v_feedback', 'tp_product'],
      ['v_orders', 'tp_checkout'],
    ]) {
      const rows = await world.house.facts.query(
        rest,
        `SELECT touchpoint, rules_version FROM ${view} WHERE workspace = {workspace:String}`,
        { workspace: shop.id },
      );
      expect(rows).toEqual([{ touchpoint, rules_version: 2 }]);
    }
    const after = await readCatalogue(world, shop);
    expect(after.run).toMatchObject({ state: 'done', total: 6, done: 6, changed: 5 });

    const renamed = { ...draftOf(after), stages: after.stages.map((s) => ({ ...s, name: `${s.name} 2` })) };
    expect((await api.put(PATH, { ...renamed, version: after.version })).status).toBe(200);
    await world.runJobs();
    expect((await places(shop)).map((p) => p.rules_version)).toEqual([2, 2, 2, 2]);
  });

  test('[CT8] cut off, repeated or overtaken, the job ends the same; late batches are placed anew', async () => {
    const shop = await world.workspace();
    const save = async (body: CatalogueBody, version: number) =>
      catalogueShape.parse((await world.api(shop.secretKey).put(PATH, { ...body, version })).body);
    await world.house.facts.insert('events', [
      event(shop, { name: 'Door Opened', at: '2024-05-05 00:00:00.000' }),
      event(shop, { name: 'Door Opened' }),
    ]);
    const before = await readCatalogue(world, shop);
    const second = await save(withDoor(before), before.version);
    // One partition done, then the process ended.
    await rewritePlaces(world.house.facts, await loadRules(world.house, shop.id), 'event', '2026', calm);
    const elsewhere = second.rules.map((r, i) => (i === 0 ? { ...r, touchpointId: 'tp_help' } : r));
    await save({ ...draftOf(second), rules: elsewhere }, second.version);
    await world.runJobs();
    const helped = { name: 'Door Opened', touchpoint: 'tp_help', stage: 'stg_support', rules_version: 3 };
    expect(await places(shop)).toEqual([helped, helped]);
    // A batch that was classified before the save and came in after the job.
    await world.house.facts.insert('events', [
      event(shop, { name: 'Door Opened', touchpoint: 'tp_returning', rules_version: 2 }),
    ]);
    await apply(world.house, shop.id, calm);
    await apply(world.house, shop.id, calm);
    expect(await places(shop)).toEqual([helped, helped, helped]);
    expect((await readCatalogue(world, shop)).run).toMatchObject({ state: 'done' });
    // And one that hung for longer than the job looks.
    await world.house.facts.insert('events', [
      event(shop, { name: 'Door Opened', touchpoint: 'tp_returning', rules_version: 2 }),
    ]);
    await sweep(world.house, calm);
    await world.runJobs();
    expect(await places(shop)).toEqual([helped, helped, helped, helped]);
  });
});
