import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkBorders } from '../../scripts/lib/borders.mjs';
import { checkMessages } from '../../scripts/lib/messages.mjs';
import { checkPromises } from '../../scripts/lib/promises.mjs';
import { tool } from '../../scripts/lib/run.mjs';
import { makeCapability } from '../../scripts/lib/scaffold.mjs';
import { ROOT } from '../../scripts/lib/tree.mjs';

const copy = mkdtempSync(join(tmpdir(), 'touchstone-scaffold-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('[HO6] a new capability passes every check as it is made', async () => {
  for (const name of [
    'src',
    'packages',
    'demo',
    'test',
    'scripts',
    'tsconfig.json',
    '.oxlintrc.json',
    '.oxfmtrc.json',
  ]) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !path.endsWith('node_modules') });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const before = [checkPromises(copy).wrong, checkBorders(copy).wrong, checkMessages(copy).wrong];

  const made = await makeCapability(copy, 'measure/targets', 'QX');

  expect(made).toContain('src/measure/targets/contract.ts');
  expect([checkPromises(copy).wrong, checkBorders(copy).wrong, checkMessages(copy).wrong]).toEqual(before);
  const written = made.map((name) => join(copy, name));
  const code = written.filter((name) => name.endsWith('.ts'));
  expect(await tool('oxfmt', ['--check', ...code], { cwd: copy })).toMatchObject({ code: 0 });
  expect(await tool('oxlint', ['--type-aware', '--deny-warnings', ...code], { cwd: copy })).toMatchObject({ code: 0 });
  const types = await tool('tsc', ['--noEmit', '-p', copy], { cwd: copy });
  expect(types.output.split('\n').filter((line) => line.startsWith('src/measure/targets'))).toEqual([]);
});

test.each([
  ['elsewhere/targets', 'QX', 'WING is one of'],
  ['measure/Targets', 'QX', 'one word in small letters'],
  ['measure/targets', 'Q', 'two capital letters'],
  ['measure/targets', 'HO', 'is taken'],
  ['core/people', 'QX', 'is there already'],
])('[HO6] %s %s is refused in words', async (path, prefix, words) => {
  await expect(makeCapability(ROOT, path, prefix)).rejects.toThrow(words);
});
