import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../stores/durable.ts';
import { TOKEN_FILE } from './vocabulary.ts';

/** Shown by whoever may read the data directory. */
export interface DirectoryToken {
  /** Null while none has been made. */
  value(): string | null;
  make(): Promise<void>;
  remove(): Promise<void>;
}

/** A token in the data directory, for its owner's eyes alone, good until the server stops. */
export function directoryToken(dataDir: string): DirectoryToken {
  const file = join(dataDir, TOKEN_FILE);
  let token: string | null = null;
  return {
    value: () => token,
    make: async () => {
      token = randomBytes(32).toString('base64url');
      await writeDurably(file, `${token}\n`, 0o600);
    },
    remove: async () => {
      if (token !== null) await rm(file, { force: true });
    },
  };
}
