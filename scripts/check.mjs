import { ensureInstalled } from './lib/install.mjs';

await ensureInstalled();
const { runChecks } = await import('./lib/checks.mjs');
const { tool } = await import('./lib/run.mjs');

const only = process.argv.slice(2);
const unit = only.length > 0 ? null : tool('vitest', ['run', '--project', 'unit', '--reporter=dot']);
const { failed } = await runChecks(only.length > 0 ? only : undefined);
const tests = await unit;
if (tests !== null) {
  console.log(`${tests.code === 0 ? '✓' : '✗'} unit tests`);
  if (tests.code !== 0) console.log(tests.output);
}
process.exitCode = failed > 0 || (tests !== null && tests.code !== 0) ? 1 : 0;
