import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startShards } from '../../../test/support/shards.ts';
import { drainJournal } from '../../core/journal/drain.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import { openHouse, type OpenedHouse } from '../house/open.ts';
import { readConfig } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { buildApp, type App } from '../server/app.ts';
import { createKey, createWorkspace } from '../workspaces/facade.ts';
import { startClickHouse, type ClickHouseEngine } from './clickhouse-engine.ts';
import { ensureRecordsDatabase } from './databases.ts';
import { startPostgres, type PostgresEngine } from './postgres-engine.ts';

/** Where Debian puts the programs of its PostgreSQL, newest first. */
const DEBIAN = '/usr/lib/postgresql';
const [debian] = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
if (debian === undefined) console.log('PostgreSQL of Debian is not installed: conformance over it is skipped.');

interface Place {
  readonly name: string;
  readonly there: boolean;
  /** Starts what is needed and gives the addresses; none means that the house starts its own engines. */
  start(
    dir: string,
  ): Promise<{ readonly databaseUrl?: string; readonly clickhouseUrl?: string; stop(): Promise<void> }>;
}

const PASSWORD = 'a password of a test';

const PLACES: readonly Place[] = [
  { name: 'its own engines', there: true, start: async () => ({ stop: async () => undefined }) },
  {
    name: `PostgreSQL ${debian} and ClickHouse by address`,
    there: debian !== undefined,
    start: async (dir) => {
      const running: (PostgresEngine | ClickHouseEngine)[] = [];
      const postgres = await startPostgres({
        dir: join(dir, 'outside-postgres'),
        password: PASSWORD,
        binDir: join(DEBIAN, debian ?? '', 'bin'),
      });
      running.push(postgres);
      const clickhouse = await startClickHouse({ dir: join(dir, 'outside-clickhouse'), password: PASSWORD });
      running.push(clickhouse);
      const address = new URL(clickhouse.addressOf('shop').url);
      address.username = 'touchstone';
      address.password = encodeURIComponent(PASSWORD);
      address.pathname = '/shop';
      return {
        databaseUrl: await ensureRecordsDatabase(postgres.urlOf('postgres'), 'shop'),
        clickhouseUrl: address.href,
        stop: async () => {
          await Promise.all(running.map((engine) => engine.stop()));
        },
      };
    },
  },
  {
    name: 'two ClickHouse servers, each with a part of the rows',
    there: true,
    start: async (dir) => {
      const shards = await startShards(dir, PASSWORD);
      return { clickhouseUrl: shards.urlOf('shop'), stop: () => shards.stop() };
    },
  },
];

describe.each(PLACES.filter((p) => p.there))('over $name', ({ start }) => {
  let dir: string;
  let outside: Awaited<ReturnType<Place['start']>>;
  let opened: OpenedHouse;
  let app: App;

  const open = async (): Promise<void> => {
    const { stop: _, ...addresses } = outside;
    const config = readConfig({}, { dataDir: join(dir, 'data'), logLevel: 'silent', ...addresses });
    opened = await openHouse(config, { capabilities: serverCapabilities, log: silentLog, background: false });
    await opened.start();
    app = buildApp({ house: opened.house, living: opened.living });
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'touchstone-conformance-'));
    await chmod(dir, 0o711);
    outside = await start(dir);
    await open();
  });
  afterAll(async () => {
    await opened.stop();
    await outside.stop();
    await rm(dir, { recursive: true, force: true });
  });

  async function shop(): Promise<{ id: string; writeKey: string; secretKey: string }> {
    const { house, jobs } = opened;
    const made = await createWorkspace(house, { name: 'A shop', zone: 'UTC', currency: 'EUR', locale: 'en' });
    const scopes = ['people:read', 'events:read'] as const;
    const key = await createKey(
      house,
      made.workspace.id,
      { kind: 'secret', name: 'Test', scopes: [...scopes] },
      'test',
    );
    await jobs.runAll();
    return { id: made.workspace.id, writeKey: made.writeKey, secretKey: key.key };
  }

  test('[SR17] the text of every language is kept, and sorted alike', async () => {
    const words = ['zebra', 'Ärger', 'apfel', 'Žiga', 'ویدا', 'Apfel', '🙂'];
    const { db } = opened.house.records;
    const array = sql`ARRAY[${sql.join(
      words.map((w) => sql`${w}::text`),
      sql`, `,
    )}]`;
    const { rows } = await db.execute(sql`SELECT w FROM unnest(${array}) AS w ORDER BY w COLLATE "C"`);
    const byBytes = words.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(rows.map((row) => row['w'])).toEqual(byBytes);
  });

  test('[SR17] an event goes from the door to its person and its facts', async () => {
    const { id, writeKey, secretKey } = await shop();
    const batch = [1, 2, 3].map((n) => ({
      type: 'track',
      messageId: `m${n}`,
      userId: 'ann',
      event: 'Product Viewed',
      timestamp: opened.house.clock.now().toISOString(),
    }));
    const send = () =>
      app.request('/v1/batch', {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ batch }),
      });
    for (let time = 0; time < 2; time++) {
      expect((await send()).status).toBe(200);
      await drainJournal(opened.house);
    }
    await opened.jobs.runAll();
    const select = 'SELECT name, user_id FROM v_events WHERE workspace = {id:String}';
    const row = z.object({ name: z.string(), user_id: z.string() });
    const found = await opened.house.facts.query(row, select, { id });
    expect(found).toEqual(batch.map(() => ({ name: 'Product Viewed', user_id: 'ann' })));
    const people = await app.request('/api/v1/people', { headers: { authorization: `Bearer ${secretKey}` } });
    expect(people.status).toBe(200);
    expect(await people.json()).toMatchObject({ items: [{}] });
  });

  test('[SR17, SR7] a second start finds the schema and the data as they were', async () => {
    const { id } = await shop();
    await opened.stop();
    await open();
    const { rows } = await opened.house.records.db.execute(sql`SELECT id FROM workspaces WHERE id = ${id}`);
    expect(rows).toEqual([{ id }]);
    const ours = opened.engines.status();
    const stateOf = (address: string | undefined): string => (address === undefined ? 'running' : 'outside');
    const states = [stateOf(outside.databaseUrl), stateOf(outside.clickhouseUrl)];
    expect([ours.postgres.state, ours.clickhouse.state]).toEqual(states);
  });
});
