import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { HeldClock } from '../kernel/clock.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import { DataDirOwned, ownerOf, takeDataDir } from './data-dir.ts';
import { endLeftover } from './engine.ts';
import { factsAddress } from './facts.ts';
import { statementsOf } from './migrate.ts';
import { identify, lookUp } from './processes.ts';
import { watchSpace } from './space.ts';
import { supervise } from './supervised.ts';
import { silentLog } from '../kernel/log.ts';

const clock = new HeldClock('2026-03-01T08:00:00.000Z');
const folders: string[] = [];
async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'touchstone-stores-'));
  folders.push(path);
  return path;
}
afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

/** A process that does nothing until it is ended. */
async function idler(): Promise<{ pid: number; ended: Promise<string>; end(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const ended = once(child, 'exit').then(() => 'ended');
  return {
    pid: child.pid ?? 0,
    ended,
    end: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function ownerOnDisk(dir: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(dir, 'owner.json'), 'utf8'));
}

test('[SR11] a second owner is told who the first is, since when and where', async () => {
  const dir = await folder();
  const first = await takeDataDir(dir, 'http://127.0.0.1:3000', clock);
  const refused = await takeDataDir(dir, 'http://127.0.0.1:3001', clock).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DataDirOwned);
  expect(String(refused)).toContain(`process ${process.pid} on`);
  expect(String(refused)).toContain('since 2026-03-01T08:00:00.000Z; it serves http://127.0.0.1:3000');
  expect((await ownerOf(dir, clock))?.process.pid).toBe(process.pid);
  await first.release();
  expect(await ownerOf(dir, clock)).toBeNull();
  await (await takeDataDir(dir, 'http://127.0.0.1:3001', clock)).release();
});

test('[SR11] the directory of a killed owner is taken over, also when its pid is another process now', async () => {
  const dir = await folder();
  await (await takeDataDir(dir, 'http://127.0.0.1:3000', clock)).release();
  const other = await idler();
  const alive = await identify(other.pid);
  const record = (who: object) =>
    writeFile(join(dir, 'owner.json'), JSON.stringify({ process: who, since: 'x', address: 'y', machine: 'z' }));
  await record({ ...alive });
  await expect(takeDataDir(dir, 'a', clock)).rejects.toThrow(`process ${other.pid} on z since x; it serves y`);
  await record({ ...alive, started: 'at another time' });
  const taken = await takeDataDir(dir, 'a', clock);
  expect(await ownerOnDisk(dir)).toMatchObject({ process: { pid: process.pid }, address: 'a' });
  await taken.release();
  await record({ ...alive });
  await other.end();
  await (await takeDataDir(dir, 'a', clock)).release();
});

test('[SR11] an owner that cannot be looked up from here counts as alive while it touches its record', async () => {
  const dir = await folder();
  const elsewhere = { pid: 1, started: '1', space: 'another machine' };
  const text = JSON.stringify({ process: elsewhere, since: 'x', address: 'y', machine: 'z' });
  await writeFile(join(dir, 'owner.json'), text);
  const touched = (await stat(join(dir, 'owner.json'))).mtimeMs;
  const near = new HeldClock(new Date(touched + 30_000));
  await expect(takeDataDir(dir, 'a', near)).rejects.toThrow(DataDirOwned);
  near.advance(60_000);
  await (await takeDataDir(dir, 'a', near)).release();
});

test('[SR11] of many that start at once over a dead owner, one wins', async () => {
  const dir = await folder();
  const dead = { pid: process.pid, started: 'long ago', space: (await identify(process.pid))?.space };
  await writeFile(join(dir, 'owner.json'), JSON.stringify({ process: dead, since: 'x', address: 'y', machine: 'z' }));
  const all = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => takeDataDir(dir, `at ${i}`, clock)));
  const won = all.filter((r) => r.status === 'fulfilled');
  expect(won).toHaveLength(1);
  for (const r of won) await r.value.release();
});

test('[SR12] credentials are made once, differ between directories and are closed to others', async () => {
  const [a, b] = [await folder(), await folder()];
  const first = await takeDataDir(a, 'x', clock);
  await first.release();
  const again = await takeDataDir(a, 'x', clock);
  const other = await takeDataDir(b, 'x', clock);
  expect(again.credentials).toEqual(first.credentials);
  expect(other.credentials).not.toEqual(first.credentials);
  for (const name of ['credentials.json', 'owner.json']) {
    expect((await stat(join(a, name))).mode & 0o777, name).toBe(0o600);
  }
  await again.release();
  await other.release();
});

test('[SR14] an engine that ends is started again, and its status says so', async () => {
  const started: Awaited<ReturnType<typeof idler>>[] = [];
  let mayStart: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (mayStart = resolve));
  let attempts = 0;
  const supervised = await supervise(
    'idler',
    async (before) => {
      if (before !== null && attempts++ === 0) throw new Error('not yet');
      if (before !== null) await gate;
      const child = await idler();
      started.push(child);
      return { pid: child.pid, ended: child.ended, stop: child.end };
    },
    silentLog,
  );
  expect(supervised.status()).toEqual({ state: 'running', crashes: 0, pid: started[0]?.pid });
  await started[0]?.end();
  await until('the crash to be seen', () => supervised.status().crashes === 1);
  expect(supervised.status()).toEqual({ state: 'restarting', crashes: 1, pid: null });
  mayStart();
  await until('the engine to be back', () => supervised.status().state === 'running');
  expect(attempts).toBe(2);
  expect(supervised.status().pid).toBe(started[1]?.pid);
  await supervised.stop();
  expect(supervised.status().state).toBe('stopped');
  expect(started).toHaveLength(2);
});

