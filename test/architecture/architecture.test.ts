import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkBorders, findCircle } from '../../scripts/lib/borders.mjs';
import { checkLockfile } from '../../scripts/lib/lockfile.mjs';
import { checkMessages } from '../../scripts/lib/messages.mjs';
import { checkPromises } from '../../scripts/lib/promises.mjs';
import { filesBelow, ROOT } from '../../scripts/lib/tree.mjs';
import { contract } from '../../src/contract.ts';
import { serverCapabilities } from '../../src/server-capabilities.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A small tree of files in a folder of its own. */
function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'touchstone-tree-'));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

test('[HO1] the tree breaks no border, and was read', () => {
  const { wrong, files } = checkBorders(ROOT);
  expect(wrong).toEqual([]);
  expect(files).toBeGreaterThan(50);
});

describe('[HO2] a broken border is named', () => {
  test.each([
    ['packages/domain/src/stats/a.ts', "import { z } from 'zod';", 'the domain package imports nothing but itself'],
    ['src/platform/kernel/a.ts', "import { Hono } from 'hono';", 'the kernel imports'],
    ['src/core/people/a.ts', "import { Pool } from 'pg';", 'only in src/platform/stores'],
    ['src/core/people/a.ts', "import { Hono } from 'hono';", 'the HTTP framework'],
    ['src/core/people/contract.ts', "import { os } from '@orpc/server';", 'a contract imports'],
    ['src/core/people/a.ts', "import { x } from '../orders/facts.ts';", 'is seen through its contract'],
    ['src/core/people/a.ts', "import { x } from '../../measure/metrics/facade.ts';", 'imports run the other way'],
    ['src/core/people/a.ts', "import { x } from '../../platform/server/app.ts';", 'a capability sees of the platform'],
    [
      'src/platform/jobs/a.ts',
      "import { x } from '../../core/people/facade.ts';",
      'the platform knows nothing of customers',
    ],
    ['src/core/people/web/a.ts', "import { x } from '../records.ts';", 'a page imports its own folder'],
    ['src/core/people/web/a.ts', "import { x } from '../../orders/contract.ts';", 'only types from a contract'],
    ['src/core/people/web/a.ts', "import { x } from '../../orders/web/a.ts';", 'a page imports its own folder'],
    [
      'src/core/people/web/a.ts',
      "import { x } from '../../../measure/metrics/web/facade.ts';",
      'core comes before measure',
    ],
    ['src/core/people/web/a.ts', "import { z } from 'zod';", 'does not reach the browser'],
    ['src/core/people/a.ts', "export const q = 'SELECT 1 FROM x';", 'SQL stands in'],
    ['src/core/people/a.ts', 'export const q = `INSERT INTO x ${1}`;', 'SQL stands in'],
    ['src/core/people/a.ts', 'export const e = process.env.HOME;', 'the environment is read'],
    ['src/core/people/a.ts', 'export const t = Date.now();', 'injected clock'],
    ['packages/domain/src/random/a.ts', 'export const r = Math.random();', 'domain/random'],
  ])('%s: %s', (name, text, reason) => {
    const { wrong } = checkBorders(tree({ [name]: `\n${text}\n` }));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain(`${name}:2`);
    expect(wrong[0]).toContain(reason);
  });

  test('what is allowed is not named', () => {
    const root = tree({
      'src/core/people/records.ts': "export const q = 'SELECT 1 FROM x';",
      'src/core/people/contract.ts': "import { z } from 'zod';\nexport const c = z;",
      'src/core/people/web/a.ts': "import type { c } from '../contract.ts';\nexport type C = typeof c;",
      'src/measure/metrics/a.ts': "import { x } from '../../core/people/facade.ts';\nexport const y = x;",
      'src/core/people/facade.ts': 'export const x = new Date(0);',
      'src/act/actions/web/a.ts': "import { f } from '../../../measure/metrics/web/facade.ts';\nexport const g = f;",
      'src/measure/metrics/web/facade.ts': 'export const f = 1;',
    });
    expect(checkBorders(root).wrong).toEqual([]);
  });

  test('a circle', () => {
    const root = tree({
      'src/core/people/a.ts': "import { b } from './b.ts';\nexport const a = () => b;",
      'src/core/people/b.ts': "import { a } from './a.ts';\nexport const b = () => a;",
    });
    expect(checkBorders(root).wrong.join()).toContain(
      'a circle of imports: src/core/people/a.ts -> src/core/people/b.ts',
    );
    expect(
      findCircle(
        new Map([
          ['x', ['y']],
          ['y', []],
        ]),
      ),
    ).toBeNull();
  });
});

