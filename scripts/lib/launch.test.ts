import { expect, test } from 'vitest';
import { commandOf } from './launch.mjs';

test('[LA5] without a command it serves, with the options that were given', () => {
  expect(commandOf([])).toEqual(['serve']);
  expect(commandOf(['--port', '3977'])).toEqual(['serve', '--port', '3977']);
  for (const args of [['--help'], ['-h'], ['help'], ['import', 'orders.csv'], ['serve', '--port', '1']]) {
    expect(commandOf(args)).toEqual(args);
  }
});
