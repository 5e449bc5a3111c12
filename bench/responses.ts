import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { cpuSecondsOf } from './support/processes.ts';
import { RawConnection } from './support/raw.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';

const CONNECTIONS = 32;
const WARM_UP = 10_000;
const MEASURED = 45_000;
const GOAL_A_SECOND = 3_000;
const STEADY_A_SECOND = 500;
const STEADY_SECONDS = 20;
const GOAL_P99_MS = 50;

const QUESTIONS = [
  { id: 'nps', kind: 'nps', required: true, title: { en: 'How likely are you to recommend us to a friend?' } },
  {
    id: 'what',
    kind: 'multiple',
    title: { en: 'What was good?' },
    choices: ['speed', 'price', 'help', 'choice'].map((id) => ({ id, text: { en: id } })),
  },
  { id: 'why', kind: 'longText', title: { en: 'Why?' } },
];
const DOCUMENT = {
  format: 1,
  languages: ['en'],
  title: { en: 'Your last order' },
  pages: [{ id: 'one', questions: QUESTIONS }],
  endings: [{ id: 'thanks', title: { en: 'Thank you' } }],
};
const ANSWERS = 'q.nps=9&q.what=speed&q.what=price&q.why=It+came+a+day+early%2C+and+whole.&to=next&at=one';

/**
 * Whole responses handed in a second by many who were shown the page before, each kept durably when its answer comes; and how
 * long one takes at a steady rate. The client runs on the same machine; beside it what it can do at the most, against a
 * server that does nothing.
 */
