import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../../../', import.meta.url));
const LIBRARY = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css'));
const MODULES = join(LIBRARY, 'esm');

const namesIn = (list: string): readonly string[] =>
  list.split(',').map((name) => name.trim().split(' as ')[0] ?? '').filter((name) => name !== '' && !name.startsWith('type ')); // prettier-ignore

/** What pages import of the library, whichever file they stand in. */
function used(): ReadonlySet<string> {
  const pages = readdirSync(SRC, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.tsx') || name.endsWith('.ts'));
  const imports = /import \{([^}]*)\} from '@mantine\/core'/g;
  return new Set(
    pages.flatMap((name) =>
      [...readFileSync(join(SRC, name), 'utf8').matchAll(imports)].flatMap(([, list = '']) => namesIn(list)),
    ),
  );
}

/** Names of the style files that modules of the library come to, from these on. */
function stylesFrom(modules: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const styles = new Set<string>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    if (path.endsWith('.module.mjs')) {
      styles.add(basename(path, '.module.mjs'));
      return;
    }
    for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(/from "(\.[^"]+)"/g)) {
      walk(resolve(dirname(path), from));
    }
  };
  modules.forEach(walk);
  return styles;
}

test('[WB29] the styles of every component of the library that a page uses are there, and no others', () => {
  const index = readFileSync(join(MODULES, 'index.mjs'), 'utf8');
  const places = new Map(
    [...index.matchAll(/import \{([^}]*)\} from "([^"]+)"/g)].flatMap(([, list = '', from = '']) =>
      namesIn(list).map((name) => [name, join(MODULES, from)] as const),
    ),
  );
  const wanted = [...stylesFrom([...used()].flatMap((name) => places.get(name) ?? []))].filter((name) =>
    existsSync(join(LIBRARY, 'styles', `${name}.css`)),
  );
  const listed = [
    ...readFileSync(new URL('mantine.css', import.meta.url), 'utf8').matchAll(/styles\/([\w-]+)\.css/g),
  ].map(([, name = '']) => name);
  expect(wanted.length).toBeGreaterThan(20);
  const whole = readFileSync(join(LIBRARY, 'styles.css'), 'utf8');
  const place = (name: string): number =>
    whole.indexOf(
      readFileSync(join(LIBRARY, 'styles', `${name}.css`), 'utf8')
        .trim()
        .slice(0, 200),
    );
  const all = ['baseline', 'default-css-variables', 'global', ...wanted].toSorted((a, b) => place(a) - place(b));
  expect(listed).toEqual(all);
});

/** Signs, not words: letters in a circle as large as a line. */
const SIGNS = ['help.module.css', 'person-chip.module.css'];
/** The title and the largest figures of a phone. */
const SMALLER = ['1.4375rem', '1.5rem'];

test('[WB29] words have the sizes of the scale', () => {
  const others = readdirSync(SRC, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.module.css') && !SIGNS.includes(basename(name)))
    .flatMap((name) =>
      [...readFileSync(join(SRC, name), 'utf8').matchAll(/font-size: ([^;]+);/g)].map(([, size = '']) => ({
        name,
        size,
      })),
    )
    .filter(({ size }) => !/^(var\(--text-\w+\)|inherit|\d*\.?\d+em)$/.test(size) && !SMALLER.includes(size));
  expect(others).toEqual([]);
});
