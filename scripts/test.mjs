import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, ensureSystem } from './lib/install.mjs';

await ensureInstalled();
await ensureSystem();
const { runChecks } = await import('./lib/checks.mjs');
const { tool } = await import('./lib/run.mjs');

const folder = mkdtempSync(join(tmpdir(), 'touchstone-results-'));
const results = join(folder, 'results.json');
// Beside one another: the first tests wait for a build and for engines to start.
const [checks, { code }] = await Promise.all([
  runChecks(),
  tool(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...process.argv.slice(2)],
    { show: true },
  ),
]);

let passed = checks.passed;
let failed = checks.failed;
try {
  const counted = JSON.parse(readFileSync(results, 'utf8'));
  passed += counted.numPassedTests;
  failed += counted.numFailedTests;
  // A file that could not even be loaded has no failed test of its own, and yet it failed.
  failed += counted.testResults.filter(
    (f) => f.status === 'failed' && f.assertionResults.every((a) => a.status !== 'failed'),
  ).length;
} catch {
  failed += 1;
}
if (code !== 0 && failed === 0) failed += 1;
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
