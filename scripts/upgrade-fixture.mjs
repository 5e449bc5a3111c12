// Keeps what a released version made, for the test that every later one opens it and shows the same figures:
//   npm run build && node scripts/upgrade-fixture.mjs 0.2.0 [main.js of the version's own build]
// Writes test/upgrades/<version>: a backup of a small made-up shop, and the figures that version gave.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const own = join(root, 'dist/server/main.js');
const [version, program = own] = process.argv.slice(2);
if (version === undefined) {
  console.error('Say which version: node scripts/upgrade-fixture.mjs 0.2.0');
  process.exit(2);
}
const target = join(root, 'test/upgrades', version);
const work = await mkdtemp(join(tmpdir(), 'touchstone-upgrade-'));
await chmod(work, 0o711);
const data = join(work, 'data');
const port = 20_000 + Math.trunc(Math.random() * 10_000);
const url = `http://127.0.0.1:${port}`;
const PERIOD = 'from=2024-01-01&to=2027-01-01';
const METRICS = ['rating', 'late_rate', 'return_rate', 'days_to_deliver', 'orders', 'responses'];

function run(main, args) {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [main, ...args], { env: { ...process.env, LOG_LEVEL: 'warn' } }, (error, out, said) => {
      if (error) reject(new Error(`${args[0]}: ${said}`));
      else resolve(out.trim());
    });
  });
}

const keys = JSON.parse(
  await run(program, [
    ...['init', '--company', 'Lark & Lantern', '--email', 'ada@example.com', '--password', 'correct horse battery'],
    ...['--zone', 'Europe/Ljubljana', '--data', data, '--json'],
  ]),
);
await run(program, ['demo', '--files', '--people', '40', '--data', data]);
const server = spawn(process.execPath, [program, 'serve', '--data', data, '--port', String(port)], {
  env: { ...process.env, LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'ignore', 'inherit'],
});
for (let ready = false; !ready; await pause(100)) {
  ready = await fetch(`${url}/readyz`).then(
    (r) => r.ok,
    () => false,
  );
}

async function call(path, body) {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

// A visitor who becomes known, an order and an answer by events, and a message that is refused.
const at = '2025-06-01T10:00:00.000Z';
const { journalSeq } = await call('/v1/batch', {
  batch: [
    { type: 'track', messageId: 'seen', anonymousId: 'visitor', event: 'Product Viewed', timestamp: at },
    {
      type: 'identify',
      messageId: 'known',
      anonymousId: 'visitor',
      userId: 'ann',
      traits: { email: 'ann@example.com', name: 'Ann' },
    },
    {
      type: 'track',
      messageId: 'ordered',
      userId: 'ann',
      event: 'Order Completed',
      timestamp: at,
      properties: { order_id: 'by-event', total: 12.5, currency: 'EUR' },
    },
    {
      type: 'track',
      messageId: 'rated',
      userId: 'ann',
      event: 'Review Submitted',
      timestamp: at,
      properties: { order_id: 'by-event', rating: 4 },
    },
    { type: 'track', messageId: 'refused', event: 'Nobody did this' },
  ],
});
const figures = { workspaceId: keys.workspaceId, metrics: {} };
await call(`/api/v1/events?limit=1&minSeq=${journalSeq}`);
// What lives on the events is told a moment later.
for (let answers = 0; answers === 0; await pause(100)) {
  answers = (await call('/api/v1/metrics/rating?from=2025-06-01&to=2025-06-02')).overall.n;
}
for (const metric of METRICS) figures.metrics[metric] = (await call(`/api/v1/metrics/${metric}?${PERIOD}`)).overall;
figures.people = (await call('/api/v1/people?limit=200')).items.length;
figures.personId = (await call('/api/v1/people?q=ann@example.com')).items[0].id;
figures.period = PERIOD;
// Acknowledged and, most likely, not yet drained when the power goes: the journal as this version writes it.
const last = Array.from({ length: 5 }, (_, i) => ({
  type: 'track',
  messageId: `last-${i}`,
  userId: 'ann',
  event: 'Seen Last',
  timestamp: at,
}));
await call('/v1/batch', { batch: last });
server.kill('SIGKILL');
await once(server, 'exit');
figures.lastEvents = last.length;

const folder = join(work, 'backups');
await run(own, ['backup', '--to', folder, '--data', data]);
const [name] = await readdir(folder);
await mkdir(dirname(target), { recursive: true });
await rm(target, { recursive: true, force: true });
await cp(join(folder, name), target, { recursive: true });
await writeFile(join(target, 'figures.json'), `${JSON.stringify(figures, null, 1)}\n`);
const manifest = JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8'));
const waiting = manifest.records.find((t) => t.name === 'journal').rows;
console.log(`${target}: ${waiting} rows of the journal wait.`);
await rm(work, { recursive: true, force: true });
