import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { tool } from './lib/run.mjs';
import { ROOT } from './lib/tree.mjs';

/** Rounds of each of the five that are killed: 250 in total. */
const ROUNDS = 50;
const FILES = [
  'test/e2e/journal-kill.e2e.test.ts',
  'test/e2e/drills.e2e.test.ts',
  'test/e2e/roles.e2e.test.ts',
  'test/e2e/shards.e2e.test.ts',
];
const DOCUMENT = join(ROOT, 'docs/reliability.md');
const BEGIN = '<!-- drills: written by npm run drills -->';
const END = '<!-- /drills -->';

const given = process.argv[2];
const rounds = given === undefined ? ROUNDS : Number(given);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`Usage: npm run drills [-- ROUNDS]; ${ROUNDS} rounds of each unless said.`);
  process.exit(2);
}

await ensureInstalled();
const folder = mkdtempSync(join(tmpdir(), 'touchstone-drills-'));
const results = join(folder, 'results.ndjson');
writeFileSync(results, '');
const env = { DRILL_ROUNDS: String(rounds), DRILLS_FILE: results };
const { code } = await tool('vitest', ['run', '--project', 'e2e', '--retry', '0', ...FILES], { show: true, env });
const drills = readFileSync(results, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
rmSync(folder, { recursive: true, force: true });

const document = readFileSync(DOCUMENT, 'utf8');
const [before, rest] = document.split(BEGIN);
const after = rest?.split(END)[1];
if (after === undefined) throw new Error(`${DOCUMENT} has no place for the table: ${BEGIN} … ${END}`);
writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${tableOf(drills)}\n\n${END}${after}`);
console.log(`${drills.length} drills are in docs/reliability.md.`);
process.exitCode = code;

function tableOf(all) {
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const head = `Taken on ${day} on ${machine}.

| what is struck | rounds | acknowledged | found | lost | doubled | seconds to recover, median | worst |
|---|---|---|---|---|---|---|---|`;
  const number = (n) => n.toLocaleString('en-GB');
  const lines = all.map(({ what, rounds: of, sent, found, lost, doubled, seconds }) => {
    const sorted = seconds.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const cells = [what, of, number(sent), number(found), lost, doubled, median.toFixed(1), sorted.at(-1)?.toFixed(1)];
    return `| ${cells.join(' | ')} |`;
  });
  return [head, ...lines].join('\n');
}
