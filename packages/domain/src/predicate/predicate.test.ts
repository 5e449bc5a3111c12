import { describe, expect, test } from 'vitest';
import { integer, pick, seeded } from '../random/index.ts';
import {
  type FieldValue,
  type Predicate,
  PredicateError,
  both,
  compileSql,
  evaluate,
  fieldsOf,
  jsonField,
  parseText,
  parseTree,
  printText,
} from './index.ts';

const facts: Readonly<Record<string, FieldValue>> = {
  name: 'Order Completed',
  state: 'SP',
  score: 2,
  spelled: '2.0',
  late: true,
  empty: '',
  zip: '01310',
  categories: ['toys', 'garden tools'],
  none: [],
};
const holds = (text: string): boolean => evaluate(parseText(text), (field) => facts[field]);

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PredicateError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('predicate', () => {
  test.each([
    ['state:SP', true],
    ['state:sp', false],
    ['state:RJ,SP', true],
    ['state!:SP', false],
    ['unknown!:SP', true],
    ['unknown:SP', false],
    ['unknown<5', false],
    ['empty?', false],
    ['!empty?', true],
    ['score:2', true],
    ['score:2.0', true],
    ['spelled:2', true],
    ['score<=2', true],
    ['score<2', false],
    ['score<10', true],
    ['spelled<10', true],
    ['state<10', false],
    ['state<T', true],
    ['zip:1310', false],
    ['zip:01310', true],
    ['late:true', true],
    ['late:false', false],
    ['categories:toys', true],
    ['categories!:toys', false],
    ['categories!:books', true],
    ['categories~garden', true],
    ['categories^tools', false],
    ['none?', false],
    ['name@Order *', true],
    ['name@"Order ?ompleted"', true],
    ['name@Order', false],
    ['name@*.*', false],
    ['state:RJ|score<=2;name^Order', true],
    ['(state:RJ|score<=2);name^Nothing', false],
    ['!(state:RJ|score>5)', true],
    ['', true],
  ])('[PR1] %s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test('[PR2] more than one statement takes is not compiled', () => {
    const field = { kind: 'text', sql: 'x' } as const;
    const of = (n: number) => parseTree({ field: 'a', op: 'in', value: Array.from({ length: n }, (_, i) => `v${i}`) });
    expect(Object.keys(compileSql(of(480), () => field).params)).toHaveLength(480);
    expect(() => compileSql(of(481), () => field)).toThrow('more than 480 names and values');
  });

  test('[PR2] a tree is refused with its place', () => {
    const condition = { field: 'a', op: 'eq', value: 1 };
    expect(parseTree({ all: [{ any: [condition] }] })).toEqual(condition);
    const deep = (n: number): unknown => (n === 0 ? condition : { not: deep(n - 1) });
    const cases: [unknown, string][] = [
      [null, 'must be an object'],
      [{ all: [condition, { field: 'a', op: 'eq', value: null }] }, 'all[1].value: must be a text'],
      [{ all: [condition, { field: 'a', op: 'like', value: 1 }] }, 'all[1].op: must be one of eq'],
      [{ any: [] }, 'any: must hold at least one'],
      [{ all: [{ all: [] }] }, 'all[0].all: must hold at least one'],
      [{ not: condition, all: [condition] }, 'all stands alone: take away not'],
      [{ ...condition, op: 'in' }, 'value: in takes a list'],
      [{ ...condition, op: 'in', value: [1, {}] }, 'value[1]: must be a text'],
      [{ ...condition, value: 1e21 }, 'value: must be a number of at most 15'],
      [{ ...condition, value: '' }, 'value: is empty'],
      [{ ...condition, value: '\ud800' }, 'value: is not well-formed'],
      [{ ...condition, value: 'x'.repeat(1001) }, 'value: longer than 1000'],
      [{ ...condition, op: 'exists' }, 'value: exists takes no value'],
      [{ ...condition, field: '' }, 'field: must have 1 to 200'],
      [{ ...condition, extra: 1 }, 'extra: is not known here'],
      [deep(8), 'nested deeper than 8'],
      [{ all: Array.from({ length: 101 }, () => condition) }, 'more than 100 conditions'],
      [{ ...condition, op: 'in', value: Array.from({ length: 501 }, (_, i) => i) }, 'more than 500 values'],
    ];
    for (const [tree, reason] of cases)
      expect(
        refusal(() => parseTree(tree)),
        reason,
      ).toContain(reason);
    expect(refusal(() => parseTree(deep(7)))).toBe('accepted');
  });

  test('[PR3] a predicate prints and reads back the same', () => {
    const odd = [
      'a b',
      ' a',
      'true',
      '12',
      '-0.5',
      '01',
      'a"b',
      '{x',
      'a,b',
      'a|b;c',
      '!x',
      'مشتری',
      'x:y',
      '\\',
      '#1',
      '😀',
      'a\nb',
      "o'x",
    ];
    for (const value of [...odd, 12, -0.5, true, false]) {
      for (const field of ['a', 'order.payment type', 'a:b', '"', '!a']) {
        for (const op of ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains', 'startsWith', 'glob'] as const) {
          const p: Predicate = { field, op, value };
          expect(parseText(printText(p)), printText(p)).toEqual(p);
        }
        const tree: Predicate = {
          any: [
            {
              not: {
                all: [
                  { field, op: 'exists' },
                  { field, op: 'in', value: [value] },
                ],
              },
            },
            { field, op: 'in', value: [value, 'z'] },
          ],
        };
        expect(parseText(printText(tree)), printText(tree)).toEqual(tree);
        expect(parseText(JSON.stringify(tree))).toEqual(tree);
      }
    }
    expect(printText(parseText('order.state:SP,RJ;score<=2'))).toBe('order.state:SP,RJ;score<=2');
    for (const [text, reason] of [
      ['state', 'character 6: after "state"'],
      ['state:', 'character 7: a value is missing'],
      [':SP', 'character 1: a field is missing'],
      ['(a:1', 'character 5: a bracket is not closed'],
      ['a:1)', 'character 4: unexpected ")"'],
      ['a:"x', 'a quote is not closed'],
      ['a:1;', 'character 5: a field is missing'],
      ['{"all":', 'filter: is not readable as JSON'],
      ['!'.repeat(5000), 'nested deeper than 8'],
      ['('.repeat(5000), 'nested deeper than 8'],
      [`a:${'x'.repeat(20_000)}`, 'the filter is longer'],
    ] as const) {
      expect(
        refusal(() => parseText(text)),
        text.slice(0, 20),
      ).toContain(reason);
    }
  });

  test('[PR1] a glob matches what its definition says, for random texts and globs', () => {
    /** The definition itself, character by character: slow where there are many stars. */
    const defined = (text: readonly string[], glob: readonly string[]): boolean => {
      const [first, ...rest] = glob;
      if (first === undefined) return text.length === 0;
      if (first === '*') return defined(text, rest) || (text.length > 0 && defined(text.slice(1), glob));
      return text.length > 0 && (first === '?' || first === text[0]) && defined(text.slice(1), rest);
    };
    const random = seeded('globs');
    const word = (letters: readonly string[], most: number) =>
      Array.from({ length: integer(random, 1, most) }, () => pick(random, letters));
    for (let i = 0; i < 5_000; i++) {
      const text = word(['a', 'b', '*', '🙂'], 7);
      const glob = word(i % 2 === 0 ? ['a', 'b', '*', '?', '🙂'] : ['a', 'b', '*', '🙂'], 6);
      const found = evaluate({ field: 'f', op: 'glob', value: glob.join('') }, () => text.join(''));
      expect(found, `${text.join('')} like ${glob.join('')}`).toBe(defined(text, glob));
    }
  });

  test('[PR1] a glob of many stars is decided at once', () => {
    for (const any of ['', '?']) {
      const glob: Predicate = { field: 'f', op: 'glob', value: `${`*${any}a`.repeat(40)}c` };
      expect(evaluate(glob, () => `${'a'.repeat(2_000)}b`)).toBe(false);
      expect(evaluate(glob, () => `${'a'.repeat(2_000)}c`)).toBe(true);
    }
  });

  test('[PR5] values and names travel as parameters', () => {
    const evil = "x') OR 1=1 --";
    const { sql, params } = compileSql(
      { field: evil, op: 'eq', value: evil },
      (field, bind) => jsonField('props', field, bind),
      'f',
    );
    expect(sql).not.toContain('OR 1=1');
    expect(Object.values(params)).toEqual([evil, evil]);
    expect(Object.keys(params)).toEqual(['f0', 'f1']);
    expect(refusal(() => compileSql({ field: 'nope', op: 'exists' }, () => undefined))).toContain('nope: is no field');
  });

  test('[PR6] one plainest form', () => {
    const a: Predicate = { field: 'a', op: 'eq', value: 1 };
    const b: Predicate = { field: 'b', op: 'exists' };
    expect(parseTree({ all: [{ all: [a] }, { not: { not: b } }] })).toEqual({ all: [a, b] });
    expect(printText({ any: [{ any: [a, b] }, a] })).toBe('a:1|b?|a:1');
    expect(both(parseText(''), a)).toEqual(a);
    expect(fieldsOf({ all: [a, { not: { any: [b, a] } }] })).toEqual(['a', 'b']);
  });
});
