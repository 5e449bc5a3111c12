import { randomUUID } from 'node:crypto';
import { integer, pick, seeded } from '@touchstone/domain/random';
import { type Predicate, parseTree } from '@touchstone/domain/predicate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import { projectOrders } from '../orders/facade.ts';
import { createKey } from '../../platform/workspaces/facade.ts';
import { apply, sweep } from './applying.ts';
import type { BookRule } from './book.ts';
import { type Catalogue, type CatalogueBody, catalogue as catalogueShape, preview } from './contract.ts';
import { catalogueNames, compileRules, compileRulesSql, loadRules } from './facade.ts';
import { rewritePlaces } from './facts/places.ts';
import { FACT_KINDS, type FactKind, RULE_FIELDS } from './vocabulary.ts';

const AT = '2026-03-01 10:00:00.000';
const PATH = '/api/v1/catalogue';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const calm = { signal: new AbortController().signal };

async function read(shop: TestWorkspace): Promise<Catalogue> {
  return catalogueShape.parse((await world.api(shop.secretKey).get(PATH)).body);
}

function draftOf({ stages, channels, teams, touchpoints, rules }: Catalogue): CatalogueBody {
  return { stages, channels, teams, touchpoints, rules };
}

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

describe('a catalogue', () => {
  test('[CT1] is laid once, however many read at once, and at the first read where it is missing', async () => {
    const [english, persian] = [await world.workspace(), await world.workspace({ locale: 'fa' })];
    expect((await read(english)).stages.map((s) => s.name)).toContain('Delivery');
    expect((await read(persian)).stages.map((s) => s.name)).toContain('تحویل');
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
    const before = await read(shop);
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
    const after = await read(shop);
    expect(after.version).toBe(before.version + 1);
    expect(after.teams).toHaveLength(before.teams.length + 1);
    expect(after.teams.at(-1)?.id).toMatch(/^team_/);
    const wrong = await api.put(PATH, { ...draftOf(after), version: after.version, stages: after.stages.slice(1) });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({ field: 'touchpoints.0.stageId' });
  });

  test('[CT4] rules that no statement could ask are refused; as many as one can are asked', async () => {
    const shop = await world.workspace();
    const { version, ...catalogue } = await read(shop);
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
    const { version, ...draft } = { ...draftOf(await read(reader)), version: 1 };
    const api = world.api(reader.secretKey);
    expect((await api.put(PATH, { ...draft, version })).status).toBe(403);
    expect((await api.post(`${PATH}/preview`, { draft, ruleId: draft.rules[0]?.id })).status).toBe(403);
    expect((await api.get(`${PATH}/sets/service`)).status).toBe(200);
    const other = await world.workspace({ scopes: ['people:read'] });
    expect((await world.api(other.secretKey).get(PATH)).status).toBe(403);
  });
});

