import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operation } from '../kernel/contract.ts';
import { readConfig } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { identify } from '../stores/processes.ts';
import type { Capability } from './house.ts';
import { openHouse } from './open.ts';

test('[HS23] a house that does not open leaves no owner and no engine', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'touchstone-open-'));
  const pids: number[] = [];
  const broken: Capability = {
    name: 'test/broken',
    key: 'broken',
    contract: { nothing: operation({ method: 'GET', path: '/nothing', permission: 'public', summary: 'Nothing' }) },
    plug: (house) => {
      const { postgres, clickhouse } = house.engines?.() ?? {};
      for (const engine of [postgres, clickhouse]) {
        if (engine !== undefined && 'pid' in engine && engine.pid !== null) pids.push(engine.pid);
      }
      throw new Error('does not plug');
    },
  };
  try {
    const config = readConfig({}, { dataDir: dir, host: '0.0.0.0', port: 4321 });
    await expect(openHouse(config, { capabilities: [broken], log: silentLog })).rejects.toThrow('does not plug');
    expect(pids).toHaveLength(2);
    for (const pid of pids) expect(await identify(pid)).toBeNull();
    await expect(stat(join(dir, 'owner.json'))).rejects.toThrow('ENOENT');

    const opened = await openHouse(config, { capabilities: [], log: silentLog });
    expect(await readFile(join(dir, 'owner.json'), 'utf8')).toContain('"address":"http://127.0.0.1:4321"');
    await opened.stop();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

test('[LA11] fewer roles than all over engines of its own are refused before anything starts', async () => {
  const dir = join(tmpdir(), 'touchstone-never-made');
  const config = readConfig({}, { dataDir: dir, roles: new Set(['web', 'ingest'] as const) });
  await expect(openHouse(config, { capabilities: [], log: silentLog })).rejects.toThrow('Without worker');
  await expect(stat(dir)).rejects.toThrow('ENOENT');
});
