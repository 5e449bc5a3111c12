import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/tree.mjs';

const NAMES = readdirSync(join(ROOT, 'bench'))
  .filter((n) => n.endsWith('.ts'))
  .map((n) => n.slice(0, -3))
  .sort();
const json = process.argv.includes('--json');
const chosen = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const unknown = chosen.filter((n) => !NAMES.includes(n));
if (chosen.length === 0 || unknown.length > 0) {
  console.error(
    `${unknown.length > 0 ? `No benchmark is called ${unknown.join(', ')}. ` : ''}Usage: npm run bench -- NAME … [--json]; NAME is one of ${NAMES.join(', ')}.`,
  );
  process.exit(2);
}

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
const { buildProgram } = await import('./lib/bundles.mjs');
await ensureBuilt({ say: (line) => console.error(line) });

/** One figure beside its limit or rival: `{"bench","figure","value","unit","against","ratio"}`. */
function report(line) {
  if (json) console.log(JSON.stringify(line));
  else
    console.log(
      `${line.bench}  ${line.figure}: ${line.value} ${line.unit}, against ${line.against}: ${line.ratio} times`,
    );
}

for (const name of chosen) {
  const file = await buildProgram(ROOT, `bench/${name}.ts`);
  if (!existsSync(file)) throw new Error(`${file} was not built`);
  const { bench } = await import(pathToFileURL(file).href);
  await bench.run(report);
}
