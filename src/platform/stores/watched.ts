import type { Pool, PoolClient } from 'pg';
import type { Watch } from '../kernel/watch.ts';

/** Has every statement of a pool, and of the connections it lends, told to whoever watches. */
export function watchPool(pool: Pool, watch: Watch): void {
  watchQueries(pool, watch);
  pool.on('connect', (client) => watchQueries(client, watch));
}

function watchQueries(asked: Pool | PoolClient, watch: Watch): void {
  const query: unknown = Reflect.get(asked, 'query');
  if (typeof query !== 'function') return;
  const watched = (...args: readonly unknown[]): unknown => {
    const ask = (): unknown => Reflect.apply(query, asked, args);
    // With a callback it is the pool itself that asks on its connection: told of as a whole already.
    if (typeof args.at(-1) === 'function') return ask();
    return watch.statement('records', textOf(args[0]), async () => ask(), rowsOf);
  };
  Object.defineProperty(asked, 'query', { value: watched, configurable: true, writable: true });
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked;
  return typeof asked === 'object' && asked !== null && 'text' in asked && typeof asked.text === 'string'
    ? asked.text
    : '';
}

function rowsOf(answer: unknown): number | null {
  if (typeof answer !== 'object' || answer === null || !('rowCount' in answer)) return null;
  return typeof answer.rowCount === 'number' ? answer.rowCount : null;
}
