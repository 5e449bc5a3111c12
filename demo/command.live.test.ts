import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { HeldClock } from '../src/platform/kernel/clock.ts';
import { openWorld, type TestWorkspace, type World } from '../test/support/world.ts';
import { demo } from './command.ts';
import { FILE_NAMES } from './files.ts';

const clock = new HeldClock('2026-03-10T12:00:00.000Z');
let world: World;
let shop: TestWorkspace;
beforeAll(async () => {
  world = await openWorld({ clock });
});
// Of its own each time: what an earlier try loaded is not counted.
beforeEach(async () => {
  shop = await world.workspace({ zone: 'Asia/Tehran' });
});
afterAll(() => world.close());

/** Runs the command against the API while the house does its jobs beside it. */
async function run(...args: string[]): Promise<number> {
  const authorization = `Bearer ${shop.secretKey}`;
  const connect = async () => ({
    to: 'the test',
    request: (path: `/${string}`, init: RequestInit = {}) =>
      world.app.request(path, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init.headers)), authorization },
      }),
    close: async () => undefined,
  });
  let running = true;
  const work = async (): Promise<number> => {
    try {
      return await demo(clock).run(args, {}, connect);
    } finally {
      running = false;
    }
  };
  const jobs = async (): Promise<void> => {
    while (running) {
      await world.runJobs();
      // Lets the command have its answers.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const [code] = await Promise.all([work(), jobs()]);
  return code;
}

const imports = z.object({
  items: z.array(
    z.object({
      fileName: z.string(),
      state: z.string(),
      counts: z.object({ rows: z.number(), added: z.number(), changed: z.number(), bad: z.number() }),
    }),
  ),
});

async function loaded() {
  const answer = await world.api(shop.secretKey).get('/api/v1/imports?limit=50');
  return imports.parse(answer.body).items;
}

test('[DM6] the demo goes in whole, and a second time changes nothing', async () => {
  expect(await run('--files', '--people', '25')).toBe(0);
  const first = await loaded();
  expect(first.map((job) => job.fileName).toSorted()).toEqual([...FILE_NAMES].toSorted());
  for (const { fileName, state, counts } of first) {
    expect({ state, bad: counts.bad, added: counts.added }, fileName).toEqual({
      state: 'done',
      bad: 0,
      added: counts.rows,
    });
  }
  clock.advance(24 * 3_600_000);
  expect(await run('--files', '--people', '25')).toBe(0);
  const again = (await loaded()).slice(0, FILE_NAMES.length);
  for (const { counts } of again) expect(counts).toMatchObject({ added: 0, changed: 0, bad: 0 });
  await expect(run('--files', '--people', 'many')).rejects.toThrow('--people');
});
