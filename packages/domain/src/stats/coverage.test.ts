import { describe, expect, test } from 'vitest';
import { coverage, differenceCoverage } from './coverage.ts';
import { PAIRS, SCENARIOS } from './scenarios.ts';

/*
 * How often the 95 % intervals hold the truth. A run of all checks draws a few thousand samples each, and allows the
 * promised band two standard errors of that many more. COVERAGE=long draws what stands in SPEC.md and
 * allows none: `COVERAGE=long npx vitest run --project unit packages/domain/src/stats/coverage.test.ts`.
 */
const long = process.env['COVERAGE'] === 'long';
const SIZES = [
  { n: 30, band: 0.02, times: long ? 100_000 : 10_000 },
  { n: 300, band: 0.01, times: long ? 100_000 : 5000 },
  { n: 3000, band: 0.01, times: long ? 20_000 : 1000 },
];
const LONG_MS = 1_800_000;

function check(name: string, measured: (n: number, times: number) => number): void {
  const found = SIZES.map(({ n, band, times }) => {
    const error = Math.sqrt((0.95 * 0.05) / times);
    return { n, held: measured(n, times), allowed: band + (long ? 0 : 2 * error) };
  });
  if (long) console.log(`| ${name} | ${found.map((f) => (100 * f.held).toFixed(1)).join(' | ')} |`);
  for (const f of found)
    expect(Math.abs(f.held - 0.95), `${name}, n = ${f.n}: ${f.held}`).toBeLessThanOrEqual(f.allowed);
}

describe('coverage of the 95 % interval', () => {
  test.each(SCENARIOS.map((s) => [s.name, s] as const))(
    '[ST6] of %s',
    (name, scenario) => check(name, (n, times) => coverage(scenario, n, times, 'coverage')),
    LONG_MS,
  );

  test.each(PAIRS.map(([a, b]) => [`${a.name} less ${b.name}`, a, b] as const))(
    '[ST6] of the difference of %s',
    (name, a, b) => check(name, (n, times) => differenceCoverage(a, b, n, times, 'coverage')),
    LONG_MS,
  );
});
