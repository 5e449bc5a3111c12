import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, open, rm, rmdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Load } from '../support/load.ts';
import { startServer, type Shop, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const DISK_BYTES = 400_000_000;
const RESERVE_BYTES = 80_000_000;
const BLOCK = Buffer.alloc(1_000_000);

/** A small disk in memory. Null where this process may not mount one. */
async function mountDisk(): Promise<string | null> {
  const dir = await mkdtemp(join(tmpdir(), 'touchstone-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=0711`, 'tmpfs', dir], { stdio: 'ignore' });
    await chmod(dir, 0o711);
    return dir;
  } catch {
    await rmdir(dir);
    return null;
  }
}

/** Whatever still uses it: its room is given back when that ends. */
async function unmountDisk(disk: string): Promise<void> {
  execFileSync('umount', ['-l', disk]);
  await rmdir(disk);
}

const probe = await mountDisk();
if (probe === null) console.log('No disk can be mounted here: the test of a full one is skipped.');
else await unmountDisk(probe);

async function freeBytes(disk: string): Promise<number> {
  const { bavail, bsize, blocks } = await statfs(disk);
  // Never that of the machine.
  if (blocks * bsize > 2 * DISK_BYTES) throw new Error(`${disk} is no small disk.`);
  return bavail * bsize;
}

/** Takes room until only so much is left, or all there is. */
async function fill(disk: string, leftBytes: number): Promise<void> {
  const file = await open(join(disk, 'ballast'), 'a');
  try {
    while ((await freeBytes(disk)) > leftBytes) await file.write(BLOCK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await file.close();
  }
}

const unballast = (disk: string): Promise<void> => rm(join(disk, 'ballast'), { force: true });
const readiness = z.object({ status: z.string(), problem: z.string().optional() });

test.skipIf(probe === null)(
  '[SR19] a disk that fills costs nothing that was taken, is said in words, and room is enough to go on',
  { timeout: 180_000 },
  async () => {
    // One for each try.
    const disk = await mountDisk();
    if (disk === null) throw new Error('A disk could be mounted a moment ago.');
    const data = join(disk, 'data');
    let server: TestServer | undefined;
    try {
      server = await startServer({ data, env: { DISK_RESERVE_BYTES: String(RESERVE_BYTES) } });
      const shop = await server.setup();
      await fillsAndEmpties(disk, server, shop);
    } finally {
      await server?.close();
      await unmountDisk(disk);
    }
  },
);

async function fillsAndEmpties(disk: string, { url }: TestServer, shop: Shop): Promise<void> {
  const load = new Load(url, shop);
  const ready = async (): Promise<z.infer<typeof readiness>> =>
    readiness.parse(await (await fetch(`${url}/readyz`)).json());
  const upload = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/octet-stream' };
    const response = await fetch(`${url}/api/v1/uploads?name=a.csv`, { method: 'POST', headers, body: 'a,b\n1,2\n' });
    await response.text();
    return response.status;
  };
  const takes = (): Promise<true> => until('a batch to be taken', () => load.offer());

  await takes();
  expect(await upload()).toBe(201);

  // Nearly full: new data is refused in words, what was taken is drained.
  await fill(disk, RESERVE_BYTES / 2);
  await until('files to be refused', async () => (await upload()) === 507);
  expect(await load.offer()).toBe(false);
  expect(load.refusal).toMatchObject({ status: 429, text: expect.stringContaining('The disk is nearly full') });
  expect(await ready()).toMatchObject({ status: 'not ready', problem: expect.stringContaining('nearly full') });
  await unballast(disk);
  await takes();
  expect(await upload()).toBe(201);
  expect(await ready()).toMatchObject({ status: 'ready' });

  // Full at once, under load, before anybody could look.
  let filling = true;
  const sending = load.sendWhile(() => filling, 4);
  const before = load.acknowledged;
  await until('the load', () => load.acknowledged > before + 10);
  load.refusal = undefined;
  await fill(disk, 0);
  await until('the refusal', () => load.refusal?.text.includes('nearly full'));
  await unballast(disk);
  filling = false;
  await sending;
  await until('the server to be ready', async () => (await ready()).status === 'ready', 60_000);
  await takes();
  await load.finish();
  const { lost, doubled, rejected } = await load.look();
  expect({ lost, doubled, rejected }).toEqual({ lost: 0, doubled: 0, rejected: 0 });
}
