import { expect, test } from 'vitest';
import { nextFile, replaced, stable, wrongNumbers } from './migrations.mjs';

test('[SR9] two migrations with the same number, a gap and a name that is none are seen', () => {
  expect(wrongNumbers(['0002_b.sql', '0001_a.sql'])).toEqual([]);
  expect(wrongNumbers(['0001_a.sql', '0002_b.sql', '0002_c.sql'])).toEqual([
    '0002_b.sql and 0002_c.sql have the same number: give the one that came later the next free one',
  ]);
  expect(wrongNumbers(['0001_a.sql', '0003_b.sql'])).toEqual(['0003_b.sql: the number before it is missing']);
  expect(wrongNumbers(['0001_a.sql', 'b.sql'])).toEqual(['b.sql is not named like 0002_sign_in.sql']);
});

test('[SR9] the next migration has the next number and a name that says what it does', () => {
  expect(nextFile(['0001_a.sql', '0002_b.sql'], 'add_sign_ins')).toBe('0003_add_sign_ins.sql');
  expect(() => nextFile([], 'Sign ins')).toThrow('Sign ins: a migration');
});

test('[SR9] the tables of one folder are compared apart: what others change waits for its own migration', () => {
  const before = { version: '7', tables: { 'public.a': { columns: ['id'] }, 'public.b': {} }, sequences: { s: {} } };
  expect(replaced(before, { tables: { 'public.a': { columns: ['id', 'name'] } } })).toMatchObject({
    version: '7',
    tables: { 'public.a': { columns: ['id', 'name'] }, 'public.b': {} },
    sequences: { s: {} },
  });
  expect(stable({ b: 1, a: [{ d: 1, c: 2 }] })).toBe(stable({ a: [{ c: 2, d: 1 }], b: 1 }));
});
