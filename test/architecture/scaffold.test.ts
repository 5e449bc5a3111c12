import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

/** Narrows what is type-checked to these files and what they import: the rest of the tree is as it was. */
function checkOnly(files: readonly string[]): void {
  const path = join(copy, 'tsconfig.json');
  const config: object = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...config, include: [...files, 'src/**/*.d.ts'] }));
}

test('[HO6] a new capability passes every check as it is made', { timeout: 180_000 }, async () => {
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
  const code = made.filter((name) => name.endsWith('.ts'));
  const wrong = 'src/measure/targets/wrong.ts';
  checkOnly([...code, wrong]);
  const passes = { code: 0 };
  expect(await tool('oxfmt', ['--check', ...code], { cwd: copy })).toMatchObject(passes);
  const lint = ['--type-aware', '--type-check', '--deny-warnings'];
  expect(await tool('oxlint', [...lint, ...code], { cwd: copy })).toMatchObject(passes);
  writeFileSync(join(copy, wrong), "export const wrong: number = 'no number';\n");
  const refused = await tool('oxlint', [...lint, wrong], { cwd: copy });
  expect(refused.output).toContain('not assignable');
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
