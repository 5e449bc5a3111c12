import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type World } from '../../../test/support/world.ts';
import { operation } from '../kernel/contract.ts';
import { plainError } from '../kernel/log.ts';
import { subscribe, type Capability, type EventKind, type Plugged } from './house.ts';

/** A capability with nothing but what a test gives it. */
function capability(name: string, plugged: Omit<Plugged, 'handlers'>, facts?: Capability['facts']): Capability {
  const nothing = operation({ method: 'GET', path: '/nothing', permission: 'public', summary: 'Nothing' });
  return {
    name: `test/${name}`,
    key: name,
    contract: { nothing },
    ...(facts === undefined ? {} : { facts }),
    plug: () => ({ handlers: {}, ...plugged }),
  };
}

const told: EventKind<{ word: string }> = { name: 'test.told', payload: z.object({ word: z.string() }) };

describe('a house', () => {
  let world: World;
  let heard: string[] = [];
  let broken = 0;
  const steps: string[] = [];

  beforeAll(async () => {
    const steady = capability(
      'steady',
      {
        start: async () => void steps.push('start steady'),
        stop: async () => void steps.push('stop steady'),
        subscriptions: [
          subscribe(told, async ({ word }) => void heard.push(`a ${word}`)),
          subscribe(told, async ({ word }) => void heard.push(`b ${word}`)),
        ],
      },
      [{ name: 'test/steady/0001', sql: 'CREATE TABLE IF NOT EXISTS t (a String) ENGINE = MergeTree ORDER BY a;' }],
    );
    const failing = capability('failing', {
      start: async () => void steps.push('start failing'),
      stop: async () => {
        steps.push('stop failing');
        throw new Error('does not stop');
      },
      subscriptions: [
        subscribe(told, async () => {
          broken++;
          throw new Error('does not hear');
        }),
      ],
    });
    const deaf = capability('deaf', {
      subscriptions: [subscribe(told, async ({ word }) => void heard.push(`c ${word}`))],
    });
    world = await openWorld({ capabilities: [steady, failing, deaf] });
  });
  afterAll(() => world.close().catch(() => undefined));

  test('[HS20] is put together over both stores', async () => {
    const { house } = world;
    expect(steps).toEqual(['start steady', 'start failing']);
    await house.records.ping();
    await house.facts.ping();
    await house.facts.insert('t', [{ a: 'x' }]);
    expect(await house.facts.query(z.object({ a: z.string() }), 'SELECT a FROM t')).toEqual([{ a: 'x' }]);
    expect(await house.files.put('a.txt', 'text')).toBe(4);
    expect(house.mail.available).toBe(false);
  });

  test('[HS21] an event reaches every subscriber, whoever fails', async () => {
    heard = [];
    await world.house.events.publish(told, { word: 'one' });
    await world.runJobs({ tolerant: true });
    expect(heard.sort()).toEqual(['a one', 'b one', 'c one']);
    expect(broken).toBeGreaterThan(1);
  });

  test('[HS21] an event in a transaction is told when that commits', async () => {
    heard = [];
    const undone = world.house.records.transaction(async (tx) => {
      await world.house.events.publish(told, { word: 'undone' }, { tx });
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await world.house.records.transaction((tx) => world.house.events.publish(told, { word: 'two' }, { tx }));
    await world.runJobs({ tolerant: true });
    expect(heard.sort()).toEqual(['a two', 'b two', 'c two']);
  });

  test('[HS24] what a log says of an error of a store', async () => {
    const { records, facts } = world.house;
    const failing = [
      () => records.db.execute(sql`SELECT ${'Ann Example'}::int`),
      () => facts.query(z.object({}), 'SELECT toUInt8({a:String})', { a: 'Ann Example' }),
      () => facts.insert('t', '{"a": "Ann Example", "b": 1}'),
      async () => z.unknown().parse(JSON.parse('Ann Example')),
    ];
    for (const fail of failing) {
      const text = JSON.stringify(plainError(await fail().catch((e: unknown) => e)));
      expect(text).toMatch(/Failed query|ClickHouseError|SyntaxError/);
      expect(text).not.toContain('Ann');
    }
  });

  test('[HS22] stops in reverse order, whatever fails', async () => {
    steps.length = 0;
    await expect(world.close()).rejects.toThrow('does not stop');
    expect(steps).toEqual(['stop failing', 'stop steady']);
    await expect(world.house.records.ping()).rejects.toThrow();
  });
});
