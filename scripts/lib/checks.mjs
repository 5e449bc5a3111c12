import { checkBorders } from './borders.mjs';
import { checkLockfile } from './lockfile.mjs';
import { checkMessages } from './messages.mjs';
import { checkPromises } from './promises.mjs';
import { run, tool } from './run.mjs';
import { ROOT } from './tree.mjs';

const own = (name, check) => ({
  name,
  async run() {
    const { wrong, ...counts } = check(ROOT);
    const counted = Object.entries(counts).map(([what, n]) => `${n} ${what}`);
    // A check that read nothing has checked nothing.
    if (Object.values(counts).some((n) => n === 0)) wrong.push(`${name}: read nothing`);
    return { wrong: wrong.join('\n'), told: counted.join(', ') };
  },
});

const program = (name, command, args) => ({
  name,
  async run() {
    const { code, output } = await tool(command, args);
    return { wrong: code === 0 ? '' : output.trim() || `${command} ended with ${code}`, told: '' };
  },
});

const script = (name, path) => ({
  name,
  async run() {
    const { code, output } = await run(process.execPath, [path, '--check']);
    return { wrong: code === 0 ? '' : output.trim() || `${path} ended with ${code}`, told: '' };
  },
});

/** What the last look at the types found; it goes with the installed packages, whose types it knows. */
const TYPES = 'node_modules/.cache/types.tsbuildinfo';

/** What holds of the code without running it. */
export const CHECKS = [
  // What did not change since the last time is not looked at again: a whole pass takes longer than all other checks.
  program('types', 'tsc', ['--noEmit', '-p', '.', '--incremental', '--tsBuildInfoFile', TYPES]),
  program('lint', 'oxlint', ['--type-aware', '--deny-warnings', '.']),
  program('format', 'oxfmt', ['--check', '.']),
  own('borders', checkBorders),
  own('promises', checkPromises),
  own('messages', checkMessages),
  own('lockfile', checkLockfile),
  script('reference', 'scripts/reference.mjs'),
];

/** Runs them all; prints a line each. Resolves with how many passed and failed. */
export async function runChecks(names = CHECKS.map((c) => c.name)) {
  let failed = 0;
  const chosen = CHECKS.filter((c) => names.includes(c.name));
  for (const check of chosen) {
    const started = performance.now();
    const { wrong, told } = await check.run();
    const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    if (wrong === '') console.log(`✓ ${check.name}${told === '' ? '' : ` (${told})`} ${took}`);
    else {
      failed += 1;
      console.log(
        `✗ ${check.name} ${took}\n${wrong
          .split('\n')
          .map((l) => `    ${l}`)
          .join('\n')}`,
      );
    }
  }
  return { passed: chosen.length - failed, failed };
}
