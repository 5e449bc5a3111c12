import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drill, engineOf, killEngine, roundsOr, type EngineName } from '../support/drill.ts';
import { Load } from '../support/load.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const CAP_BYTES = 400_000;
/** So many messages are more than the journal may hold: each takes far more than these bytes. */
const MORE_THAN_CAP = CAP_BYTES / 20;

let server: TestServer;
let load: Load;
beforeAll(async () => {
  server = await startServer({ env: { JOURNAL_CAP_BYTES: String(CAP_BYTES) } });
  load = new Load(server.url, await server.setup());
});
afterAll(() => server.close());

/** All processes of an engine: PostgreSQL is many. */
async function processesOf(name: EngineName): Promise<number[]> {
  const { pid } = await engineOf(server.data, name);
  const children: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) children.push(Number(entry));
  }
  return [pid, ...children];
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Every write of both engines to the disk takes a quarter of a second, for some seconds. */
async function slowDisk(): Promise<void> {
  const pids = [...(await processesOf('postgres')), ...(await processesOf('clickhouse'))];
  const slow = ['-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:delay_enter=250000'];
  const tracer = spawn(
    'strace',
    ['-f', '-qq', '-o', '/dev/null', ...slow, ...pids.flatMap((pid) => ['-p', `${pid}`])],
    {
      stdio: 'ignore',
    },
  );
  const ended = once(tracer, 'exit');
  await pause(5_000);
  tracer.kill('SIGINT');
  await ended;
}

/** Stands still for a while, as an engine does over a disk that does. */
async function stall(name: EngineName, work: () => Promise<void>): Promise<void> {
  const pids = await processesOf(name);
  signalAll(pids, 'SIGSTOP');
  try {
    await work();
  } finally {
    signalAll(pids, 'SIGCONT');
  }
}

const timeout = 60_000 + roundsOr(3) * 20_000;

test('[SR14, JR1] PostgreSQL is killed under load, again and again', { timeout }, () =>
  drill({ what: 'PostgreSQL', rounds: roundsOr(3), load, strike: () => killEngine(server.data, 'postgres') }),
);

test('[SR14, JR1] ClickHouse is killed under load, again and again', { timeout }, () =>
  drill({ what: 'ClickHouse', rounds: roundsOr(3), load, strike: () => killEngine(server.data, 'clickhouse') }),
);

test('[JR1] PostgreSQL stands still for a second, as over a disk that does', { timeout }, () =>
  drill({
    what: 'PostgreSQL stands still for a second',
    rounds: Math.min(roundsOr(2), 10),
    load,
    strike: () => stall('postgres', () => pause(1_000)),
  }),
);

/** By `npm run drills` alone: they take minutes. */
const isDrill = process.env['DRILL_ROUNDS'] !== undefined;

test.runIf(isDrill && spawnSync('strace', ['-V']).status === 0)('[JR1] the disk is slow', { timeout: 300_000 }, () =>
  drill({ what: 'a disk of a quarter of a second for every write', rounds: 5, load, strike: slowDisk }),
);

test.runIf(isDrill)('[JR7, JR11] ClickHouse stands still for two minutes', { timeout: 600_000 }, () =>
  drill({
    what: 'ClickHouse stands still for two minutes',
    rounds: 1,
    load,
    strike: () => stall('clickhouse', () => pause(120_000)),
  }),
);

test('[JR7, JR11, SR26] ClickHouse hangs until the journal is full: 429 in words, then all of it is drained', async () => {
  const readiness = async (): Promise<string> => (await fetch(`${server.url}/readyz`)).text();
  load.refusal = undefined;
  await stall('clickhouse', async () => {
    const figure = fetch(`${server.url}/api/v1/metrics/orders?from=2026-01-01&to=2026-02-01`, {
      headers: { authorization: `Bearer ${load.shop.secretKey}` },
    });
    const most = load.sent + MORE_THAN_CAP;
    await load.sendWhile(() => load.refusal === undefined && load.sent < most, 4);
    expect(load.refusal).toMatchObject({ status: 429, text: expect.stringContaining('The journal is full') });
    await until('it to be said', async () => (await readiness()).includes('"facts":"away"'));
    const answer = await figure;
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('does not answer')]);
  });
  await until('events to be taken again', () => load.offer());
  await load.finish();
  expect(await load.look()).toEqual({ events: load.sent, lost: 0, doubled: 0, rejected: 0 });
});