test('[SR15] a process that only inherited the pid of an engine is left alone', async () => {
  const dir = await folder();
  const other = await idler();
  const who = await identify(other.pid);
  if (who === null) throw new Error('the idler is not there');
  const file = join(dir, 'engine.json');
  await writeFile(file, JSON.stringify({ ...who, started: 'at another time' }));
  await endLeftover(file, 'SIGKILL', 5_000);
  expect(await lookUp(who)).toBe('alive');
  await writeFile(file, JSON.stringify(who));
  await endLeftover(file, 'SIGKILL', 5_000);
  expect(await lookUp(who)).toBe('gone');
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('[SR8] every statement of a facts migration can be run twice', () => {
  const standing =
    /^(CREATE (TABLE|MATERIALIZED VIEW|VIEW|DICTIONARY) IF NOT EXISTS|CREATE OR REPLACE|DROP \w+ IF EXISTS|ALTER TABLE \w+ (ADD (COLUMN|INDEX|PROJECTION) IF NOT EXISTS|DROP (COLUMN|INDEX) IF EXISTS|MODIFY|MATERIALIZE (COLUMN|INDEX|PROJECTION)))\b/;
  const statements = serverCapabilities.flatMap((c) => c.facts ?? []).flatMap((m) => statementsOf(m.sql));
  for (const statement of statements) expect(statement.replaceAll(/\s+/g, ' ')).toMatch(standing);
});

test('[SR8] a migration is parted where a semicolon ends a line', () => {
  expect(statementsOf("-- a; comment;\nSELECT ';' AS x;\n\nSELECT 2\n  , 3; -- why\nSELECT 4\n;\n")).toEqual([
    "SELECT ';' AS x",
    'SELECT 2\n  , 3',
    'SELECT 4',
  ]);
});

test('[SR9] the migration is what the tables ask for', async () => {
  await promisify(execFile)(process.execPath, ['scripts/migrations.mjs', '--check']);
});

test('[SR10] an address of ClickHouse', () => {
  expect(factsAddress('https://ann:p%40ss@ch.example:8443/shop')).toEqual({
    url: 'https://ch.example:8443',
    user: 'ann',
    password: 'p@ss',
    database: 'shop',
  });
  expect(factsAddress('http://127.0.0.1:8123')).toMatchObject({ user: 'default', password: '', database: 'default' });
  expect(factsAddress('http://ann:p@a:8123/shop?cluster=ours, http://ann:p@b:8124/shop')).toEqual({
    url: 'http://a:8123',
    user: 'ann',
    password: 'p',
    database: 'shop',
    shards: { cluster: 'ours', urls: ['http://a:8123', 'http://b:8124'] },
  });
  expect(factsAddress('http://a:8123?cluster=ours&shard=1,http://b:8123?shard=1').shards?.parts).toEqual([1, 1]);
  for (const wrong of ['', 'ch.example', 'tcp://ch.example:9000']) {
    expect(() => factsAddress(wrong), wrong).toThrow('CLICKHOUSE_URL takes the form');
  }
  const lists = {
    'http://a:8123,http://b:8123': 'several servers and not their cluster',
    'http://a:8123/shop?cluster=ours': 'names a cluster and one server',
    'http://ann:p@a:8123?cluster=ours,http://ann:q@b:8123': 'the same user, password and database',
    'http://a:8123?cluster=ours,http://a:8123': 'names a server twice',
    'http://a:8123?cluster=ours&shard=1,http://b:8123': 'each server says with ?shard=1',
    'http://a:8123?cluster=ours&shard=a,http://b:8123?shard=b': 'each server says with ?shard=1',
  };
  for (const [wrong, words] of Object.entries(lists)) expect(() => factsAddress(wrong), wrong).toThrow(words);
});

test('[SR19] a disk below its reserve is said in words, until there is clearly more than that', async () => {
  let freeBytes = 2_000_000_000;
  const measure = async (): Promise<{ freeBytes: number; totalBytes: number }> => ({ freeBytes, totalBytes: 10e9 });
  const space = await watchSpace('/', { reserveBytes: undefined, log: silentLog, measure, everyMs: 1 });
  expect(space.reserveBytes).toBe(500_000_000);
  expect(space.refusal()).toBeUndefined();
  freeBytes = 499_000_000;
  const words = await until('the refusal', () => space.refusal());
  expect(words).toContain('499 MB are free, and 500 MB are kept');
  freeBytes = 501_000_000;
  await until('the new figure', () => space.refusal()?.includes('501 MB'));
  freeBytes = 600_000_000;
  await until('room', () => space.refusal() === undefined);
  space.stop();
});
