import { createHash, randomInt } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { entryUrl } from '../kernel/entry.ts';
import { endLeftover, spawnEngine, tailOf, type EngineProcess } from './engine.ts';
import { endProcess } from './processes.ts';
import { writeDurably } from './durable.ts';
import type { FactsAddress } from './facts.ts';

export interface ClickHouseOptions {
  readonly dir: string;
  readonly password: string;
  /** The loopback port to use again, so that an address stays good over a restart; a free one unless said. */
  readonly port?: number;
  readonly startTimeoutMs?: number;
  /** As one of several, each with a port for the others; for tests and benchmarks. */
  readonly cluster?: { readonly name: string; readonly port: number; readonly ports: readonly number[] };
  /** Room on the disk that it does not take. */
  readonly keptFreeBytes?: number;
}

export interface ClickHouseEngine extends EngineProcess {
  readonly port: number;
  addressOf(database: string): FactsAddress;
}

export const CLICKHOUSE_USER = 'touchstone';

function memoryLimitBytes(): number {
  const machine = process.constrainedMemory?.() ?? 0;
  const usable = machine > 0 && machine < totalmem() ? machine : totalmem();
  return Math.max(1_000_000_000, Math.floor(usable * 0.4));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function clusterXml({ cluster, password }: ClickHouseOptions): string {
  if (cluster === undefined) return '';
  const who = `<user>${CLICKHOUSE_USER}</user><password>${escaped(password)}</password>`;
  const shards = cluster.ports.map(
    (port) => `<shard><replica><host>127.0.0.1</host><port>${port}</port>${who}</replica></shard>`,
  );
  const { name } = cluster;
  return `  <tcp_port>${cluster.port}</tcp_port>
  <remote_servers><${name}>${shards.join('')}</${name}></remote_servers>
`;
}

function configXml(usersFile: string, port: number, options: ClickHouseOptions): string {
  const threads = Math.max(2, availableParallelism());
  return `<clickhouse>
  <users_config>${escaped(usersFile)}</users_config>
  <timezone>UTC</timezone>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${port}</http_port>
  <keep_alive_timeout>30</keep_alive_timeout>
  <storage_configuration><disks><default><keep_free_space_bytes>${options.keptFreeBytes ?? 0}</keep_free_space_bytes></default></disks></storage_configuration>
  <max_server_memory_usage>${memoryLimitBytes()}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <index_uncompressed_cache_size>0</index_uncompressed_cache_size>
  <compiled_expression_cache_size>16777216</compiled_expression_cache_size>
  <query_cache><max_size_in_bytes>0</max_size_in_bytes></query_cache>
  <background_pool_size>${threads}</background_pool_size>
  <background_schedule_pool_size>8</background_schedule_pool_size>
  <merge_tree><number_of_free_entries_in_pool_to_execute_mutation>2</number_of_free_entries_in_pool_to_execute_mutation><number_of_free_entries_in_pool_to_lower_max_size_of_merge>2</number_of_free_entries_in_pool_to_lower_max_size_of_merge><number_of_free_entries_in_pool_to_execute_optimize_entire_partition>2</number_of_free_entries_in_pool_to_execute_optimize_entire_partition></merge_tree>
${clusterXml(options)}</clickhouse>
`;
}

/** The session that starts the engine logs in as `default` without a password: it may open the port and nothing else. */
function usersXml(password: string): string {
  return `<clickhouse>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <no_password/>
      <networks><ip>::1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants>
        <query>GRANT SYSTEM LISTEN ON *.*</query>
        <query>GRANT SELECT ON system.numbers</query>
      </grants>
    </default>
    <${CLICKHOUSE_USER}>
      <password_sha256_hex>${createHash('sha256').update(password).digest('hex')}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip><ip>::1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <access_management>1</access_management>
    </${CLICKHOUSE_USER}>
  </users>
</clickhouse>
`;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Below the ports that systems hand out for outgoing connections, so that nobody takes it during a restart. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new Error('There is no free port for ClickHouse on the loopback.');
}

/** Whether our own ClickHouse answers there: another would not know the password. */
async function answers(port: number, password: string): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/?query=SELECT%201`, {
      headers: { 'X-ClickHouse-User': CLICKHOUSE_USER, 'X-ClickHouse-Key': password },
      signal: AbortSignal.timeout(5000),
    });
    return (await response.text()) === '1\n';
  } catch {
    return false;
  }
}

async function startOn(port: number, options: ClickHouseOptions): Promise<ClickHouseEngine> {
  const { dir, password } = options;
  const configFile = join(dir, 'config.xml');
  const usersFile = join(dir, 'users.xml');
  const pidFile = join(dir, 'engine.json');
  const logFile = join(dir, 'clickhouse.log');
  await writeDurably(usersFile, usersXml(password), 0o600);
  await writeDurably(configFile, configXml(usersFile, port, options), 0o600);
  const program = fileURLToPath(
    entryUrl('facts-server', new URL('./facts-server.mjs', import.meta.url), import.meta.url),
  );
  const args = [program, configFile, join(dir, 'data'), ...(options.cluster === undefined ? [] : ['tcp'])];
  const { who, ended } = await spawnEngine(process.execPath, args, {
    cwd: dir,
    logFile,
    pidFile,
    lifeline: true,
  });
  let over: string | undefined;
  void ended.then((how) => (over = how));
  const end = performance.now() + (options.startTimeoutMs ?? 600_000);
  while (!(await answers(port, password))) {
    if (over !== undefined) throw new Error(`ClickHouse ended (${over}) before it answered. ${await tailOf(logFile)}`);
    if (performance.now() > end) {
      await endProcess(who, 'SIGKILL', 10_000);
      throw new Error(`ClickHouse did not answer in time. ${await tailOf(logFile)}`);
    }
    await pause(25);
  }
  return {
    pid: who.pid,
    port,
    ended,
    addressOf: (database) => ({ url: `http://127.0.0.1:${port}`, user: CLICKHOUSE_USER, password, database }),
    stop: async () => {
      await endProcess(who, 'SIGTERM', 10_000);
      await rm(pidFile, { force: true });
    },
  };
}

/**
 * Starts ClickHouse on a loopback port, behind a user with a password. It dies with us; one that an earlier owner left
 * is ended before. Throws an Error with the end of its log when it does not come up.
 */
export async function startClickHouse(options: ClickHouseOptions): Promise<ClickHouseEngine> {
  await mkdir(join(options.dir, 'data'), { recursive: true, mode: 0o700 });
  await endLeftover(join(options.dir, 'engine.json'), 'SIGKILL', 10_000);
  if (options.port !== undefined) return startOn(options.port, options);
  let failure: unknown;
  for (let tries = 0; tries < 3; tries++) {
    try {
      return await startOn(await freePort(), options);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
