import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, readdir, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openBrowser } from '../../../test/support/browser.ts';
import { startServer, type Shop, type TestServer } from '../../../test/support/server.ts';
import { until } from '../../../test/support/until.ts';

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));
/** What must stand in no log: parts of them too. */
const MARKS = ['vzorec', 'Vzorčna', 'vida.v', '031777', 'marked comment', 'marked password', 'Marked Street'];
const EMAIL = 'vida.vzorec@marked.example';
const PERSON = { name: 'Vida Vzorčna', email: EMAIL, phone: '+38631777123', address: '1 Marked Street' };
const COMMENT = 'A marked comment of Vida Vzorčna';

let server: TestServer;
let shop: Shop;

beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: 'debug', SLOW_STATEMENT_MS: '1' } });
  shop = await server.setup();
});
afterAll(() => server.close());

function callAs(who: Record<string, string>, method: string, path: string, body?: unknown): Promise<Response> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${server.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...who },
    ...(body === undefined ? {} : { body: sent }),
  });
}

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  callAs({ authorization: `Bearer ${shop.secretKey}`, ...headers }, method, path, body);

async function json<T>(shape: z.ZodType<T>, response: Promise<Response>): Promise<T> {
  const answer = await response;
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return shape.parse(JSON.parse(text));
}

async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const line = text.split('\n').find((l) => l.startsWith(`${name} `));
  return line === undefined ? Number.NaN : Number(line.split(' ').at(-1));
}

const view = z.object({ id: z.string(), state: z.string() });

async function importRows(name: string, kind: string, text: string): Promise<void> {
  const uploaded = call('POST', `/api/v1/uploads?name=${encodeURIComponent(name)}`, text, {
    'content-type': 'application/octet-stream',
  });
  const { uploadId } = await json(z.object({ uploadId: z.string() }), uploaded);
  await call('POST', '/api/v1/imports/preview', { uploadId, kind });
  const { id } = await json(view, call('POST', '/api/v1/imports', { uploadId, kind }));
  await json(view, call('POST', `/api/v1/imports/${id}/start`));
  await until('the import to end', async () => {
    const { state } = await json(view, call('GET', `/api/v1/imports/${id}`));
    return state === 'done' || state === 'failed';
  });
}

async function logs(): Promise<string> {
  const files = (await readdir(server.data, { recursive: true })).filter((f) => /\.log(\.\w+)?$/.test(f));
  expect(files.length).toBeGreaterThan(1);
  return [server.output, ...(await Promise.all(files.map((f) => readFile(join(server.data, f), 'utf8'))))].join('\n');
}

