// Writes the records schema anew from every tables.ts: `npm run migrations [-- --check]`.
// With --check nothing is written and the exit code says whether it would have been.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { runnerImport } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'src/platform/stores/migrations');

const files = (await readdir(join(root, 'src'), { recursive: true }))
  .filter((name) => name.endsWith('tables.ts'))
  .map((name) => join(root, 'src', name))
  .sort();

const schema = {};
for (const file of files) {
  const { module } = await runnerImport(file, { root, configFile: false, logLevel: 'error' });
  for (const [name, value] of Object.entries(module)) schema[`${relative(root, file)} ${name}`] = value;
}

const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(schema));
const sql = statements.map((s) => `${s.trimEnd().replace(/;$/, '')};\n`).join('\n');
const path = join(folder, '0001_initial.sql');
const before = await readFile(path, 'utf8').catch(() => '');

if (process.argv.includes('--check')) {
  if (before !== sql) {
    console.error('src/platform/stores/migrations is older than the tables: run `npm run migrations`.');
    process.exit(1);
  }
} else if (before !== sql) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path, sql);
  console.log(`${relative(root, path)}: ${statements.length} statements from ${files.length} files`);
} else {
  console.log(`${relative(root, path)} is up to date`);
}
