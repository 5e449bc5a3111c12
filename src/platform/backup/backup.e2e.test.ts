import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startServer, type Shop, type TestServer } from '../../../test/support/server.ts';
import { startS3 } from '../../../test/support/s3.ts';
import { ask, loadDemo } from '../../../test/support/shop.ts';
import { until } from '../../../test/support/until.ts';

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));
const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

interface Ended {
  readonly code: number;
  readonly result: string;
  readonly said: string;
}

/** A command of `./touchstone`, as somebody types it. */
function run(...args: string[]): Promise<Ended> {
  return runWith({}, ...args);
}

function runWith(env: Readonly<Record<string, string | undefined>>, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...process.env, LOG_LEVEL: 'warn', ...env } },
      (error, result, said) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), result: result.trim(), said });
      },
    );
  });
}

const overall = z.object({ overall: z.object({ value: z.number(), n: z.number(), people: z.number() }) });

async function figuresOf(server: TestServer, shop: Shop): Promise<unknown[]> {
  const figures: unknown[] = [];
  for (const metric of ['rating', 'late_rate', 'return_rate', 'orders', 'responses']) {
    const answer = await ask(server, shop, `/api/v1/metrics/${metric}?from=2024-01-01&to=2026-01-01`);
    figures.push(overall.parse(await answer.json()).overall);
  }
  return figures;
}

const page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() });

/** The ids of all events that were sent while the backup was taken. */
async function sentEvents(server: TestServer, shop: Shop): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ask(server, shop, `/api/v1/events?name=Seen&limit=200${after}`);
    const { items, nextCursor } = page.parse(await answer.json());
    ids.push(...items.map((e) => e.id));
    cursor = nextCursor;
  }
  return ids;
}

test('[BK1, BK4, BK6, BK9] a backup taken beside a server under load is served elsewhere with the same figures', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-backups-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const server = await startServer();
  undo.push(() => server.close());
  const shop = await server.setup();
  await loadDemo(server, shop, 60);
  const before = await figuresOf(server, shop);

  let acknowledged = 0;
  let ending = false;
  const sending = async (): Promise<void> => {
    for (let n = 0; !ending; n++) {
      const batch = Array.from({ length: 10 }, (_, i) => ({
        type: 'track',
        messageId: `seen-${n}-${i}`,
        userId: `visitor ${i}`,
        event: 'Seen',
      }));
      const response = await fetch(`${server.url}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ batch }),
      });
      if (!response.ok) throw new Error(`The batch was answered with ${response.status}.`);
      acknowledged += batch.length;
    }
  };
  const load = sending();
  await until('some events', () => acknowledged >= 50);
  const certain = acknowledged;
  const taken = await run('backup', '--to', folder, '--data', server.data);
  ending = true;
  await load;
  expect(taken.said).toContain('facts');
  expect(taken.code).toBe(0);
  expect(taken.result).toBe(join(folder, (await readdir(folder))[0] ?? ''));
  expect(await figuresOf(server, shop)).toEqual(before);

  const full = await run('restore', '--from', taken.result, '--data', server.data);
  expect(full).toMatchObject({ code: 1, said: expect.stringContaining('into an empty directory only') });
  await server.stop();

  // Without a server it starts the stores itself.
  const storage = await startS3();
  undo.push(() => storage.close());
  const { endpoint, region, key: lent } = storage.settings;
  const settings = {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: lent?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: lent?.secretAccessKey,
  };
  const alone = await runWith(settings, 'backup', '--to', `${storage.bucket}/shop/`, '--data', server.data);
  expect(alone.code, alone.said).toBe(0);
  expect(alone.result).toMatch(/^s3:\/\/tests\/shop\/touchstone-\d{8}-\d{6}$/);
  expect(storage.objects.has(`${alone.result.slice('s3://'.length)}/manifest.json`)).toBe(true);
  expect(alone.said).not.toContain(lent?.secretAccessKey);
  const key = join(folder, 'secrets.json');
  await copyFile(join(server.data, 'secrets.json'), key);
  await server.close();

  const data = join(folder, 'data');
  const refused = await run('restore', '--from', folder, '--data', data);
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('that is no backup') });
  // The key that opens the secrets is kept apart.
  expect(taken.said).toContain('keep a copy of secrets.json');
  const closed = await run('restore', '--from', taken.result, '--data', data);
  expect(closed).toMatchObject({ code: 1, said: expect.stringContaining('sealed with a key that is not here') });
  const restored = await run('restore', '--from', taken.result, '--data', data, '--secrets', key);
  expect(restored.code, restored.said).toBe(0);
  const other = await startServer({ data });
  undo.push(() => other.close());
  expect(await figuresOf(other, shop)).toEqual(before);
  // What was acknowledged and not drained is drained now.
  const found = await until('all that was acknowledged', async () => {
    const ids = await sentEvents(other, shop);
    return ids.length >= certain ? ids : undefined;
  });
  expect(new Set(found).size).toBe(found.length);
  expect(found.length).toBeLessThanOrEqual(acknowledged);
}, 400_000);
