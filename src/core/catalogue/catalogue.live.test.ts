import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type World, openWorld } from '../../../test/support/world.ts';
import { projectOrders } from '../orders/facade.ts';
import { catalogueNames, loadRules } from './facade.ts';
import { PATH, draftOf, readCatalogue } from './test-support.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('a catalogue', () => {
  test('[CT1] is laid once, however many read at once, and at the first read where it is missing', async () => {
    const [english, persian] = [await world.workspace(), await world.workspace({ locale: 'fa' })];
    expect((await readCatalogue(world, english)).stages.map((s) => s.name)).toContain('Delivery');
    expect((await readCatalogue(world, persian)).stages.map((s) => s.name)).toContain('تحویل');
    const books = await Promise.all(
      Array.from({ length: 6 }, () => loadRules(world.house, 'ws_that_nobody_told_about')),
    );
    expect(books.every((b) => b.version === 1 && b.rules.length > 0)).toBe(true);
    const names = await catalogueNames(world.house, persian.id);
    expect(names.stages.map((s) => s.id)).toContain('stg_delivery');
  });

  test('[CT3][CT4] of many saves at once one goes in; what is wrong is refused with its place', async () => {
    const shop = await world.workspace();
    const api = world.api(shop.secretKey);
    const before = await readCatalogue(world, shop);
    const answers = await Promise.all(
      [1, 2, 3].map((n) =>
        api.put(PATH, {
          ...draftOf(before),
          version: before.version,
          teams: [...before.teams, { id: 'new', name: `Team ${n}` }],
        }),
      ),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409]);
    const refused = answers.find((a) => a.status === 409);
    expect(refused?.body).toMatchObject({ mend: expect.stringContaining('Load it again') });
    const after = await readCatalogue(world, shop);
    expect(after.version).toBe(before.version + 1);
    expect(after.teams).toHaveLength(before.teams.length + 1);
    expect(after.teams.at(-1)?.id).toMatch(/^team_/);
    const wrong = await api.put(PATH, { ...draftOf(after), version: after.version, stages: after.stages.slice(1) });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({ field: 'touchpoints.0.stageId' });
  });

  test('[CT4] rules that no statement could ask are refused; as many as one can are asked', async () => {
    const shop = await world.workspace();
    const { version, ...catalogue } = await readCatalogue(world, shop);
    const draft = draftOf({ version, ...catalogue });
    const [touchpoint] = draft.touchpoints;
    if (touchpoint === undefined) throw new Error('no touchpoint');
    const rules = (conditions: number) =>
      Array.from({ length: 70 }, (_, i) => ({
        id: `rule${i}`,
        on: 'order' as const,
        when: {
          all: Array.from({ length: conditions }, (__, j) => ({ field: `props.k${j}`, op: 'glob', value: `*${i}` })),
        },
        touchpointId: touchpoint.id,
      }));
    const api = world.api(shop.secretKey);
    const heavy = await api.put(PATH, { ...draft, version, rules: rules(4) });
    expect(heavy).toMatchObject({ status: 400, body: { field: 'rules' } });
    const bearable = { ...draft, rules: rules(3) };
    const previewed = await api.post(`${PATH}/preview`, { draft: bearable, ruleId: 'rule69' });
    expect(previewed.status).toBe(200);
    expect((await api.put(PATH, { ...bearable, version })).status).toBe(200);
    await projectOrders(world.house, { id: shop.id, zone: 'UTC' }, { orderIds: ['o1'] });
  });

  test('[CT9] reading, saving and previewing each want their permission', async () => {
    const reader = await world.workspace({ scopes: ['catalogue:read'] });
    const { version, ...draft } = { ...draftOf(await readCatalogue(world, reader)), version: 1 };
    const api = world.api(reader.secretKey);
    expect((await api.put(PATH, { ...draft, version })).status).toBe(403);
    expect((await api.post(`${PATH}/preview`, { draft, ruleId: draft.rules[0]?.id })).status).toBe(403);
    expect((await api.get(`${PATH}/sets/service`)).status).toBe(200);
    const other = await world.workspace({ scopes: ['people:read'] });
    expect((await world.api(other.secretKey).get(PATH)).status).toBe(403);
  });
});
