import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import type { Log } from '../kernel/log.ts';
import { Watch } from '../kernel/watch.ts';
import type { Db, Records } from './ports.ts';
import { watchPool } from './watched.ts';

export interface OpenedRecords extends Records {
  readonly pool: Pool;
  close(): Promise<void>;
}

/**
 * Opens PostgreSQL. Connections are made when needed, so that a server that restarts is found again.
 * @param url `postgresql://user:password@host:port/database`
 */
export function openRecords(
  url: string,
  log: Log,
  options: { readonly max?: number; readonly watch?: Watch } = {},
): OpenedRecords {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 20,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 30_000,
    application_name: 'touchstone',
  });
  // A connection that breaks while nobody uses it: the pool forgets it and makes another.
  pool.on('error', (error) => log.warn({ error }, 'a connection to the records store broke'));
  // One that breaks in the middle of a transaction: that transaction fails. Unheard, the error would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  watchPool(pool, options.watch ?? new Watch());
  const db = drizzle(pool);
  return {
    pool,
    db,
    transaction: <T>(work: (tx: Db) => Promise<T>) => db.transaction((tx) => work(tx)),
    ping: async () => {
      await pool.query('SELECT 1');
    },
    connections: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      most: pool.options.max,
    }),
    close: () => pool.end(),
  };
}
