import { expect, test } from 'vitest';
import { inWords } from './command.ts';

const quiet = {
  waitingMessages: 0,
  waitingBytes: 0,
  oldestWaitingAt: null,
  setAsideMessages: 0,
  rejectedMessages: 0,
  rejectedLetGo: 0,
};

test('[JR16] the command says what waits and what was set aside, with the reason', () => {
  expect(inWords(quiet, 0, [])).toEqual([
    '0 messages wait (0 bytes).',
    '0 were refused or taken in part.',
    'Nothing is set aside.',
  ]);
  expect(inWords({ ...quiet, waitingMessages: 1, rejectedMessages: 1 }, 1, []).slice(0, 3)).toEqual([
    '1 message waits (0 bytes).',
    '1 was refused or taken in part.',
    '1 batch is tried again.',
  ]);
  const at = '2026-11-22T10:00:00.000Z';
  const batch = {
    id: '7',
    since: at,
    receivedAt: at,
    messages: 3,
    inserted: true,
    steps: ['orders' as const],
    tries: 16,
    reason: 'orders: too many parts',
  };
  const lines = inWords({ ...quiet, rejectedMessages: 5, rejectedLetGo: 2, oldestWaitingAt: at }, 1, [batch]);
  expect(lines[0]).toContain(`the oldest since ${at}`);
  expect(lines[1]).toBe('5 were refused or taken in part, 2 let go for newer ones.');
  expect(lines.at(-1)).toBe(`  7  since ${at}  3 messages  orders\n      orders: too many parts`);
});
