import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesAt } from './folder.ts';

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'folder-')));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function home(name: string): Promise<string> {
  const at = join(root, name);
  await mkdir(join(at, 'daily'), { recursive: true });
  for (const file of ['1', '2', '3']) await writeFile(join(at, 'daily', file), 'own');
  return at;
}

test('[SO2] a folder that becomes a link after it was looked at leads nowhere', async () => {
  const at = await home('linked');
  await mkdir(join(root, 'outside'));
  await writeFile(join(root, 'outside', '1'), 'secret');
  const { value: first } = await (await filesAt(at, 'daily')).files().next();
  expect(await text(Readable.from(first.bytes()))).toBe('own');
  await rename(join(at, 'daily'), join(at, 'before'));
  await symlink(join(root, 'outside'), join(at, 'daily'));
  await expect(text(Readable.from(first.bytes()))).rejects.toMatchObject({ details: { code: 'path-missing' } });
});

test('[SO4] a file that is gone when its turn comes is left out', async () => {
  const at = await home('gone');
  const names: string[] = [];
  for await (const { name } of (await filesAt(at, 'daily')).files()) {
    names.push(name);
    await rm(join(at, 'daily', '2'), { force: true });
  }
  expect(names).toEqual(['daily/1', 'daily/3']);
});