test('[OB12] personal data that go through everything are in no log', async () => {
  const write = { authorization: `Bearer ${shop.writeKey}` };
  const event = {
    type: 'track',
    event: 'Order Completed',
    userId: EMAIL,
    properties: { ...PERSON, order_id: 'o-1', comment: COMMENT },
  };
  const wrong = [
    { ...event, type: EMAIL },
    { ...event, userId: { name: PERSON.name } },
    COMMENT,
    { ...event, timestamp: PERSON.phone },
  ];
  await call('POST', '/v1/identify', { type: 'identify', userId: EMAIL, traits: PERSON }, write);
  await call('POST', '/v1/batch', { batch: [event, ...wrong] }, write);
  await call('POST', '/v1/batch', `{"batch":[{"userId":"${EMAIL}" "name":"${PERSON.name}"`, write);
  await call('POST', '/v1/track', event, { authorization: `Bearer ${EMAIL}` });
  await importRows(
    `${PERSON.name}.csv`,
    'people',
    `customer_id,name,email,phone\nc1,${PERSON.name},${EMAIL},${PERSON.phone}\nc1\n`,
  );
  await importRows(
    'reviews.csv',
    'feedback',
    `review_id,order_id,review_score,review_comment_message,review_answer_timestamp\nr1,o-1,5,${COMMENT},2026-01-02 10:00:00\nr2,o-1,${COMMENT},x,${PERSON.name}\n`,
  );
  const nobody = { origin: server.url };
  const session = { email: EMAIL, password: 'a marked password' };
  await callAs(nobody, 'POST', '/api/v1/session', session);
  await callAs(nobody, 'POST', '/api/v1/session', { ...session, email: { name: PERSON.name } });
  const { email, password } = shop;
  const signedIn = await callAs(nobody, 'POST', '/api/v1/session', { email, password });
  const cookie = signedIn.headers.getSetCookie().map((c) => c.split(';')[0]).join('; '); // prettier-ignore
  const owner = { origin: server.url, cookie, 'touchstone-workspace': shop.workspaceId };
  // Some at once: a statement is refused because the address is there already.
  const invitations = Array.from({ length: 4 }, () =>
    callAs(owner, 'POST', '/api/v1/invitations', { email: EMAIL, role: 'viewer' }),
  );
  expect((await Promise.all(invitations)).map((r) => r.status)).toContain(201);
  for (const path of [
    `/api/v1/people?q=${encodeURIComponent(EMAIL)}`,
    `/api/v1/people/${encodeURIComponent(PERSON.name)}`,
    `/api/v1/nothing/${encodeURIComponent(PERSON.name)}`,
    `/api/v1/events?name=${encodeURIComponent(COMMENT)}&cursor=${encodeURIComponent(EMAIL)}`,
    `/api/v1/metrics/nps?filter=${encodeURIComponent(JSON.stringify({ field: 'person.email', op: 'eq', value: EMAIL }))}`,
    `/api/v1/metrics/rating?from=${encodeURIComponent(PERSON.name)}`,
    `/people/${encodeURIComponent(EMAIL)}`,
  ]) {
    await (await call('GET', path)).text();
  }
  await call('POST', '/api/v1/imports', { uploadId: EMAIL, kind: PERSON.name });
  await until(
    'the journal to be drained',
    async () => (await figure('touchstone_journal_drained_messages_total')) >= 2,
  );
  await until('the journal to be empty', async () => (await figure('touchstone_journal_messages')) === 0);

  const text = await logs();
  expect(text).toContain('"level":"debug"');
  expect(text.split('\n').filter((line) => MARKS.some((mark) => line.includes(mark)))).toEqual([]);
});

test('[OB5] a slow statement is in the log with what asked for it, also from the thread that drains', async () => {
  const line = z.object({
    store: z.string(),
    task: z.string(),
    statement: z.string(),
    ms: z.number(),
    msg: z.literal('a slow statement'),
  });
  const slow = server.output.split('\n').flatMap((text) => {
    const parsed = text.startsWith('{') ? line.safeParse(JSON.parse(text)) : null;
    return parsed?.success === true ? [parsed.data] : [];
  });
  expect(slow.map((s) => s.task)).toContain('drain journal');
  expect(slow.some((s) => s.task === 'job imports.load' || s.task.startsWith('job imports'))).toBe(true);
  expect(slow.find((s) => s.task === 'drain journal' && s.store === 'facts')?.statement).toMatch(
    /^(INSERT|SELECT) \w+/,
  );
});

test('[OB2] on a real port a program of this machine reads metrics, one behind a proxy does not', async () => {
  expect(await figure('touchstone_import_rows_total')).toBeGreaterThan(1);
  expect(await figure('touchstone_engine_up{engine="clickhouse"}')).toBe(1);
  const through = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.7' } });
  expect(through.status).toBe(401);
});

test('[OB7] an owner sees on one page how engines and statements fare', async () => {
  const browser = await openBrowser(server.url);
  try {
    const visit = await browser.openPage();
    await visit.signIn(shop);
    await visit.go('/operations');
    const table = (name: string) => visit.page.getByRole('table', { name, exact: true });
    await table('Slow statements').waitFor();
    expect(await table('Stores').innerText()).toContain('ClickHouse');
    expect(await visit.check()).toEqual([]);
  } finally {
    await browser.close();
  }
});

