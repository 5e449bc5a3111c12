import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HeldClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import type { Log, LogFields } from '../kernel/log.ts';
import { Problem } from '../kernel/problem.ts';
import { backupFinding } from '../backup/examine.ts';
import { admitToCheckup, admitToMetrics } from './admission.ts';
import { Exposition, Timing } from './exposition.ts';
import { addressFinding, diskFinding, heldAgainst, journalFinding } from './checks.ts';
import { clockFinding, folderFindings, nodeFinding } from './local.ts';
import { SlowLog, shapeOf } from './slow.ts';
import { schemaFinding } from './visit.ts';

const TOKEN = 'the-token-of-this-test';

function mayRead(how: {
  readonly ip?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly metricsToken?: string;
  readonly publicUrl?: string;
}): boolean {
  const { ip = '127.0.0.1', url = 'http://127.0.0.1:3000/metrics', headers = {} } = how;
  const { metricsToken, publicUrl } = how;
  const config = readConfig(
    {},
    { ...(metricsToken === undefined ? {} : { metricsToken }), ...(publicUrl === undefined ? {} : { publicUrl }) },
  );
  try {
    admitToMetrics(config, 'a-token-of-the-directory', new Request(url, { headers }), { ip });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return false;
  }
}

test('[OB2] a program of this machine reads metrics without a token, and nobody else does', () => {
  expect(mayRead({})).toBe(true);
  expect(mayRead({ ip: '::1', url: 'http://[::1]:3000/metrics' })).toBe(true);
  expect(mayRead({ ip: '::ffff:127.0.0.1', url: 'http://localhost:3000/metrics' })).toBe(true);
  expect(mayRead({ ip: '192.0.2.7' })).toBe(false);
  // Behind a proxy on this machine everybody seems to come from here.
  expect(mayRead({ headers: { 'x-forwarded-for': '192.0.2.7' } })).toBe(false);
  expect(mayRead({ headers: { via: '1.1 proxy' } })).toBe(false);
  expect(mayRead({ publicUrl: 'https://cx.shop.example' })).toBe(false);
  // A page of another site whose name was made to lead here.
  expect(mayRead({ url: 'http://rebound.example/metrics' })).toBe(false);
});

test('[OB2] who sends the token reads metrics from anywhere; where one is set, nobody without', () => {
  const sent = { authorization: `Bearer ${TOKEN}` };
  expect(mayRead({ metricsToken: TOKEN, ip: '192.0.2.7', headers: sent, publicUrl: 'https://cx.shop.example' })).toBe(
    true,
  );
  expect(mayRead({ metricsToken: TOKEN })).toBe(false);
  expect(mayRead({ metricsToken: TOKEN, headers: { authorization: 'Bearer another' } })).toBe(false);
  expect(mayRead({ headers: sent })).toBe(false);
  expect(mayRead({ ip: '192.0.2.7', headers: { authorization: 'Bearer a-token-of-the-directory' } })).toBe(true);
});

test('[OB11] a running server answers only a doctor who can read its directory', () => {
  const ask = (authorization: string) => new Request('http://127.0.0.1/', { headers: { authorization } });
  admitToCheckup('secret', ask('Bearer secret'));
  expect(() => admitToCheckup('secret', ask('Bearer other'))).toThrow(Problem);
  expect(() => admitToCheckup(null, ask('Bearer null'))).toThrow(Problem);
  expect(() => admitToCheckup('secret', new Request('http://127.0.0.1/'))).toThrow(Problem);
});

test('[OB5] only what takes as long as the setting says is told, the latest first, and no more than two hundred', () => {
  const lines: LogFields[] = [];
  const heard = (fields: LogFields): void => void lines.push(fields);
  const log: Log = { debug: heard, info: heard, warn: heard, error: heard, child: () => log };
  const slow = new SlowLog(log, { now: () => new Date('2026-11-22T12:00:00Z') }, 100);
  const done = { store: 'facts', startedMs: 0, rows: 5, failed: false, task: undefined } as const;
  slow.statement({ ...done, text: 'SELECT 1', ms: 99.9 });
  expect(lines).toEqual([]);
  for (let n = 0; n < 250; n++) slow.statement({ ...done, text: `SELECT ${n} FROM events`, ms: 100 + n });
  expect(lines).toHaveLength(250);
  expect(slow.latest()).toHaveLength(200);
  expect(slow.latest()[0]).toMatchObject({ statement: 'SELECT events', ms: 349, rows: 5, task: null });
});

test('[OB5] a statement is shown by its verb and first table, never by a value in its text', () => {
  expect(shapeOf('select "a" from "journal" where "b" = $1')).toBe('SELECT journal');
  expect(shapeOf("SELECT 'from Vida' AS x, count() FROM v_events")).toBe('SELECT v_events');
  expect(shapeOf("\n  WITH a AS (SELECT 'it''s into Vida') INSERT INTO orders VALUES (1)")).toBe('WITH orders');
  expect(shapeOf('CREATE TABLE IF NOT EXISTS schema_migrations (name String)')).toBe('CREATE schema_migrations');
  expect(shapeOf('COMMIT')).toBe('COMMIT');
  expect(shapeOf('')).toBe('?');
});

const state = ({ state: s }: { readonly state: string }): string => s;

