import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../kernel/config.ts';
import { writeDurably } from '../stores/durable.ts';
import { freshVaultKey, keyOfSecret, makeVault, vaultKey, type Vault, type VaultKey } from './vault.ts';

export const FILE = 'secrets.json';
const fileShape = z.object({ keys: z.array(z.string().regex(/^[0-9a-f]{64}$/)) });

type Where = Pick<Config, 'dataDir' | 'secrets' | 'databaseUrl'>;

async function keysInFile(dataDir: string): Promise<VaultKey[]> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch(() => null);
  if (text === null) return [];
  return fileShape.parse(JSON.parse(text)).keys.map((hex) => vaultKey(Buffer.from(hex, 'hex')));
}

async function writeKeys(dataDir: string, keys: readonly VaultKey[]): Promise<void> {
  const kept = { keys: keys.map(({ key }) => key.toString('hex')) };
  await writeDurably(join(dataDir, FILE), `${JSON.stringify(kept)}\n`, 0o600);
}

/** The names of the keys that are here. */
export async function knownKeys({ dataDir, secrets }: Omit<Where, 'databaseUrl'>): Promise<string[]> {
  return [...secrets.map(keyOfSecret), ...(await keysInFile(dataDir))].map((k) => k.id);
}

/** The vault of this installation: TOUCHSTONE_SECRET, else the key file, which is made where the stores are ours alone. */
export async function openVault({ dataDir, secrets, databaseUrl }: Where): Promise<Vault> {
  const inFile = await keysInFile(dataDir);
  const keys = [...secrets.map(keyOfSecret), ...inFile];
  if (keys.length > 0 || databaseUrl !== undefined) return makeVault(keys);
  const made = freshVaultKey();
  await writeKeys(dataDir, [made]);
  return makeVault([made]);
}

/**
 * A new key in front of those in the key file, or the first value of TOUCHSTONE_SECRET. `settle` forgets the others once
 * everything is sealed anew; until then a crash loses nothing.
 */
export async function rotateKeys({ dataDir, secrets }: Where): Promise<{ vault: Vault; settle(): Promise<void> }> {
  const before = await keysInFile(dataDir);
  if (secrets.length > 0) {
    const keys = [...secrets.map(keyOfSecret), ...before];
    return {
      vault: makeVault(keys),
      settle: async () => {
        if (before.length > 0) await writeKeys(dataDir, []);
      },
    };
  }
  const fresh = freshVaultKey();
  await writeKeys(dataDir, [fresh, ...before]);
  return { vault: makeVault([fresh, ...before]), settle: () => writeKeys(dataDir, [fresh]) };
}
