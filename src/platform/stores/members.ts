import { z } from 'zod';
import type { OpenedFacts } from './facts.ts';
import { partedOf, partsIn, refuseOtherNumber, type ShardNode, type Shards } from './shards.ts';

const memberRow = z.object({
  shards: z.coerce.number(),
  members: z.coerce.number(),
  /** Whether of several replicas one is written to, which the others fetch from. */
  fetched: z.coerce.number(),
});
const answeringRow = z.object({ n: z.coerce.number() });
const macrosRow = z.object({ shard: z.string(), replica: z.string() });
const namedRow = z.object({ name: z.string() });

/**
 * Throws in words where the servers of an address do not know one another as the cluster that it names.
 * @param nodes those that answer
 */
export async function refuseOtherCluster(
  shards: Shards,
  nodes: readonly ShardNode[],
  tables: ReadonlySet<string>,
): Promise<void> {
  const { cluster, urls } = shards;
  const parts = partsIn(shards);
  for (const { front } of nodes) {
    await refuseOtherNumber(front, parts, tables);
    const { host } = new URL(front.address.url);
    const [found] = await front.query(
      memberRow,
      `SELECT uniqExact(shard_num) AS shards, count() AS members, min(internal_replication) AS fetched
       FROM system.clusters WHERE cluster = {cluster:String}`,
      { cluster },
    );
    if (found === undefined || found.members === 0) {
      throw new Error(
        `ClickHouse at ${host} knows no cluster ${cluster}: name all servers of CLICKHOUSE_URL in its remote_servers, each a shard or a replica of one.`,
      );
    }
    if (found.members > found.shards && parts === urls.length) {
      throw new Error(
        `The cluster ${cluster} of ClickHouse at ${host} has several replicas of a shard, and CLICKHOUSE_URL does not say whose: name every server with ?shard=1 (2, 3 …), as docs/scale.md says.`,
      );
    }
    if (found.shards !== parts) {
      const named = parts === urls.length ? `${parts} servers` : `servers of ${parts}`;
      throw new Error(
        `The cluster ${cluster} of ClickHouse at ${host} has ${found.shards} shards, and CLICKHOUSE_URL names ${named}: name the same in both.`,
      );
    }
    if (found.members !== urls.length) {
      throw new Error(
        `The cluster ${cluster} of ClickHouse at ${host} has ${found.members} servers, and CLICKHOUSE_URL names ${urls.length}: name the same in both.`,
      );
    }
    if (parts < urls.length && found.fetched === 0) {
      throw new Error(
        `The cluster ${cluster} of ClickHouse at ${host} would have every replica written to: set internal_replication to true for each of its shards.`,
      );
    }
    const [answering] = await front.query(
      answeringRow,
      `SELECT count() AS n FROM cluster({cluster:String}, system.one)`,
      { cluster },
    );
    if (answering?.n !== parts) throw new Error(`Not all servers of the cluster ${cluster} answer that at ${host}.`);
  }
  if (parts < urls.length) await refuseOtherReplicas(nodes, tables);
}

/** Throws in words where servers cannot be replicas of one another as their address says. */
async function refuseOtherReplicas(nodes: readonly ShardNode[], tables: ReadonlySet<string>): Promise<void> {
  const shardsSeen = new Set<string>();
  for (const part of partedOf(nodes)) {
    const said: z.infer<typeof macrosRow>[] = [];
    for (const { front, local } of part) {
      const { host } = new URL(front.address.url);
      said.push(await macrosOf(front, host));
      await refuseUnreplicated(local, host, tables);
    }
    const shards = new Set(said.map((macros) => macros.shard));
    const [shard = ''] = shards;
    if (shards.size > 1 || shardsSeen.has(shard) || new Set(said.map((m) => m.replica)).size < said.length) {
      const hosts = part.map(({ front }) => new URL(front.address.url).host).join(', ');
      throw new Error(
        `The macros of ClickHouse at ${hosts} are not those of replicas of one shard: {shard} has to be the same on all of them and on no other, and {replica} another on each.`,
      );
    }
    shardsSeen.add(shard);
  }
}

async function macrosOf(front: OpenedFacts, host: string): Promise<z.infer<typeof macrosRow>> {
  const [macros] = await front.query(
    macrosRow,
    `SELECT anyIf(substitution, macro = 'shard') AS shard, anyIf(substitution, macro = 'replica') AS replica FROM system.macros`,
  );
  if (macros !== undefined && macros.shard !== '' && macros.replica !== '') return macros;
  throw new Error(`ClickHouse at ${host} has no macros shard and replica: replicas find one another by them.`);
}

/** Rows that one server keeps by itself do not become replicated by a name in an address. */
async function refuseUnreplicated(local: OpenedFacts, host: string, tables: ReadonlySet<string>): Promise<void> {
  const alone = await local.query(
    namedRow,
    `SELECT name FROM system.tables WHERE database = currentDatabase()
       AND engine LIKE '%MergeTree' AND engine NOT LIKE 'Replicated%' AND name != 'schema_migrations' ORDER BY name`,
  );
  const ours = alone.find(({ name }) => tables.has(name));
  if (ours === undefined) return;
  throw new Error(
    `${ours.name} on ClickHouse at ${host} has no replicas: take a backup, and restore it into empty databases with replicas.`,
  );
}