export const bench = {
  name: 'responses',
  async run(report: (line: ReportLine) => void): Promise<void> {
    const data = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    await chmod(data, 0o711);
    // Respondents come from everywhere: a proxy says from where.
    const server = new ServerProcess(data, { TRUSTED_PROXIES: '1' });
    try {
      const shop = await server.init();
      await server.start();
      const { path, told } = await publish(server, shop.secretKey);
      const limit = await generatorLimit();
      const line = (figure: string, value: number, unit: string, against: string, ratio: number): ReportLine => ({
        bench: 'responses',
        figure,
        value: Math.round(value * 10) / 10,
        unit,
        against,
        ratio: Math.round(ratio * 100) / 100,
      });
      await handIn(server.port, path, await show(server.port, path, WARM_UP));
      await told(WARM_UP);
      const shownAt = performance.now();
      const forms = await show(server.port, path, MEASURED);
      const shown = MEASURED / ((performance.now() - shownAt) / 1_000);
      const cpuBefore = await cpuSecondsOf(server.pid ?? 0);
      const started = performance.now();
      await handIn(server.port, path, forms);
      const rate = MEASURED / ((performance.now() - started) / 1_000);
      await told(WARM_UP + MEASURED);
      const toldRate = MEASURED / ((performance.now() - started) / 1_000);
      const cpuMicros = (((await cpuSecondsOf(server.pid ?? 0)) - cpuBefore) * 1e6) / MEASURED;
      const against = `the goal of ${GOAL_A_SECOND}/s; the client makes ${Math.round(limit)} requests/s at the most`;
      report(line('whole responses kept', rate, 'responses/s', against, rate / GOAL_A_SECOND));
      report(line('and among the facts', toldRate, 'responses/s', 'the same goal', toldRate / GOAL_A_SECOND));
      const share = 2e6 / GOAL_A_SECOND;
      report(
        line(
          'processor time of one, engines and facts too',
          cpuMicros,
          'µs',
          'two processors at the goal',
          cpuMicros / share,
        ),
      );
      report(line('first pages shown', shown, 'pages/s', `the client's ${Math.round(limit)}/s`, shown / limit));
      await pause(5_000);
      const times = (await steady(server.port, path)).toSorted((a, b) => a - b);
      for (const share of [0.5, 0.99]) {
        const ms = times[Math.floor(times.length * share)] ?? Number.NaN;
        const goal = `${GOAL_P99_MS} ms for 99 of 100`;
        report(line(`p${share * 100} at ${STEADY_A_SECOND} whole responses/s`, ms, 'ms', goal, ms / GOAL_P99_MS));
      }
    } finally {
      await server.stop();
      await rm(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
};

interface Open {
  readonly path: string;
  /** Waits until so many are complete among the facts: looked at once a second. */
  told(responses: number): Promise<void>;
}

async function publish(server: ServerProcess, key: string): Promise<Open> {
  const send = async (at: string, body: object): Promise<unknown> => {
    const response = await fetch(`${server.url}/api/v1/surveys${at}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const { id, revision, address } = z
    .object({ id: z.string(), revision: z.number(), address: z.string() })
    .parse(await send('', { name: 'Bench', document: DOCUMENT }));
  await send(`/${id}/publish`, { revision });
  const counted = async (): Promise<number> => {
    const response = await fetch(`${server.url}/api/v1/surveys/${id}/results`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return counts.parse(await response.json()).counts.complete;
  };
  const told = async (responses: number): Promise<void> => {
    for (let n = await counted(); n !== responses; n = await counted()) {
      if (n > responses) throw new Error(`${n} responses became facts of ${responses} handed in.`);
      await pause(1_000);
    }
  };
  return { path: new URL(address).pathname, told };
}

const counts = z.object({ counts: z.object({ complete: z.number() }) });

let someone = 0;
/** Another address each time: `10.x.y.z`. */
function nextAddress(): string {
  const n = someone++;
  return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}

/** Opens the first page so many times; the form of each, filled in. */
async function show(port: number, path: string, times: number): Promise<string[]> {
  const forms: string[] = [];
  await all(port, times, async (connection) => {
    forms.push(await form(connection, path));
  });
  return forms;
}

async function form(connection: RawConnection, path: string): Promise<string> {
  const { status, body } = await connection.send('GET', path, nextAddress());
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(body)?.[1] ?? '';
  if (status !== 200 || field('r') === '') throw new Error(`The page answered ${status}.`);
  return `r=${field('r')}&b=${field('b')}&${ANSWERS}`;
}

async function handIn(port: number, path: string, forms: readonly string[]): Promise<void> {
  let at = 0;
  await all(port, forms.length, (connection) => send(connection, path, forms[at++] ?? ''));
}

async function send(connection: RawConnection, path: string, body: string): Promise<void> {
  const { status } = await connection.send('POST', path, nextAddress(), body);
  // On to the ending.
  if (status !== 303) throw new Error(`Handing in answered ${status}.`);
}

/** Does something so many times over all connections, each one after another. */
async function all(port: number, times: number, work: (connection: RawConnection) => Promise<void>): Promise<void> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => RawConnection.open(port)));
  let left = times;
  await Promise.all(
    connections.map(async (connection) => {
      while (left-- > 0) await work(connection);
      connection.close();
    }),
  );
}

/** Milliseconds from when each was to be handed in until it was kept, whether the one before had been answered or not. */
async function steady(port: number, path: string): Promise<number[]> {
  const times: number[] = [];
  const forms = await show(port, path, STEADY_A_SECOND * STEADY_SECONDS);
  const free = await Promise.all(Array.from({ length: CONNECTIONS * 4 }, () => RawConnection.open(port)));
  const started = performance.now();
  const sent = forms.map(async (body, i) => {
    const due = started + (i / STEADY_A_SECOND) * 1_000;
    await pause(due - performance.now());
    const connection = free.pop() ?? (await RawConnection.open(port));
    await send(connection, path, body);
    times.push(performance.now() - due);
    free.push(connection);
  });
  await Promise.all(sent);
  for (const connection of free) connection.close();
  return times;
}

/** Requests a second of the client against a server in its own process that answers at once: half a machine each. */
async function generatorLimit(): Promise<number> {
  const idle = createServer((_request, response) => response.writeHead(303, { 'content-length': 0 }).end());
  await new Promise<void>((done) => idle.listen(0, '127.0.0.1', done));
  const { port } = idle.address() as AddressInfo;
  const started = performance.now();
  const times = 30_000;
  await all(port, times, (connection) => send(connection, '/', ANSWERS));
  idle.close();
  return times / ((performance.now() - started) / 1_000);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
