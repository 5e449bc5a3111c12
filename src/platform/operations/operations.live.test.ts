import { sql } from 'drizzle-orm';
import parsePrometheus from 'parse-prometheus-text-format';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Capability } from '../house/house.ts';
import { handleJob, type JobKind } from '../jobs/ports.ts';
import { operation } from '../kernel/contract.ts';
import type { Log, LogFields } from '../kernel/log.ts';
import { openFacts } from '../stores/facts.ts';
import { setUp } from '../workspaces/facade.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import { openWorld, type Answer, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { Meters } from './meters.ts';
import { SlowLog } from './slow.ts';
import { readVitals } from './vitals.ts';

const TOKEN = 'the-token-of-this-test';
const PASSWORD = 'correct horse battery';
const PERSON = 'Vida Vzorec';

/** A job that fails as long as it is told to, on a statement that holds a person's name. */
let fails = true;
const failing: JobKind<object> = { name: 'test.failing', input: z.object({}), retries: 0 };
const faulty: Capability = {
  name: 'test/faulty',
  key: 'faulty',
  contract: {
    nothing: operation({
      method: 'GET',
      path: '/nothing',
      permission: 'public',
      audit: { none: 'A test.' },
      summary: 'Nothing',
    }),
  },
  plug: (house) => ({
    handlers: {},
    jobs: [
      handleJob(failing, async () => {
        if (fails) await house.records.db.execute(sql`SELECT ${PERSON}::int`);
      }),
    ],
  }),
};

let world: World;
let shop: TestWorkspace;
let cookie: string;
let workspaceId: string;

beforeAll(async () => {
  world = await openWorld({ capabilities: [...serverCapabilities, faulty], config: { metricsToken: TOKEN } });
  shop = await world.workspace();
  const made = await setUp(world.house, {
    company: 'Lark',
    name: PERSON,
    email: 'vida@example.com',
    password: PASSWORD,
    zone: 'UTC',
    currency: 'EUR',
    locale: 'en',
  });
  workspaceId = made.workspace.id;
  await world.runJobs();
  const signedIn = await world.api().post('/api/v1/session', { email: 'vida@example.com', password: PASSWORD });
  expect(signedIn.status).toBe(200);
  cookie = signedIn.headers.getSetCookie().map((c) => c.split(';')[0]).join('; '); // prettier-ignore
});
afterAll(() => world.close());

async function asOwner(method: string, path: string): Promise<Answer> {
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'touchstone-workspace': workspaceId };
  const response = await world.app.request(path, { method, headers });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

async function scrape(): Promise<string> {
  const response = await world.app.request('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  return response.text();
}

const family = z.object({
  name: z.string(),
  metrics: z.array(z.object({ value: z.coerce.number(), labels: z.record(z.string(), z.string()).default({}) })),
});

/** The sum of a figure's samples whose labels fit; undefined where there is none. */
async function figure(name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
  const text = await scrape();
  expect(parsePrometheus(text)).not.toEqual([]);
  // The parser leaves out a histogram's labels: as samples of no type it reads them.
  const untyped = text.replaceAll(/^# TYPE \S+ histogram$/gm, '');
  const fitting = z
    .array(family)
    .parse(parsePrometheus(untyped))
    .filter((f) => f.name === name)
    .flatMap((f) => f.metrics)
    .filter((m) => Object.entries(labels).every(([key, value]) => m.labels[key] === value));
  return fitting.length === 0 ? undefined : fitting.reduce((sum, m) => sum + m.value, 0);
}

async function send(...messages: readonly object[]): Promise<void> {
  const response = await world.app.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.writeKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch: messages }),
  });
  expect(response.status).toBe(200);
}

const seen = { type: 'track', event: 'Product Viewed', userId: 'vida@example.com', properties: { name: PERSON } };

