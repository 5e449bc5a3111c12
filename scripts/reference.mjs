// Writes docs/reference/ from the contracts: one page for each part of the API, and a list of all.
//   npm run reference             writes what changed, and takes away what is no longer there
//   npm run reference -- --check  says whether the pages are those of the contracts; writes nothing
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { differing, referencePages } from './lib/reference.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs/reference');

async function load(file) {
  return (await runnerImport(join(root, file), { root, configFile: false, logLevel: 'error' })).module;
}

const { contract } = await load('src/contract.ts');
const { operationsOf } = await load('src/platform/server/surface.ts');
const { openApiDocument } = await load('src/platform/server/openapi.ts');
const parts = Object.entries(contract).map(([key, of]) => ({ key, contract: of }));
const wanted = referencePages(await openApiDocument(parts)(), operationsOf(parts));

mkdirSync(folder, { recursive: true });
const present = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);
const wrong = differing(present, wanted);
if (process.argv.includes('--check')) {
  for (const name of wrong) console.error(`docs/reference/${name} is not what the contracts say: npm run reference`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
for (const name of wrong) {
  const text = wanted.get(name);
  if (text === undefined) rmSync(join(folder, name));
  else writeFileSync(join(folder, name), text);
}
console.log(wrong.length === 0 ? 'The reference is up to date.' : `docs/reference: ${wrong.join(', ')}`);
