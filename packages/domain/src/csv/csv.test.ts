import { expect, test } from 'vitest';
import { csvCell } from './index.ts';

test('[TB13] cells that a spreadsheet would run are made text, numbers stay', () => {
  expect(['=1+1', '+cmd', '-cmd', '@x', '-5', '+3,5', 'a,b', 'a"b', 'plain', ''].map(csvCell)).toEqual([
    "'=1+1",
    "'+cmd",
    "'-cmd",
    "'@x",
    '-5',
    '"+3,5"',
    '"a,b"',
    '"a""b"',
    'plain',
    '',
  ]);
  expect([String(-1e-7), '-5.684E-14', '+2e21'].map(csvCell)).toEqual(['-1e-7', '-5.684E-14', '+2e21']);
  expect(['-1e-7+cmd', '-e5', '-1e'].map(csvCell)).toEqual(["'-1e-7+cmd", "'-e5", "'-1e"]);
  expect(['\n=1', '＝1+1', '＠x', '-1+cmd'].map(csvCell)).toEqual(['"\'\n=1"', "'＝1+1", "'＠x", "'-1+cmd"]);
});
