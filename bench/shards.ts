import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { startClickHouse } from '../src/platform/stores/clickhouse-engine.ts';
import { factsAddress, openFacts } from '../src/platform/stores/facts.ts';
import { startShards } from '../test/support/shards.ts';
import {
  ask,
  fillEvents,
  fillOthers,
  FIGURES,
  home,
  median,
  PERIOD,
  timed,
  type Keys,
  type Size,
} from './support/figures.ts';
import { load } from './support/load.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';

const PASSWORD = 'a-password-of-a-benchmark';
const DATABASE = 'shop';
const TIMES = 7;
/** For a try: `SHARDS_PART=100` fills in a hundredth of everything. */
const PART = Number(process.env.SHARDS_PART ?? 1);
const part = (n: number): number => Math.ceil(n / PART);
const SIZE: Size = {
  first: 0,
  events: part(5_000_000),
  people: part(1_000_000),
  answers: part(500_000),
  orders: part(400_000),
  customers: part(400_000),
};

/** A server over one ClickHouse or several, and what is asked of it. */
interface Place {
  readonly server: ServerProcess;
  readonly keys: Keys;
  stop(): Promise<void>;
}

/**
 * The same over two ClickHouse servers and over one, in turn: every figure of Home, and events a second. All of it runs on
 * one machine, where two servers share the processors that one has alone: this shows what parting costs, not what a second
 * machine brings.
 */
export const bench = {
  name: 'shards',
  async run(report: (line: ReportLine) => void): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    await chmod(folder, 0o711);
    const places: Place[] = [];
    try {
      for (const count of [1, 2]) places.push(await open(join(folder, String(count)), count));
      const [one, two] = places;
      if (one === undefined || two === undefined) return;
      for (const { figure, path, shape } of FIGURES) report(await measure(one, two, figure, path, shape, TIMES));
      report(await measure(one, two, 'all of Home at once', `/metrics/home?${PERIOD}`, home, 3));
      const alone = await load(one.server, one.keys, 'batch');
      const apart = await load(two.server, two.keys, 'batch');
      report(rate('batches of 100, acknowledged', apart.acknowledged, alone.acknowledged));
      report(rate('batches of 100, drained', apart.drained, alone.drained));
    } finally {
      for (const place of places) await place.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
};

async function open(folder: string, count: number): Promise<Place> {
  await mkdir(folder, { mode: 0o711 });
  const engines = await startEngines(folder, count);
  const server = new ServerProcess(join(folder, 'data'), { CLICKHOUSE_URL: engines.url });
  const stop = async (): Promise<void> => {
    await server.stop();
    await engines.stop();
  };
  try {
    const keys = await server.init();
    await server.start();
    const facts = openFacts(factsAddress(engines.url));
    try {
      await fillEvents(facts, keys.workspaceId, SIZE);
      await fillOthers(facts, keys.workspaceId, SIZE);
    } finally {
      await facts.close();
    }
    return { server, keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startEngines(folder: string, count: number): Promise<{ readonly url: string; stop(): Promise<void> }> {
  if (count > 1) {
    const shards = await startShards(folder, PASSWORD, count);
    return { url: shards.urlOf(DATABASE), stop: shards.stop };
  }
  const engine = await startClickHouse({ dir: join(folder, 'clickhouse'), password: PASSWORD });
  const { url, user } = engine.addressOf(DATABASE);
  return { url: url.replace('://', `://${user}:${PASSWORD}@`).concat(`/${DATABASE}`), stop: () => engine.stop() };
}

/** Asks one and the other in turn. They must say the same. */
async function measure<T>(
  one: Place,
  two: Place,
  figure: string,
  path: string,
  shape: z.ZodType<T>,
  times: number,
): Promise<ReportLine> {
  const [alone, apart]: [number[], number[]] = [[], []];
  for (let i = 0; i <= times; i++) {
    const [said, ms] = await timed(() => ask(one.server, one.keys, path, shape));
    const [saidApart, apartMs] = await timed(() => ask(two.server, two.keys, path, shape));
    if (inDigits(said) !== inDigits(saidApart)) {
      throw new Error(`${figure}: one server says ${inDigits(said)}, two say ${inDigits(saidApart)}`);
    }
    // The first of each warms the caches.
    if (i > 0) alone.push(ms);
    if (i > 0) apart.push(apartMs);
  }
  const [value, against] = [median(apart), median(alone)];
  return line(figure, Math.round(value), 'ms', `${Math.round(against)} ms over one server`, value / against);
}

/** Sums in another order may differ in the last binary digits. */
function inDigits(said: unknown): string {
  return JSON.stringify(said, (_, v: unknown) => (typeof v === 'number' ? Number(v.toPrecision(10)) : v));
}

function rate(figure: string, value: number, against: number): ReportLine {
  return line(
    figure,
    Math.round(value),
    'events/s',
    `${Math.round(against)} events/s over one server`,
    value / against,
  );
}

function line(figure: string, value: number, unit: string, against: string, ratio: number): ReportLine {
  return { bench: 'shards', figure, value, unit, against, ratio: Math.round(ratio * 100) / 100 };
}
