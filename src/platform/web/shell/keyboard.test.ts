import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CHORD_MS, meaningOf, OPENERS, type Press } from './keyboard.ts';

const PAGES = new Map([['h', '/'], ['p', '/unify/people']]); // prettier-ignore
const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});
const means = (key: string, after?: number, more: Partial<Press> = {}) =>
  meaningOf(press(key, more), after, 1_000, PAGES);

test('[WB23] one key opens, g and a letter go to a page', () => {
  expect(means('?')).toBe('map');
  expect(means('g')).toBe('begin');
  expect(means('p', 900)).toEqual({ to: '/unify/people' });
  expect(means('p')).toBe('period');
  expect(meaningOf(press('p'), 0, CHORD_MS + 1, PAGES)).toBe('period');
  expect(means('x', 900)).toBeUndefined();
});

test('[WB23] keys with Ctrl, ⌘ or Alt, and those of a word that is composed, are not ours', () => {
  for (const held of ['ctrlKey', 'metaKey', 'altKey', 'isComposing']) {
    expect(means('p', undefined, { [held]: true }), held).toBeUndefined();
  }
});

test('[WB23] on a layout of other letters the place of the key counts', () => {
  expect(means('п', undefined, { code: 'KeyG' })).toBe('begin');
  expect(means('ح', 900, { code: 'KeyP' })).toEqual({ to: '/unify/people' });
  expect(means('؟')).toBe('map');
  // A French keyboard has its a where others have q.
  expect(means('a', undefined, { code: 'KeyQ' })).toBe('activity');
});

test('[WB23] no two pages have the same letter', () => {
  const src = fileURLToPath(new URL('../../../', import.meta.url));
  const letters = readdirSync(src, { recursive: true })
    .map(String)
    .filter((name) => /web[\\/](?:index|capability)\.ts$/.test(name))
    .flatMap((name) => [...readFileSync(`${src}${name}`, 'utf8').matchAll(/\bletter: '([^']*)'/g)])
    .map(([, letter = '']) => letter);
  expect(letters.length).toBeGreaterThan(5);
  expect(new Set(letters).size).toBe(letters.length);
  for (const letter of letters) expect(letter).toMatch(/^[a-z]$/);
  expect(OPENERS.map(([key]) => key)).not.toContain('g');
});
