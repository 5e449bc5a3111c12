// Adds what the tables.ts changed to the records schema, as the next numbered migration:
//   npm run migrations add_sign_ins                       the difference of every tables.ts
//   npm run migrations add_sign_ins src/platform/workspaces    of the tables of that folder only (nothing is dropped)
//   npm run migrations -- --check                         says whether tables and migrations agree; writes nothing
// snapshot.json is the schema that all migrations together make. A migration that was released is never changed.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { runnerImport } from 'vite';
import { described, nextFile, replaced, stable, wrongNumbers } from './lib/migrations.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'src/platform/stores/migrations');
const snapshotFile = join(folder, 'snapshot.json');

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** The schema of every tables.ts below a folder. */
async function schemaOf(below) {
  const files = (await readdir(join(root, below), { recursive: true }))
    .filter((name) => name.endsWith('tables.ts'))
    .map((name) => join(root, below, name))
    .sort();
  const tables = {};
  for (const file of files) {
    const { module } = await runnerImport(file, { root, configFile: false, logLevel: 'error' });
    for (const [name, value] of Object.entries(module)) tables[`${relative(root, file)} ${name}`] = value;
  }
  if (files.length === 0) fail(`There is no tables.ts below ${below}.`);
  return described(generateDrizzleJson(tables));
}

const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
const wrong = wrongNumbers(files);
if (wrong.length > 0) fail(`src/platform/stores/migrations:\n${wrong.join('\n')}`);
const before = JSON.parse(await readFile(snapshotFile, 'utf8'));

const [name, below] = process.argv.slice(2);
if (name === '--check') {
  if (stable(await schemaOf('src')) !== stable(before)) {
    fail('The tables ask for another schema than the migrations make: run `npm run migrations <name of the change>`.');
  }
} else {
  const now = below === undefined ? await schemaOf('src') : replaced(before, await schemaOf(below));
  if (stable(now) === stable(before)) {
    console.log('The migrations are up to date.');
    process.exit(0);
  }
  if (name === undefined) fail('The schema changed: say in one or two words how, `npm run migrations add_sign_ins`.');
  const id = { id: '0', prevId: '' };
  const statements = await generateMigration({ ...before, ...id }, { ...now, ...id });
  if (statements.length > 0) {
    const path = join(folder, nextFile(files, name));
    const sql = statements.map((s) => `${s.trimEnd().replace(/;$/, '')};\n`).join('\n');
    // Never over one that somebody else made at the same moment.
    await writeFile(path, sql, { flag: 'wx' });
    console.log(`${relative(root, path)}: ${statements.length} statements`);
  }
  await writeFile(snapshotFile, stable(now));
}
