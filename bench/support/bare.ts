import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type OpenedFacts, openFacts } from '../../src/platform/stores/facts.ts';

/** The facts store of a running server's data directory, without the server. */
export async function openBare(data: string): Promise<OpenedFacts> {
  const credentials = z
    .object({ clickhouse: z.string() })
    .parse(JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8')));
  const config = await readFile(join(data, 'clickhouse/config.xml'), 'utf8');
  const port = /<http_port>(\d+)</.exec(config)?.[1] ?? '';
  return openFacts({
    url: `http://127.0.0.1:${port}`,
    user: 'touchstone',
    password: credentials.clickhouse,
    database: 'touchstone',
  });
}
