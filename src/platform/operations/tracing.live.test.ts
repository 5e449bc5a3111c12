import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Config } from '../kernel/config.ts';
import { Watch } from '../kernel/watch.ts';
import { DrainLoop } from '../../core/journal/loop.ts';
import { hearNews, tellNews } from '../../core/journal/news.ts';
import { openWorld } from '../../../test/support/world.ts';
import { until } from '../../../test/support/until.ts';

const attribute = z.object({
  key: z.string(),
  value: z.object({ intValue: z.coerce.number().optional(), stringValue: z.string().optional() }),
});
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes: z.array(attribute).default([]),
});
type Span = z.infer<typeof span>;
const told = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

/** A receiver of traces: OTLP over HTTP, as JSON. */
class Receiver {
  readonly spans: Span[] = [];
  readonly paths = new Set<string>();
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.paths.add(`${request.method} ${request.url}`);
      const { resourceSpans } = told.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      this.spans.push(...resourceSpans.flatMap((r) => r.scopeSpans).flatMap((s) => s.spans));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const loaded = (): string[] =>
  Object.keys(createRequire(import.meta.url).cache).filter((file) => /@opentelemetry\/(sdk|exporter|otlp)/.test(file));

const receiver = new Receiver();
let endpoint: string;

beforeAll(async () => {
  endpoint = await receiver.open();
});
afterAll(() => receiver.close());

/** A workspace's people, asked for in a house with these settings, which is closed then. */
async function askForPeople(config: Partial<Config>, headers: Record<string, string> = {}): Promise<void> {
  const world = await openWorld({ config });
  try {
    const shop = await world.workspace();
    const authorization = `Bearer ${shop.secretKey}`;
    const answer = await world.app.request('/api/v1/people?q=vida@example.com', {
      headers: { ...headers, authorization },
    });
    expect(answer.status).toBe(200);
    await world.app.request('/healthz');
  } finally {
    await world.close();
  }
}

test('[OB9] without an address nothing of tracing is loaded', async () => {
  await askForPeople({});
  expect(loaded()).toEqual([]);
});

test('[OB9] with an address operations, their statements and jobs are spans there', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const parent = '00f067aa0ba902b7';
  await askForPeople({ otlpEndpoint: endpoint }, { traceparent: `00-${traceId}-${parent}-01` });
  expect(loaded()).not.toEqual([]);
  await until('the spans to be there', async () => receiver.spans.some((s) => s.name === 'people.list'));

  expect([...receiver.paths]).toEqual(['POST /v1/traces']);
  const asked = receiver.spans.find((s) => s.name === 'people.list');
  expect(asked).toMatchObject({ traceId, parentSpanId: parent, kind: 2 });
  expect(asked?.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: 200 } });
  const below = receiver.spans.filter((s) => s.parentSpanId === asked?.spanId);
  expect(below.length).toBeGreaterThan(0);
  for (const child of below) {
    expect(child).toMatchObject({ traceId, kind: 3 });
    expect(BigInt(child.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(asked?.startTimeUnixNano ?? 0) - 1_000_000n);
    expect(BigInt(child.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(asked?.endTimeUnixNano ?? 0) + 1_000_000n);
  }
  const stores = below.flatMap((s) =>
    s.attributes.filter((a) => a.key === 'db.system.name').map((a) => a.value.stringValue),
  );
  expect(new Set(stores)).toContain('postgresql');
  expect(receiver.spans.some((s) => s.name.startsWith('workspace.created/') && s.kind === 5)).toBe(true);
  expect(receiver.spans.some((s) => s.name === '/healthz')).toBe(false);
  expect(JSON.stringify(receiver.spans)).not.toContain('vida');
});

test('[OB9] a turn of the drain that did something is a span with its messages', async () => {
  const world = await openWorld({ config: { otlpEndpoint: endpoint } });
  const loop = new DrainLoop(world.house);
  try {
    const { writeKey } = await world.workspace();
    const batch = ['m1', 'm2'].map((messageId) => ({ type: 'track', event: 'Seen', userId: 'u', messageId }));
    // Before anything is sent: the loop may drain it on its own while the answer is on its way.
    const drained = new Promise<void>((resolve) => {
      world.house.watch.add({ ended: ({ kind }) => void (kind === 'drain' && resolve()) });
    });
    await world.app.request('/v1/batch', { method: 'POST', body: JSON.stringify({ writeKey, batch }) });
    loop.wake();
    await drained;
  } finally {
    await loop.stop();
    await world.close();
  }
  const turns = receiver.spans.filter((s) => s.name === 'drain journal');
  const rows = turns.flatMap((s) => s.attributes.filter((a) => a.key === 'touchstone.rows'));
  expect(rows.map((a) => a.value.intValue)).toEqual([2]);
});

test('[OB9] a thread that drains tells its turns to the one that makes spans, if it does', () => {
  for (const traced of [true, false]) {
    const [here, there] = [new Watch(), new Watch()];
    const heard: { name: string; startedMs: number; rows: number | undefined }[] = [];
    here.add({ ended: ({ name }, { startedMs, rows }) => void heard.push({ name, startedMs, rows }) });
    tellNews(there, { slowStatementMs: 100, traced }, (news) => hearNews(here, structuredClone(news)));
    there.ended({ kind: 'drain', name: 'journal' }, { startedMs: 5, ms: 2, failed: false, rows: 7 });
    expect(heard).toEqual(traced ? [{ name: 'journal', startedMs: expect.closeTo(5, 1), rows: 7 }] : []);
  }
});
