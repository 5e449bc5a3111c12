import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packCluster, readClusterTemplate, writeClusterTemplate } from './cluster.ts';
import { embeddedBinDir, startPostgres, type PostgresEngine } from './postgres-engine.ts';

const PASSWORD = 'a password of a test';
let place: string;
let template: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'touchstone-template-'));
  await chmod(place, 0o711);
  template = join(place, 'template');
  await writeClusterTemplate(template, await embeddedBinDir());
});
afterAll(() => rm(place, { recursive: true, force: true }));

/** What a running PostgreSQL answers before it is stopped. */
async function answerOf(engine: PostgresEngine, statement: string): Promise<unknown[]> {
  try {
    return await asked(engine.urlOf('postgres'), statement);
  } finally {
    await engine.stop();
  }
}

async function asked(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('[SR24] a first start copies the template, gives it its own password, and one that was cut off begins anew', async () => {
  const dir = join(place, 'copied');
  const made = await readClusterTemplate(template);
  const started = await startPostgres({ dir, password: PASSWORD, template });
  try {
    const url = started.urlOf('postgres');
    const withThatOfTemplate = url.replace(encodeURIComponent(PASSWORD), encodeURIComponent(made?.password ?? ''));
    await expect(asked(withThatOfTemplate, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const settings =
      "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = 'template1'";
    expect(await asked(url, settings)).toEqual([{ datlocprovider: 'i', datlocale: 'und', encoding: 'UTF8' }]);
    await asked(url, 'CREATE TABLE kept AS SELECT 7 AS n');
  } finally {
    await started.stop();
  }
  await expect(stat(join(dir, 'data.unfinished'))).rejects.toThrow('ENOENT');

  const again = await startPostgres({ dir, password: PASSWORD, template });
  expect(await answerOf(again, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);

  // As a crash leaves it before the copy is durable: parts of it may be wanting.
  await writeFile(join(dir, 'data.unfinished'), '');
  await rm(join(dir, 'data', 'global'), { recursive: true });
  const anew = await startPostgres({ dir, password: PASSWORD, template });
  const kept = "SELECT 1 FROM pg_tables WHERE tablename = 'kept'";
  expect(await answerOf(anew, kept)).toEqual([]);
});

test('[SR24] a template that is damaged or not there is none, and where PostgreSQL does not start over its copy it makes a cluster', async () => {
  const bytes = await readFile(template);
  const damaged = join(place, 'damaged');
  await writeFile(damaged, bytes.subarray(0, bytes.length - 1));
  expect(await readClusterTemplate(damaged)).toBeNull();
  bytes[bytes.length >> 1] = ~(bytes[bytes.length >> 1] ?? 0) & 255;
  await writeFile(damaged, bytes);
  expect(await readClusterTemplate(damaged)).toBeNull();
  expect(await readClusterTemplate(join(place, 'nowhere'))).toBeNull();

  const broken = join(place, 'broken');
  await mkdir(broken);
  await writeFile(join(broken, 'PG_VERSION'), '18\n');
  const unfit = join(place, 'unfit');
  await packCluster(broken, 'a password that nobody has', unfit);
  const engine = await startPostgres({ dir: join(place, 'made'), password: PASSWORD, template: unfit });
  expect(await answerOf(engine, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
});
