import { Client } from 'pg';
import { openFacts, type FactsAddress } from './facts.ts';
import { onThose } from './replicas.ts';
import { nodesOf, partedOf, type NodeAddress } from './shards.ts';

async function asAdmin<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Another database on the same server of PostgreSQL. */
export function recordsUrlOf(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Makes a database of PostgreSQL; a copy of `template`, which nobody may be connected to. Gives its address. */
export async function createRecordsDatabase(adminUrl: string, name: string, template = 'template1'): Promise<string> {
  await asAdmin(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${client.escapeIdentifier(template)}`),
  );
  return recordsUrlOf(adminUrl, name);
}

/** Makes a database of PostgreSQL where it is not. Gives its address. */
export async function ensureRecordsDatabase(adminUrl: string, name: string): Promise<string> {
  const there = await asAdmin(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    return rowCount !== 0;
  });
  return there ? recordsUrlOf(adminUrl, name) : createRecordsDatabase(adminUrl, name);
}

/** Makes the database of an address of ClickHouse where it is not: on each server, of replicas on those that answer. */
export async function ensureFactsDatabase(address: FactsAddress): Promise<void> {
  for (const part of partedOf(nodesOf(address))) {
    await onThose(part, async ({ front, local }: NodeAddress) => {
      for (const { database, ...server } of address.shards === undefined ? [front] : [front, local]) {
        const facts = openFacts({ ...server, database: 'system' });
        try {
          await facts.command('CREATE DATABASE IF NOT EXISTS {database:Identifier}', { database });
        } finally {
          await facts.close();
        }
      }
    });
  }
}