const diagnosis = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      check: z.string(),
      state: z.string(),
      says: z.string(),
      mend: z.string().optional(),
      fixed: z.boolean().optional(),
    }),
  ),
});

async function doctor(args: readonly string[] = [], env: Record<string, string> = {}) {
  const whole = { ...process.env, PORT: String(server.port), ...env };
  const child = spawn(process.execPath, [MAIN, 'doctor', '--data', server.data, '--json', ...args], { env: whole });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  await once(child, 'close');
  expect(out, err).not.toBe('');
  const { ok, findings } = diagnosis.parse(JSON.parse(out));
  return { code: child.exitCode, ok, findings, of: (check: string) => findings.find((f) => f.check === check) };
}

test('[OB11] the doctor asks the server that runs, and leaves it alone', async () => {
  const owner = await readFile(join(server.data, 'owner.json'), 'utf8');
  const well = await doctor();
  expect(well, JSON.stringify(well.findings)).toMatchObject({ code: 0, ok: true });
  for (const check of [
    'node',
    'data directory',
    'server',
    'records',
    'facts',
    'journal',
    'jobs',
    'mail',
    'files',
    'address',
  ]) {
    expect(well.of(check)?.state, check).toBe('ok');
  }
  expect(await readFile(join(server.data, 'owner.json'), 'utf8')).toBe(owner);

  const engine = z
    .object({ pid: z.number() })
    .parse(JSON.parse(await readFile(join(server.data, 'clickhouse/engine.json'), 'utf8')));
  process.kill(engine.pid, 'SIGKILL');
  await until(
    'the engine to be back',
    async () => (await figure('touchstone_engine_restarts_total{engine="clickhouse"}')) === 1,
  );
  await until('it to answer', async () => (await fetch(`${server.url}/readyz`)).ok);
  const shaken = await doctor();
  expect(shaken.of('engine clickhouse')).toMatchObject({ state: 'warn' });
  expect(shaken.code).toBe(0);
});

test('[OB10] the doctor finds engines that a killed server left, and mends that on request', async () => {
  await server.kill();
  await chmod(server.data, 0o755);
  const sick = await doctor();
  expect(sick).toMatchObject({ code: 1, ok: false });
  expect(sick.of('leftover engines')).toMatchObject({ state: 'fail' });
  expect(sick.of('data directory')).toMatchObject({ state: 'fail' });
  expect(sick.of('owner')).toMatchObject({ state: 'warn' });
  expect(sick.of('stores')?.state).toBe('skip');

  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const mended = await doctor(['--fix'], { PORT: String(port), SMTP_URL: 'smtp://127.0.0.1:1' });
  holder.close();
  expect(mended.of('leftover engines')).toMatchObject({ state: 'ok', fixed: true });
  for (const check of ['data directory', 'schema', 'records', 'facts', 'journal']) {
    expect(mended.of(check)?.state, `${check}: ${JSON.stringify(mended.findings)}`).toBe('ok');
  }
  expect(mended.of('port')?.says).toContain(`Port ${port} is taken`);
  expect(mended.findings.filter((f) => f.state === 'fail').map((f) => f.check)).toEqual(['port', 'mail']);
  expect(mended.code).toBe(1);
});

test('[OB10] an engine that does not start is said, and the directory is left free', async () => {
  const version = join(server.data, 'postgres/data/PG_VERSION');
  await rename(version, `${version}.away`);
  const broken = await doctor();
  await rename(`${version}.away`, version);
  expect(broken.findings.filter((f) => f.state === 'fail').map((f) => f.check)).toEqual(['engines']);
  expect(broken.code).toBe(1);
  await expect(readFile(join(server.data, 'owner.json'))).rejects.toThrow();
});
