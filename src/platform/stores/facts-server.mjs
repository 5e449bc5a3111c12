// The ClickHouse of npm as a process of its own: `facts-server CONFIG PATH [tcp]`. It lives as long as its standard input.
import { setPriority } from 'node:os';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { libchdbPath } from 'chdb/libchdb';
import { DataType, load, open } from 'ffi-rs';

if (isMainThread) {
  // Where processors are scarce, whoever waits for a page comes before figures: all threads of the engine inherit it.
  setPriority(5);
  const [config, path, tcp] = process.argv.slice(2);
  const statements = [
    'SYSTEM START LISTEN HTTP',
    ...(tcp === undefined ? [] : ['SYSTEM START LISTEN TCP']),
    'SELECT sleepEachRow(1) FROM system.numbers SETTINGS max_block_size = 1, max_threads = 1 FORMAT Null',
  ];
  const engine = new Worker(fileURLToPath(import.meta.url), {
    workerData: [`--config-file=${config}`, `--path=${path}`, `--query=${statements.join('; ')}`],
  });
  engine.on('error', (error) => {
    console.error(error);
    process.exit(1);
  });
  // The engine's own handlers would wait for the endless query. Its parts are written whole or not at all: a kill is safe.
  const die = () => process.kill(process.pid, 'SIGKILL');
  engine.on('exit', die);
  process.stdin.on('end', die).on('close', die).on('error', die).resume();
  process.on('SIGTERM', die);
  process.on('SIGINT', die);
} else {
  open({ library: 'chdb', path: libchdbPath() });
  const argv = ['clickhouse', ...workerData];
  load({
    library: 'chdb',
    funcName: 'chdb_query_cmdline',
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [argv.length, argv],
  });
}
