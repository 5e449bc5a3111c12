import { randomUUID } from 'node:crypto';
import { OPS, type Predicate, parseTree } from '@touchstone/domain/predicate';
import { integer, pick, seeded } from '@touchstone/domain/random';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type World, openWorld } from '../../../test/support/world.ts';
import type { BookRule } from './book.ts';
import { compileRules, compileRulesSql } from './facade.ts';
import { FACT_KINDS, type FactKind, RULE_FIELDS } from './vocabulary.ts';

const AT = '2026-03-01 10:00:00.000';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const random = seeded('catalogue');
const TEXTS = ['web', 'Web', 'app', 'a%b_c', "o'clock", 'تحویل', 'Order Completed', '4', '4.0', '12.5', '-3', 'x"y\\z'];
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
  const op = pick(random, OPS);
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
    ...(kind === 'feedback' ? { given_touchpoint: pick(random, ['', '', 'tp_1', 'tp_9', 'gone']) } : {}),
  }));
  await world.house.facts.insert(TABLES[kind], facts);
  const matched = new Set<string>();
  for (let round = 0; round < 8; round++) {
    const rules = Array.from({ length: 8 }, (_, i) => ruleOf(kind, i));
    const places = [1, 2, 9].map((n) => ({ touchpointId: `tp_${n}`, stageId: `stg_${n % 2}` }));
    const book = { workspaceId: shop.id, version: 1, rules, places };
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
