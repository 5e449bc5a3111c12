import { expect, test } from 'vitest';
import { serverCapabilities } from '../../server-capabilities.ts';
import { StoreAway } from './away.ts';
import { statementsOf } from './migrate.ts';
import { isDoneWithoutThoseAway, isTooFew, keptAs, onThose, ownEngine, Standing } from './replicas.ts';

test('[SR25] tables are made so that replicas meet in Keeper, and keep what they were', () => {
  const statements = serverCapabilities.flatMap((c) => c.facts ?? []).flatMap((m) => statementsOf(m.sql));
  const tables = statements.filter((s) => s.startsWith('CREATE TABLE'));
  const [path, replica] = ["'/touchstone/tables/{database}/{shard}/{table}'", "'{replica}'"];
  for (const statement of tables) {
    const told = keptAs('at a path', statement);
    expect(told).toMatch(/ENGINE = Replicated(Replacing)?MergeTree\('/);
    expect(told).not.toContain('non_replicated');
    // The same table, but for who else has it and for how long tokens of inserts are known.
    const window = /non_replicated_deduplication_window = 10000/.test(statement)
      ? 'replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 2592000'
      : 'replicated_deduplication_window = 0';
    expect(told).toContain(window);
    const own = told.replace(`${window}, `, '').replace(window, 'non_replicated_deduplication_window = 10000');
    expect(own.replace(`(${path}, ${replica}, `, '(').replace(`(${path}, ${replica})`, '').replace('Replicated', '')).toBe(statement); // prettier-ignore
    expect(keptAs('alone', statement)).toBe(statement);
    // Whoever replicates by itself is told no path.
    expect(keptAs('in its database', statement)).toBe(told.replace(`(${path}, ${replica}, `, '(').replace(`(${path}, ${replica})`, '')); // prettier-ignore
    expect(keptAs('in the cloud', statement)).toBe(keptAs('in its database', statement).replace('Replicated', ''));
  }
  expect(tables.length).toBeGreaterThan(10);
  const others = statements.filter((s) => !tables.includes(s));
  expect(others.map((s) => keptAs('at a path', s))).toEqual(others);
  // What a backup holds is nobody's replica.
  expect([
    "ReplicatedReplacingMergeTree('/a/{shard}/b', '{replica}', version, deleted) ORDER BY a SETTINGS x = 1",
    "SharedMergeTree('/a/{uuid}/{shard}', '{replica}') ORDER BY a",
    'ReplicatedMergeTree ORDER BY a',
    'ReplacingMergeTree(version) ORDER BY a',
  ].map(ownEngine)).toEqual(['ReplacingMergeTree(version, deleted) ORDER BY a SETTINGS x = 1', 'MergeTree ORDER BY a', 'MergeTree ORDER BY a', 'ReplacingMergeTree(version) ORDER BY a']); // prettier-ignore
});

test('[SR25] the first replica that answers is asked; what is wrong with a question is not asked of another', async () => {
  const away = new StoreAway('ClickHouse at a', new Error('gone'));
  const standing = new Standing(['a', 'b']);
  const asked: string[] = [];
  const ask = (awayOnes: readonly string[]) =>
    standing.first(async (one) => {
      asked.push(one);
      if (awayOnes.includes(one)) throw away;
      return one;
    });
  expect([await ask([]), await ask(['a']), await ask([])]).toEqual(['a', 'b', 'b']);
  expect(asked).toEqual(['a', 'a', 'b', 'b']);
  await expect(ask(['a', 'b'])).rejects.toBe(away);
  const wrong = new Error('no such column');
  await expect(standing.first(() => Promise.reject(wrong))).rejects.toBe(wrong);
  expect(await onThose(['a', 'b'], (one) => (one === 'a' ? Promise.reject(away) : Promise.resolve()))).toEqual(['b']);
  await expect(onThose(['a', 'b'], () => Promise.reject(away))).rejects.toBe(away);
  const said = (type: string, message: string) => Object.assign(new Error(message), { type });
  const inactive = said('UNFINISHED', 'Mutation is not finished because some replicas are inactive right now: r2.');
  expect([inactive, said('UNFINISHED', 'Mutation failed'), wrong].map(isDoneWithoutThoseAway)).toEqual([true, false, false]); // prettier-ignore
  expect([said('TOO_FEW_LIVE_REPLICAS', ''), wrong].map(isTooFew)).toEqual([true, false]);
});
