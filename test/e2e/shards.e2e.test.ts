import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { drill, killEngine, roundsOr } from '../support/drill.ts';
import { Load } from '../support/load.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startShards, type StartedShards } from '../support/shards.ts';

/** By `npm run drills` alone: in every run, shards.live.test.ts ends one of two servers once. */
describe.runIf(process.env['DRILL_ROUNDS'] !== undefined)('over two ClickHouse servers', () => {
  let dir: string;
  let shards: StartedShards;
  let server: TestServer;
  let load: Load;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'touchstone-drill-'));
    await chmod(dir, 0o711);
    shards = await startShards(dir, 'a password of a test');
    server = await startServer({ env: { CLICKHOUSE_URL: shards.urlOf('shop') } });
    load = new Load(server.url, await server.setup());
  });
  afterAll(async () => {
    await server.close();
    await shards.stop();
    await rm(dir, { recursive: true, force: true });
  });

  test(
    '[SR21, SR22] one of them is killed under load, again and again',
    { timeout: 60_000 + roundsOr(3) * 20_000 },
    async () => {
      let turn = 0;
      await drill({
        what: 'one of two ClickHouse servers',
        rounds: roundsOr(3),
        load,
        strike: async () => {
          const which = turn++ % 2;
          await shards.kill(which);
          await shards.start(which);
        },
      });
    },
  );

  test(
    '[SR14, SR21] PostgreSQL is killed under load before two ClickHouse servers',
    { timeout: 60_000 + roundsOr(3) * 20_000 },
    () =>
      drill({
        what: 'PostgreSQL, before two ClickHouse servers',
        rounds: Math.min(roundsOr(3), 10),
        load,
        strike: () => killEngine(server.data, 'postgres'),
      }),
  );
});
