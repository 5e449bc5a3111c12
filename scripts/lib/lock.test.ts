import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withLock } from './lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('[WB12] two at once go one after the other, and leave no lock', async () => {
  const path = join(folder, 'both');
  const log: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} ends`);
  };
  await Promise.all([withLock(path, work('a')), withLock(path, work('b'))]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(existsSync(path)).toBe(false);
});

test('[WB12] a lock whose process is gone is taken over; one that throws gives its lock back', async () => {
  const path = join(folder, 'left');
  const gone = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, String(gone.pid));
  await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(path, () => Promise.resolve(7))).toBe(7);
});