test('[HO3] promises and tests answer one another', () => {
  // Put together here, so that this file itself names no such promise.
  const id = (n: number) => `QQ${n}`;
  const root = tree({
    'src/a/SPEC.md': `- **${id(1)}** holds\n- **${id(2)}** is not tested\n`,
    'src/b/SPEC.md': `- **${id(1)}** again\n`,
    'src/a/a.test.ts': `test('[${id(1)}, ${id(3)}] x', () => {});`,
  });
  expect(checkPromises(root).wrong).toEqual([
    `src/b/SPEC.md: ${id(1)} is promised in src/a/SPEC.md already`,
    `src/a/SPEC.md: ${id(2)} has no test that names it`,
    `src/a/a.test.ts: tests ${id(3)}, which no SPEC.md promises`,
  ]);
});

test('[HO4] messages are there in each language, alike, translated and used, with plural forms of what is counted', () => {
  const said = (language: string): string => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = (key: string, text: string) => forms.map((form) => [`${key}_${form}`, text] as const);
    return JSON.stringify({
      'a.one': 'x {{n}}',
      'a.three.x': 'x',
      'a.gone': 'x',
      'a.only': 'x',
      'a.empty': 'x',
      'a.rows': '{{rows}} x',
      'a.load': language === 'pl' ? 'Load what you have' : 'x',
      ...Object.fromEntries([
        ...counted('a.two', 'x'),
        ...counted('a.count', '{{count}} x'),
        ...counted('a.once', '{{count}} x'),
      ]),
    });
  };
  const root = tree({
    'src/core/a/messages.en.json': JSON.stringify({
      'a.one': 'One {{n}}',
      'a.two_one': 'x',
      'a.two_other': 'x',
      'a.three.x': 'x',
      'a.gone': 'x',
      'a.only': 'x',
      'a.empty': ' ',
      'a.count': '{{count}} left',
      'a.once_one': 'once',
      'a.once_other': '{{count}} times',
      'a.rows': '{{rows}} rows',
      'a.load': 'Load what you have',
    }),
    'src/core/a/messages.ru.json': said('ru'),
    'src/core/a/messages.pl.json': said('pl'),
    'src/core/a/messages.sl.json': said('sl'),
    'src/core/a/messages.fa.json': JSON.stringify({
      'a.one': 'یک {{m}}',
      'a.two_other': 'x',
      'a.three.x': 'x',
      'a.gone': 'x',
      'a.empty': 'x',
      'a.count_one': '{{count}} x',
      'a.count_other': '{{count}} x',
      'a.once_one': 'x',
      'a.once_other': '{{count}} x',
      'a.rows': '{{rows}} x',
      'a.load': 'x',
    }),
    'src/core/a/web/p.tsx':
      "export const p = [t('a.one'), t('a.two', { count: 1 }), t(`a.three.${k}`), t('a.only'), t('a.empty'), t('a.count'), t('a.once'), t('a.rows'), t('a.load')];",
  });
  expect(checkMessages(root).wrong.sort()).toEqual([
    'a.gone is used nowhere',
    'a.only is missing in fa',
    'src/core/a/messages.en.json: a.count tells a count and has no plural forms',
    'src/core/a/messages.en.json: a.empty is empty',
    'src/core/a/messages.en.json: a.rows says "rows" for any {{rows}}: call it {{count}}, with plural forms',
    'src/core/a/messages.fa.json: a.one has other placeholders than en',
    'src/core/a/messages.fa.json: a.two has no form _one',
    'src/core/a/messages.pl.json: a.load is as in en: not translated?',
  ]);
});

test('[HO5] folders and lists name the same capabilities', () => {
  const folders = filesBelow(ROOT, (n) => /^src\/[^/]+\/[^/]+\/capability\.ts$/.test(n))
    .filter((n) => /: Capability = /.test(readFileSync(join(ROOT, n), 'utf8')))
    .map((n) => n.slice('src/'.length, -'/capability.ts'.length));
  expect(serverCapabilities.map((c) => c.name).sort()).toEqual(folders);
  expect(serverCapabilities.map((c) => c.key).sort()).toEqual(Object.keys(contract).sort());
});

test('[HO7] versions are pinned and no registry is named', () => {
  expect(checkLockfile(ROOT).wrong).toEqual([]);
});
