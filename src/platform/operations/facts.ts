import { z } from 'zod';
import type { Facts, FactsServer } from '../stores/ports.ts';

/** How the facts store fares, or one of its servers. */
export interface FactsVital {
  /** Held by the server's process, all workspaces and its own caches. */
  readonly memoryBytes: number;
  /** Active parts of our tables; many in one partition make reading slow and inserting refused. */
  readonly parts: number;
  readonly fullestPartitionParts: number;
  readonly rows: number;
  readonly diskBytes: number;
}

const vitalRow = z.object({
  memoryBytes: z.coerce.number(),
  parts: z.coerce.number(),
  fullestPartitionParts: z.coerce.number(),
  rows: z.coerce.number(),
  diskBytes: z.coerce.number(),
});

const VITAL = `
  SELECT
    (SELECT max(value) FROM system.metrics WHERE metric = 'MemoryTracking') AS memoryBytes,
    sum(n) AS parts, max(n) AS fullestPartitionParts, sum(held) AS rows, sum(bytes) AS diskBytes
  FROM (
    SELECT count() AS n, sum(p.rows) AS held, sum(p.bytes_on_disk) AS bytes
    FROM system.parts AS p WHERE p.active AND p.database = currentDatabase() GROUP BY p.table, p.partition_id
  )`;

export async function selectFactsVital(server: Pick<Facts, 'query'>): Promise<FactsVital> {
  const [row] = await server.query(vitalRow, VITAL);
  return row ?? { memoryBytes: 0, parts: 0, fullestPartitionParts: 0, rows: 0, diskBytes: 0 };
}

/** Of all servers together. */
export function together(vitals: readonly FactsVital[]): FactsVital {
  const sum = (of: (vital: FactsVital) => number): number => vitals.reduce((all, vital) => all + of(vital), 0);
  return {
    memoryBytes: sum((v) => v.memoryBytes),
    parts: sum((v) => v.parts),
    fullestPartitionParts: Math.max(0, ...vitals.map((v) => v.fullestPartitionParts)),
    rows: sum((v) => v.rows),
    diskBytes: sum((v) => v.diskBytes),
  };
}

const factsSelf = z.object({ version: z.string(), now: z.coerce.number() });

/** Its version and its clock, in ms since 1970. */
export async function selectFactsSelf(
  server: FactsServer,
): Promise<{ readonly version: string; readonly nowMs: number }> {
  const [row] = await server.query(factsSelf, 'SELECT version() AS version, toUnixTimestamp64Milli(now64(3)) AS now');
  return { version: row?.version ?? '', nowMs: row?.now ?? 0 };
}
