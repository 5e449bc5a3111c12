import { expect, test } from 'vitest';
import type { HappeningView } from '../../activity/contract.ts';
import { askAgainMs, isNew, shareOf } from './happenings.ts';

const item = (some: Partial<HappeningView>): HappeningView => ({
  id: 'imp_1',
  what: 'imports.load',
  state: 'done',
  name: null,
  count: null,
  share: null,
  secondsLeft: null,
  at: '2026-11-22T10:00:00.000Z',
  ...some,
});

test('[WB21] it is asked for again only while something runs or waits to', () => {
  expect(askAgainMs(undefined)).toBe(false);
  expect(askAgainMs([item({}), item({ state: 'attention' }), item({ state: 'failed' })])).toBe(false);
  expect(askAgainMs([item({ state: 'waiting' })])).toBeGreaterThan(0);
  expect(askAgainMs([item({}), item({ state: 'running' })])).toBeGreaterThan(0);
});

test('[WB21] how far it is: by those that say so', () => {
  expect(
    shareOf([item({ state: 'running', share: 0.2 }), item({ state: 'running', share: 0.6 }), item({ share: 1 })]),
  ).toBe(0.4);
  expect(shareOf([item({ state: 'running' })])).toBeUndefined();
});

test('[WB22] news is what ended or came up since one looked', () => {
  expect(isNew(item({}), null)).toBe(true);
  expect(isNew(item({}), '2026-11-22T10:00:00.000Z')).toBe(false);
  expect(isNew(item({ at: '2026-11-22T10:00:00.001Z' }), '2026-11-22T10:00:00.000Z')).toBe(true);
  expect(isNew(item({ state: 'running' }), null)).toBe(false);
});