test('[OB1] figures move with what is ingested, refused, drained and asked for', async () => {
  const accepted = (await figure('touchstone_journal_accepted_messages_total')) ?? 0;
  const refused = (await figure('touchstone_journal_refused_messages_total')) ?? 0;
  const drained = (await figure('touchstone_journal_drained_messages_total')) ?? 0;
  const flushes = (await figure('touchstone_journal_flush_duration_seconds_count')) ?? 0;
  await send(seen, { ...seen, type: 'dance' }, seen);
  expect(await figure('touchstone_journal_accepted_messages_total')).toBe(accepted + 2);
  expect(await figure('touchstone_journal_refused_messages_total')).toBe(refused + 1);
  expect(await figure('touchstone_journal_flush_duration_seconds_count')).toBe(flushes + 1);
  expect(await figure('touchstone_journal_messages')).toBe(2);
  expect(await figure('touchstone_journal_bytes')).toBeGreaterThan(100);
  await world.drain();
  expect(await figure('touchstone_journal_messages')).toBe(0);
  expect(await figure('touchstone_journal_oldest_age_seconds')).toBe(0);
  expect(await figure('touchstone_journal_drained_messages_total')).toBe(drained + 2);

  const asked = { operation: 'workspaces.workspaces.get', status: '200' };
  const before = (await figure('touchstone_http_request_duration_seconds_count', asked)) ?? 0;
  await world.api(shop.secretKey).get('/api/v1/workspace');
  expect(await figure('touchstone_http_request_duration_seconds_count', asked)).toBe(before + 1);
  for (const name of [
    'touchstone_statement_duration_seconds_count',
    'touchstone_job_duration_seconds_count',
    'touchstone_facts_memory_bytes',
    'touchstone_facts_parts',
    'touchstone_disk_free_bytes',
    'process_resident_memory_bytes',
    'process_cpu_seconds_total',
  ]) {
    expect(await figure(name), name).toBeGreaterThan(0);
  }
  expect(await figure('touchstone_store_up', { store: 'facts' })).toBe(1);
  expect(await figure('touchstone_pool_connections', { state: 'most' })).toBe(20);
});