test('[OB10] Node.js, clock, disk, address, journal and schema are judged in words', async () => {
  expect([nodeFinding('18.20.1'), nodeFinding('20.0.0'), nodeFinding('24.1.0')].map(state)).toEqual([
    'fail',
    'ok',
    'ok',
  ]);
  expect(state(await clockFinding({ now: () => new Date('1999-01-01T00:00:00Z') }))).toBe('fail');
  expect([null, { freeBytes: 1e8, totalBytes: 1e12 }, { freeBytes: 1e9, totalBytes: 1e12 }, { freeBytes: 1e11, totalBytes: 1e12 }].map(diskFinding).map(state)).toEqual(['skip', 'fail', 'warn', 'ok']); // prettier-ignore
  const addresses = ['http://0.0.0.0:3000', 'https://shop.example/cx', 'http://shop.example', 'https://shop.example', 'http://localhost:3000']; // prettier-ignore
  expect(addresses.map(addressFinding).map(state)).toEqual(['warn', 'fail', 'warn', 'ok', 'ok']);
  const now = new Date('2026-11-22T12:00:00Z');
  const waiting = (oldest: string | null, bytes: number) => ({
    rows: 1,
    messages: 3,
    bytes,
    capBytes: 100,
    setAside: 0,
    refused: 0,
    oldestAt: oldest === null ? null : new Date(oldest), // prettier-ignore
  });
  const journals = [null, waiting(null, 0), waiting('2026-11-22T11:59:50Z', 10), waiting('2026-11-22T11:50:00Z', 10), waiting('2026-11-22T11:59:50Z', 95), waiting('2026-11-22T13:00:00Z', 10)]; // prettier-ignore
  const judged = journals.map((backlog) => journalFinding(backlog, now));
  expect(judged.map(state)).toEqual(['skip', 'ok', 'ok', 'warn', 'fail', 'fail']);
  expect(judged.at(-1)?.check).toBe('clock');
  expect(judged.at(3)?.says).toContain('3 messages');
  const schema = (pending: string[], unknown: string[], migrate = false) =>
    state(schemaFinding({ pending, unknown }, migrate));
  expect([schema([], []), schema(['0002_a'], []), schema(['0002_a'], [], true), schema([], ['0009_later'], true)]).toEqual(['ok', 'warn', 'ok', 'fail']); // prettier-ignore
});

test('[OB10] how old the latest good backup is', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const done = (at: string) => ({ state: 'done', finishedAt: new Date(at), problem: null });
  const failed = { state: 'failed', finishedAt: now, problem: 'the disk is full' };
  expect([[], [failed], [done('2026-11-21T12:00:00Z')], [failed, done('2026-11-21T12:00:00Z')], [done('2026-11-19T12:00:00Z')], [done('2026-10-01T12:00:00Z')]].map((b) => state(backupFinding(b, now)))).toEqual(['warn', 'fail', 'ok', 'warn', 'warn', 'fail']); // prettier-ignore
  expect(backupFinding([failed], now).says).toContain('the disk is full');
});

test('[OB10] a store that answers slowly has no wrong clock for that', async () => {
  const clock = new HeldClock('2026-11-22T12:00:00Z');
  const apart = async (offMs: number): Promise<number> => {
    const slow = async () => {
      clock.advance(9_000);
      return { version: '1', nowMs: clock.now().getTime() - 4_000 + offMs };
    };
    return (await heldAgainst(clock, slow)).apartMs;
  };
  expect([await apart(0), await apart(-7_000), await apart(10_000)]).toEqual([0, 2_000, 6_000]);
});

test('[OB10] a directory that others can look into is found, and mended on request', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'touchstone-doctor-'));
  try {
    expect(await folderFindings(join(dir, 'none'))).toBeNull();
    await writeFile(join(dir, 'credentials.json'), '{}', { mode: 0o600 });
    expect((await folderFindings(dir))?.map(state)).toEqual(['ok']);
    await chmod(dir, 0o755);
    await chmod(join(dir, 'credentials.json'), 0o644);
    await writeFile(join(dir, 'secrets.json'), '{}', { mode: 0o644 });
    const [found] = (await folderFindings(dir)) ?? [];
    expect(found).toMatchObject({ state: 'fail', check: 'data directory' });
    expect(found?.says).toContain('credentials.json');
    expect(found?.says).toContain('secrets.json');
    expect(found?.mend).toContain('chmod 600');
    await found?.fix?.();
    expect((await folderFindings(dir))?.map(state)).toEqual(['ok']);
    expect((await folderFindings(join(dir, 'credentials.json')))?.map(state)).toEqual(['fail']);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

test('[OB1] a histogram counts each time once, at its bound and below, and its text is Prometheus’ own', () => {
  const timing = new Timing([0.1, 1]);
  for (const seconds of [0.05, 0.1, 0.5, 3]) timing.observe(seconds);
  const text = new Exposition();
  text.histogram('took_seconds', 'How long', timing, { job: 'a "b"\\c\nd' });
  text.gauge('free_bytes', 'Free', 1.5e10);
  const job = String.raw`job="a \"b\"\\c\nd"`;
  expect(text.write().split('\n')).toEqual([
    '# HELP took_seconds How long',
    '# TYPE took_seconds histogram',
    `took_seconds_bucket{${job},le="0.1"} 2`,
    `took_seconds_bucket{${job},le="1"} 3`,
    `took_seconds_bucket{${job},le="+Inf"} 4`,
    `took_seconds_sum{${job}} 3.65`,
    `took_seconds_count{${job}} 4`,
    '# HELP free_bytes Free',
    '# TYPE free_bytes gauge',
    'free_bytes 15000000000',
    '',
  ]);
});
