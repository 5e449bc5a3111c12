import {
  type FieldValue,
  OPS,
  type Predicate,
  type ResolveField,
  type Scalar,
  compileSql,
  evaluate,
  jsonField,
  jsonValue,
  parseTree,
} from '@touchstone/domain/predicate';
import { type Random, chance, integer, pick, seeded } from '@touchstone/domain/random';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type World, openWorld } from '../support/world.ts';

/*
 * The predicate's two meanings beside each other: what `evaluate` says of a row, and what ClickHouse says of the same
 * row by the compiled SQL.
 */
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const TEXTS = [
  '',
  'SP',
  'sp',
  'S',
  'RJ',
  'Order Completed',
  'Order*',
  '4',
  '4.0',
  '04',
  '-0.5',
  '0.3',
  '1e5',
  '123456789012345',
  '1234567890123456',
  'true',
  'false',
  'null',
  "o'clock",
  '"quoted"',
  'back\\slash',
  '100%',
  'a_b',
  'a%b',
  'tab\there',
  'line\nbreak',
  'مشتری',
  'ñandú',
  '😀',
  '\ue000',
  'a😀b',
  '[1]',
  '{}',
  'İ',
];
const NUMBERS = [0, 4, -0.5, 0.3, 2.675, 1e5, 123456789.25, 0.1, -7];

interface Row {
  readonly text: string;
  readonly num: number | null;
  readonly flag: boolean | null;
  readonly list: readonly string[];
  readonly props: Readonly<Record<string, unknown>>;
}

function scalar(random: Random): Scalar {
  return chance(random, 0.6)
    ? pick(random, TEXTS.slice(1))
    : chance(random, 0.8)
      ? pick(random, NUMBERS)
      : chance(random, 0.5);
}

function row(random: Random): Row {
  const prop = (): unknown =>
    pick(random, [
      null,
      {},
      { a: 1 },
      [],
      scalar(random),
      scalar(random),
      scalar(random),
      [scalar(random), scalar(random)],
    ]);
  return {
    text: pick(random, TEXTS),
    num: chance(random, 0.2) ? null : pick(random, NUMBERS),
    flag: chance(random, 0.2) ? null : chance(random, 0.5),
    list: Array.from({ length: integer(random, 0, 3) }, () => pick(random, TEXTS.slice(1))),
    props: chance(random, 0.1) ? {} : { plain: prop(), "odd 'name'.": prop() },
  };
}

const FIELDS = ['text', 'num', 'flag', 'list', 'props.plain', "props.odd 'name'.", 'props.missing'];

function predicate(random: Random, depth: number): Predicate {
  if (depth > 0 && chance(random, 0.5)) {
    const children = Array.from({ length: integer(random, 1, 3) }, () => predicate(random, depth - 1));
    const [first] = children;
    if (first !== undefined && chance(random, 0.3)) return { not: first };
    return chance(random, 0.5) ? { all: children } : { any: children };
  }
  const field = pick(random, FIELDS);
  const op = pick(random, OPS);
  if (op === 'exists') return { field, op };
  if (op === 'in') return { field, op, value: Array.from({ length: integer(random, 1, 3) }, () => scalar(random)) };
  if (op !== 'glob') return { field, op, value: scalar(random) };
  const glob = [...String(scalar(random))].map((c) => (chance(random, 0.3) ? pick(random, ['*', '?']) : c));
  return { field, op, value: glob.join('') };
}

const resolve: ResolveField = (field, bind) => {
  if (field === 'text') return { kind: 'text', sql: 'r.text' };
  if (field === 'num') return { kind: 'number', sql: 'r.num' };
  if (field === 'flag') return { kind: 'boolean', sql: 'r.flag' };
  if (field === 'list') return { kind: 'list', sql: 'r.list' };
  return field.startsWith('props.') ? jsonField('r.props', field.slice('props.'.length), bind) : undefined;
};

function valueOf(from: Row, field: string): FieldValue {
  if (field === 'text') return from.text;
  if (field === 'num') return from.num;
  if (field === 'flag') return from.flag;
  if (field === 'list') return from.list;
  return jsonValue(from.props[field.slice('props.'.length)]);
}

test('[PR4] evaluate and the compiled SQL say the same of every row', async () => {
  const random = seeded('predicate');
  const rows = Array.from({ length: 300 }, () => row(random));
  const stored = rows.map((r) => [r.text, r.num, r.flag, r.list, JSON.stringify(r.props)]);
  const shape = 'Tuple(text String, num Nullable(Float64), flag Nullable(Bool), list Array(String), props String)';
  let [held, asked] = [0, 0];
  for (let round = 0; round < 15; round++) {
    const predicates = Array.from({ length: 40 }, () => parseTree(predicate(random, 3)));
    const compiled = predicates.map((p, i) => compileSql(p, resolve, `q${i}_`));
    const answers = await world.house.facts.query(
      z.object({ held: z.array(z.number()) }),
      `SELECT [${compiled.map((c) => `toUInt8(${c.sql})`).join(', ')}] AS held
       FROM (SELECT arrayJoin(JSONExtract({rows:String}, 'Array(${shape})')) AS r)`,
      { rows: JSON.stringify(stored), ...Object.assign({}, ...compiled.map((c) => c.params)) },
    );
    expect(answers).toHaveLength(rows.length);
    held += answers.reduce((sum, a) => sum + a.held.reduce((x, y) => x + y, 0), 0);
    asked += answers.length * predicates.length;
    predicates.forEach((p, i) => {
      const wrong = rows.find((r, j) => evaluate(p, (field) => valueOf(r, field)) !== (answers[j]?.held[i] === 1));
      expect(wrong, `${JSON.stringify(p)} as ${compiled[i]?.sql}`).toBeUndefined();
    });
  }
  expect(held / asked).toBeGreaterThan(0.2);
  expect(held / asked).toBeLessThan(0.8);
});
