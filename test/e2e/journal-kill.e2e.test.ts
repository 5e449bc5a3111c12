import { afterAll, beforeAll, expect, test } from 'vitest';
import { drill, roundsOr } from '../support/drill.ts';
import { Load } from '../support/load.ts';
import { startServer, type TestServer } from '../support/server.ts';

const KILLS = roundsOr(30);

let server: TestServer;
let load: Load;

beforeAll(async () => {
  server = await startServer();
  load = new Load(server.url, await server.setup());
});
afterAll(() => server.close());

test(
  `[JR1] a server killed ${KILLS} times in the middle of load has every event exactly once`,
  { timeout: 60_000 + KILLS * 20_000 },
  async () => {
    const strike = async (): Promise<void> => {
      await server.kill();
      await server.start();
    };
    await drill({ what: 'the server', rounds: KILLS, load, strike });
    expect(load.sent).toBeGreaterThan(KILLS * 50);
  },
);