describe('two ways to say it', () => {
  const random = seeded('catalogue');
  const TEXTS = [
    'web',
    'Web',
    'app',
    'a%b_c',
    "o'clock",
    'تحویل',
    'Order Completed',
    '4',
    '4.0',
    '12.5',
    '-3',
    'x"y\\z',
  ];
  const SCALARS = [...TEXTS, 4, 12.5, -3, 0, true, false];
  const KEYS = ['size', 'a b', 'Größe', "quo'te"];
  const NUMBERS = ['value', 'score'];

  function columnOf(field: string): unknown {
    if (NUMBERS.includes(field)) return pick(random, [null, 0, 4, 12.5, -3]);
    if (field === 'categories') return Array.from({ length: integer(random, 0, 2) }, () => pick(random, TEXTS));
    return pick(random, ['', ...TEXTS]);
  }

  function factOf(kind: FactKind): Record<string, unknown> {
    const props: Record<string, unknown> = {};
    for (const key of KEYS) {
      const shape = integer(random, 0, 3);
      if (shape === 1) props[key] = pick(random, [...SCALARS, '', null]);
      if (shape === 2) props[key] = [pick(random, SCALARS), pick(random, TEXTS)];
      if (shape === 3) props[key] = { inner: 1 };
    }
    const columns = Object.fromEntries(RULE_FIELDS[kind].map((field) => [field, columnOf(field)]));
    return { ...columns, props: JSON.stringify(props) };
  }

  function conditionOf(kind: FactKind): Predicate {
    const field = pick(random, [...RULE_FIELDS[kind], ...KEYS.map((k) => `props.${k}`)]);
    const op = pick(random, [
      'eq',
      'ne',
      'in',
      'lt',
      'le',
      'gt',
      'ge',
      'contains',
      'startsWith',
      'glob',
      'exists',
    ] as const);
    if (op === 'exists') return { field, op };
    if (op === 'in') return { field, op, value: [pick(random, SCALARS), pick(random, SCALARS)] };
    const value = op === 'glob' ? pick(random, ['*', 'Order *', 'a?b*', '*%*', '4*']) : pick(random, SCALARS);
    return { field, op, value };
  }

  function ruleOf(kind: FactKind, i: number): BookRule {
    const [a, b] = [conditionOf(kind), conditionOf(kind)];
    const when = pick(random, [a, { all: [a, b] }, { any: [a, { not: b }] }, { not: { all: [a, b] } }]);
    return { on: kind, when: parseTree(when), touchpointId: `tp_${i}`, stageId: `stg_${i % 3}` };
  }

  const told = z.object({ id: z.coerce.number(), touchpoint: z.string(), stage: z.string() });
  const TABLES = { event: 'events', feedback: 'feedback', order: 'orders' } as const;
  const ID = { event: 'session_id', feedback: 'loop_key', order: 'order_id' } as const;

  test.each(FACT_KINDS)('[CT5] classifier and SQL agree on every %s', async (kind) => {
    const shop = await world.workspace();
    const facts = Array.from({ length: 300 }, (_, i) => ({
      ...factOf(kind),
      workspace: shop.id,
      [ID[kind]]: String(i),
      ...(kind === 'order' ? {} : { [`${kind}_id`]: randomUUID(), at: AT }),
    }));
    await world.house.facts.insert(TABLES[kind], facts);
    const matched = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const rules = Array.from({ length: 8 }, (_, i) => ruleOf(kind, i));
      const book = { workspaceId: shop.id, version: 1, rules };
      const { touchpoint, stage, params } = compileRulesSql(book, kind, 'p');
      const rows = await world.house.facts.query(
        told,
        `SELECT ${ID[kind]} AS id, ${touchpoint} AS touchpoint, ${stage} AS stage FROM ${TABLES[kind]}
         WHERE workspace = {workspace:String}`,
        { ...params, workspace: shop.id },
      );
      expect(rows).toHaveLength(300);
      const classifier = compileRules(book);
      for (const { id, ...said } of rows) {
        const fact: Record<string, unknown> = facts[id] ?? {};
        expect(said, `${JSON.stringify(fact)} by ${JSON.stringify(rules)}`).toEqual(classifier.classify(kind, fact));
        matched.add(said.touchpoint);
      }
    }
    expect(matched.size).toBeGreaterThan(3);
  });
});

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
    const draft = withDoor(await read(shop));
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
    expect(await ask(catalogueShape.parse({ ...(await read(shop)), ...shadowed }), 'new-door')).toMatchObject({
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
    const before = await read(shop);
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
    const after = await read(shop);
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
    const before = await read(shop);
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
    expect((await read(shop)).run).toMatchObject({ state: 'done' });
    // And one that hung for longer than the job looks.
    await world.house.facts.insert('events', [
      event(shop, { name: 'Door Opened', touchpoint: 'tp_returning', rules_version: 2 }),
    ]);
    await sweep(world.house, calm);
    await world.runJobs();
    expect(await places(shop)).toEqual([helped, helped, helped, helped]);
  });
});