test('[OB2] without the token nothing is told', async () => {
  for (const authorization of ['', 'Bearer another-token-of-some-length', `Bearer ${shop.secretKey}`]) {
    const response = await world.app.request('/metrics', { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('touchstone_');
  }
});

test('[OB3] no label bears what a caller wrote', async () => {
  await send(seen);
  await world.app.request('/api/v1/people?q=vida@example.com', {
    headers: { authorization: `Bearer ${shop.secretKey}` },
  });
  await world.app.request('/api/v1/nothing-such/vida@example.com');
  await world.app.request(`/${PERSON}`);
  const text = await scrape();
  for (const word of ['vida', 'Vida', 'Vzorec', shop.id, workspaceId, shop.writeKey, 'nothing-such', 'Product']) {
    expect(text).not.toContain(word);
  }
});

test('[OB4] a store that is away is said, and the rest goes on being told', async () => {
  const away = openFacts({ ...world.house.addresses.facts, url: 'http://127.0.0.1:1' });
  const text = new Meters().write(await readVitals({ ...world.house, facts: away }));
  await away.close();
  expect(text).toContain('touchstone_store_up{store="facts"} 0');
  expect(text).toContain('touchstone_store_up{store="records"} 1');
  expect(text).toContain('touchstone_journal_messages ');
  expect(text).not.toContain('touchstone_facts_memory_bytes');
});

test('[OB5] a slow statement is one line with what asked for it, and no value', async () => {
  const lines: LogFields[] = [];
  const heard = (fields: LogFields): void => void lines.push(fields);
  const log: Log = { debug: heard, info: heard, warn: heard, error: heard, child: () => log };
  const slow = new SlowLog(log, world.house.clock, 40);
  const leave = world.house.watch.add(slow);
  const { facts, records, watch } = world.house;
  await watch.within({ kind: 'request', name: 'people.list' }, async () => {
    await facts.query(z.unknown(), `SELECT sleep(0.05), 'from ${PERSON}' FROM system.one WHERE {a:String} != ''`, {
      a: PERSON,
    });
    await facts.query(z.unknown(), 'SELECT 1');
    await records.db.execute(sql`SELECT pg_sleep(0.05), ${PERSON}::text FROM pg_class LIMIT 1`);
    await records.transaction((tx) => tx.execute(sql`SELECT pg_sleep(0.05), ${PERSON}::text`));
  });
  leave();
  // On a busy machine those beside them are slow too.
  const about = { task: 'request people.list', failed: false };
  for (const told of [
    { ...about, store: 'facts', statement: 'SELECT system.one', rows: 1 },
    { ...about, store: 'records', statement: 'SELECT pg_class', rows: 1 },
    { ...about, store: 'records', statement: 'SELECT', rows: 1 },
  ]) {
    expect(lines).toContainEqual(expect.objectContaining(told));
  }
  for (const line of lines) expect(Number(line['ms'])).toBeGreaterThanOrEqual(40);
  expect(JSON.stringify([lines, slow.latest()])).not.toContain(PERSON);
  expect((await asOwner('GET', '/api/v1/operations/slow-statements')).body).toMatchObject({ slowerThanMs: 500 });
});

test('[OB6] the facts store is told what a statement is for', async () => {
  const { facts, watch } = world.house;
  const row = z.object({ comment: z.string() });
  const ask = () => facts.query(row, "SELECT getSetting('log_comment') AS comment");
  expect(await ask()).toEqual([{ comment: '' }]);
  expect(await watch.within({ kind: 'job', name: 'imports.load' }, ask)).toEqual([{ comment: 'job imports.load' }]);
});

async function failOnce(): Promise<void> {
  fails = true;
  await world.house.jobs.send(failing, {});
  await world.runJobs({ tolerant: true });
}

test('[OB7] an owner sees how all fares and tries a failed job again; nobody else does', async () => {
  const before = (await figure('touchstone_jobs', { queue: failing.name, state: 'failed' })) ?? 0;
  const tries = (await figure('touchstone_job_failed_tries_total', { job: failing.name })) ?? 0;
  await failOnce();
  expect(await figure('touchstone_jobs', { queue: failing.name, state: 'failed' })).toBe(before + 1);
  expect(await figure('touchstone_job_failed_tries_total', { job: failing.name })).toBe(tries + 1);
  const { status, body } = await asOwner('GET', '/api/v1/operations');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    records: { answers: true, engine: null },
    facts: { answers: true, engine: null },
    journal: { setAside: 0 },
  });
  const { queues } = z.object({ queues: z.array(z.object({ queue: z.string(), failed: z.number() })) }).parse(body);
  expect(queues).toContainEqual({ queue: failing.name, failed: before + 1 });

  const [job] = await world.house.jobs.failed(10);
  expect(job).toMatchObject({ queue: failing.name, tries: 1 });
  expect((await asOwner('GET', '/api/v1/operations/failed-jobs')).body).toMatchObject({ items: [{ id: job?.id }] });
  const retry = `/api/v1/operations/failed-jobs/${job?.id ?? ''}/retry`;
  expect((await world.api(shop.secretKey).get('/api/v1/operations')).status).toBe(403);
  expect((await world.api(shop.secretKey).post(retry)).status).toBe(403);
  fails = false;
  expect((await asOwner('POST', retry)).status).toBe(202);
  expect((await asOwner('POST', retry)).status).toBe(404);
  await world.runJobs();
  expect(await figure('touchstone_jobs', { queue: failing.name, state: 'failed' })).toBe(
    before === 0 ? undefined : before,
  );
  expect((await asOwner('POST', '/api/v1/operations/failed-jobs/none/retry')).status).toBe(404);
});

test('[OB8] why a job failed is kept without what it worked on', async () => {
  await failOnce();
  const [job] = await world.house.jobs.failed(10);
  expect(job?.reason).toContain('Failed query');
  const kept = sql`SELECT output::text AS kept FROM pgboss.job WHERE state = 'failed'`;
  const { rows } = await world.house.records.db.execute(kept);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify([rows, job])).not.toContain(PERSON);
});
