import { createReadStream, createWriteStream, existsSync, openAsBlob } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { integer, pick, type Random, seeded } from '@touchstone/domain/random';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';

const LINES = 541_909;
const FEW = 100_000;
const LIMIT_SECONDS = 20;
/** The real invoice lines where they are there; else as many made ones. */
const REAL = fileURLToPath(new URL('../../../../shared/data/online_retail/online_retail_all.csv.gz', import.meta.url));
const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/**
 * A shop's 541,909 invoice lines loaded as items through the API, from the first byte sent to the last order made; beside it
 * ClickHouse alone reading the same file. Memory is the highest the server's process has had, after few lines and after all.
 */
export const bench = {
  name: 'import',
  async run(report: (line: ReportLine) => void): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    await chmod(folder, 0o711);
    try {
      const all = join(folder, 'all.csv');
      const few = join(folder, 'few.csv');
      await writeFile(all);
      await pipeline(firstLines(all, FEW), createWriteStream(few));
      const small = await loadWith(join(folder, 'small'), few);
      const whole = await loadWith(join(folder, 'whole'), all, true);
      const line = (figure: string, value: number, unit: string, against: string, ratio: number): ReportLine => {
        const rounded = (n: number): number => Math.round(n * 100) / 100;
        return { bench: 'import', figure, value: rounded(value), unit, against, ratio: rounded(ratio) };
      };
      const what = `${LINES} lines of items`;
      report(line(what, whole.seconds, 's', `the limit of ${LIMIT_SECONDS} s`, whole.seconds / LIMIT_SECONDS));
      const rival = `${whole.bareSeconds.toFixed(2)} s of a plain ClickHouse load`;
      report(line(what, whole.seconds, 's', rival, whole.seconds / whole.bareSeconds));
      const before = `${small.peakMb} MB after ${FEW} lines`;
      report(line('peak memory of the server', whole.peakMb, 'MB', before, whole.peakMb / small.peakMb));
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
};

async function writeFile(path: string): Promise<void> {
  const source = existsSync(REAL) ? createReadStream(REAL).pipe(createGunzip()) : Readable.from(madeLines());
  await pipeline(source, createWriteStream(path));
}

/** Invoice lines as a shop has them: many of one order, some equal, some without a customer. */
function* madeLines(): Generator<string> {
  const random = seeded('invoice lines');
  yield `${HEADER}\n`;
  let made = 0;
  for (let invoice = 536_365; made < LINES; invoice++) {
    const at = new Date(Date.UTC(2010, 11, 1) + (made / LINES) * 372 * 86_400_000).toISOString();
    const customer = integer(random, 0, 3) === 0 ? '' : `${integer(random, 12_346, 16_700)}.0`;
    const end = `${at.slice(0, 10)} ${at.slice(11, 19)}`;
    const country = pick(random, ['United Kingdom', 'United Kingdom', 'United Kingdom', 'France', 'Germany']);
    for (let n = integer(random, 1, 40); n > 0 && made < LINES; n--, made++) {
      const code = 20_000 + integer(random, 0, 4_000);
      const price = (integer(random, 20, 1_500) / 100).toFixed(2);
      yield `${invoice},${code},${description(random, code)},${integer(random, 1, 24)},${end},${price},${customer},${country}\n`;
    }
  }
}

function description(random: Random, code: number): string {
  return `WHITE ${pick(random, ['HANGING', 'METAL', 'WOODEN'])} LANTERN NO ${code}`;
}

async function* firstLines(path: string, lines: number): AsyncGenerator<string> {
  let n = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (n++ > lines) return;
    yield `${line}\n`;
  }
}

const job = z.object({ id: z.string(), state: z.string(), counts: z.object({ rows: z.number(), bad: z.number() }) });

async function loadWith(
  data: string,
  file: string,
  withRival = false,
): Promise<{ seconds: number; peakMb: number; bareSeconds: number }> {
  const server = new ServerProcess(data);
  try {
    const { secretKey } = await server.init();
    await server.start();
    const call = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
      const response = await fetch(`${server.url}/api/v1${path}`, { headers, ...init });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    };
    const started = performance.now();
    const body = await openAsBlob(file);
    const upload = { method: 'POST', body, headers: { authorization: `Bearer ${secretKey}` } };
    const { uploadId } = z.object({ uploadId: z.string() }).parse(await call('/uploads?name=lines.csv', upload));
    const made = job.parse(
      await call('/imports', { method: 'POST', body: JSON.stringify({ uploadId, kind: 'items' }) }),
    );
    await call(`/imports/${made.id}/start`, { method: 'POST', body: '{}' });
    let now = made;
    while (['ready', 'queued', 'running'].includes(now.state)) {
      await pause(100);
      now = job.parse(await call(`/imports/${made.id}`));
    }
    const seconds = (performance.now() - started) / 1_000;
    if (now.state !== 'done' || now.counts.bad > 0) throw new Error(`The import is ${now.state}.`);
    const peakMb = await peakOf(server.pid);
    return { seconds, peakMb, bareSeconds: withRival ? await bareLoad(data, file) : 0 };
  } finally {
    await server.stop();
  }
}

/** The most memory a process has had, in MB; 0 where the system does not tell. */
async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

/** The same file into a table of its own columns, by ClickHouse's reader of CSV. */
async function bareLoad(data: string, file: string): Promise<number> {
  const { clickhouse } = z
    .object({ clickhouse: z.string() })
    .parse(JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8')));
  const config = await readFile(join(data, 'clickhouse/config.xml'), 'utf8');
  const url = new URL(`http://127.0.0.1:${/<http_port>(\d+)</.exec(config)?.[1] ?? ''}/`);
  const headers = { 'x-clickhouse-user': 'touchstone', 'x-clickhouse-key': clickhouse };
  const run = async (query: string, body?: Blob): Promise<string> => {
    url.search = new URLSearchParams({ database: 'touchstone', query }).toString();
    const response = await fetch(url, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  await run(
    `CREATE TABLE bench_lines (InvoiceNo String, StockCode String, Description String, Quantity Int32, InvoiceDate DateTime,
       UnitPrice Float64, CustomerID String, Country LowCardinality(String)) ENGINE = MergeTree ORDER BY (InvoiceNo, StockCode)`,
  );
  const started = performance.now();
  await run('INSERT INTO bench_lines FORMAT CSVWithNames', await openAsBlob(file));
  const seconds = (performance.now() - started) / 1_000;
  const rows = Number(await run('SELECT count() FROM bench_lines'));
  if (rows !== LINES) throw new Error(`ClickHouse read ${rows} lines.`);
  return seconds;
}
