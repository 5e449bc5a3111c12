import { expect, test } from 'vitest';
import { AtOnce } from './at-once.ts';

test('[KN9] no more runs at once than may, of a workspace and of all together, and what ended makes room', () => {
  const atOnce = new AtOnce({ own: 2, all: 3 });
  const first = atOnce.begin('a');
  atOnce.begin('a');
  expect(() => atOnce.begin('a')).toThrow('2 exports of this workspace run already.');
  const other = atOnce.begin('b');
  expect(() => atOnce.begin('c')).toThrow('3 exports run already on this server.');
  other();
  other();
  atOnce.begin('c');
  expect(() => atOnce.begin('b')).toThrow('3 exports run already on this server.');
  first();
  atOnce.begin('a');
  expect(() => atOnce.begin('a')).toThrow('2 exports of this workspace run already.');
});
