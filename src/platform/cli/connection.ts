import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Capability, Connection } from '../house/house.ts';
import { openHouse } from '../house/open.ts';
import { systemClock } from '../kernel/clock.ts';
import { readConfig, type Config } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { buildApp } from '../server/app.ts';
import { ownerOf } from '../stores/data-dir.ts';
import { reach } from './asking.ts';
import { terminal } from './terminal.ts';

/** In the data directory: the keys that `init` made, readable by their owner alone. */
export const KEY_FILE = 'cli-key.json';

const keyFile = z.object({ workspaceId: z.string(), secretKey: z.string() });

/**
 * Opens the API for a command: by HTTP to the server that owns the data directory, else to the directory itself, which
 * this process then owns until `close`. The secret key is TOUCHSTONE_KEY, or the one that `init` left in the directory.
 * @param overrides what the command line said of the configuration
 */
export async function connect(
  capabilities: readonly Capability[],
  env: Readonly<Record<string, string | undefined>>,
  overrides: Partial<Config> = {},
): Promise<Connection> {
  const config = readConfig(env, overrides);
  const key = config.key ?? (await keyIn(config.dataDir));
  const authorization = `Bearer ${key}`;
  const owner = await ownerOf(config.dataDir, systemClock);
  if (owner !== null) {
    return {
      to: owner.address,
      request: (path, init = {}) => reach(owner.address, path, withKey(init, authorization)),
      close: async () => undefined,
    };
  }
  const opened = await openHouse(config, {
    capabilities,
    log: silentLog,
    progress: (step) => terminal.say(`${step} …`),
  });
  await opened.start().catch(async (error: unknown) => {
    await opened.stop();
    throw error;
  });
  const app = buildApp({ house: opened.house, living: opened.living });
  return {
    to: config.dataDir,
    request: async (path, init = {}) =>
      app.fetch(new Request(new URL(path, config.publicUrl), withKey(init, authorization))),
    close: () => opened.stop(),
  };
}

function withKey(init: RequestInit, authorization: string): RequestInit {
  const headers = new Headers(init.headers);
  headers.set('authorization', authorization);
  return { ...init, headers };
}

async function keyIn(dataDir: string): Promise<string> {
  const text = await readFile(join(dataDir, KEY_FILE), 'utf8').catch(() => null);
  if (text === null) {
    throw new Error(
      `${dataDir} holds no key for the command line. Where nothing is set up yet, run ./touchstone init first; else make a secret key on the page Keys and set TOUCHSTONE_KEY to it.`,
    );
  }
  return keyFile.parse(JSON.parse(text)).secretKey;
}
