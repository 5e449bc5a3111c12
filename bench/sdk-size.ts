import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import type { ReportLine } from './support/report.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RIVALS = join(ROOT, 'bench/rivals');
const LIMIT_KB = 14;

/** Script and style of an answering page, packed; beside it what others send to show a survey, bundled for the browser. */
export const bench = {
  name: 'sdk-size',
  async run(report: (line: ReportLine) => void): Promise<void> {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: RIVALS });
    const own = join(ROOT, 'packages/sdk/src/survey');
    const files = await Promise.all(['enhance.mjs', 'survey.css'].map((name) => readFile(join(own, name))));
    const ours = sum(files.map((file) => gzipSync(file, { level: 9 }).byteLength)) / 1_000;
    const line = (figure: string, kilobytes: number, against: string, ratio: number): ReportLine => ({
      bench: 'sdk-size',
      figure,
      value: Math.round(kilobytes * 10) / 10,
      unit: 'KB',
      against,
      ratio: Math.round(ratio * 100) / 100,
    });
    report(line('script and style of an answering page', ours, `${LIMIT_KB} KB`, ours / LIMIT_KB));
    for (const [name, entry] of [
      ['survey-core with survey-js-ui', 'surveyjs.js'],
      ['posthog-js with its surveys', 'posthog.js'],
    ] as const) {
      const theirs = (await bundled(entry)) / 1_000;
      report(line(name, theirs, `ours, ${Math.round(ours * 10) / 10} KB`, theirs / ours));
    }
  },
};

/** Bytes of everything that an entry becomes, minified and packed file by file. */
async function bundled(entry: string): Promise<number> {
  const made = await build({
    configFile: false,
    root: RIVALS,
    logLevel: 'error',
    build: { write: false, minify: true, rolldownOptions: { input: join(RIVALS, entry) } },
  });
  const outputs = [made].flat().flatMap((one) => ('output' in one ? one.output : []));
  return sum(outputs.map((file) => gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).byteLength));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}
