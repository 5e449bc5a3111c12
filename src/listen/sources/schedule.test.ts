import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Connection } from '../../platform/house/house.ts';
import { EXIT } from '../../platform/cli/terminal.ts';
import { linesOf, runNow, sourceCommand, wishOf } from './command.ts';
import { cronOf, nextTimes, timesOf } from './schedule.ts';

const next = (cron: string, zone: string, after: string, count = 3): string[] =>
  nextTimes({ everyHours: null, cron }, new Date(after), zone, count).map((at) => at.toISOString());

test('[SO5] times are those of the zone’s clock, through both of its changes', () => {
  expect(next('15 6,18 * * 1-5', 'Asia/Tehran', '2026-11-20T12:00:00Z')).toEqual([
    '2026-11-20T14:45:00.000Z',
    '2026-11-23T02:45:00.000Z',
    '2026-11-23T14:45:00.000Z',
  ]);
  // Half past two is left out on the one day, and comes twice on the other.
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toEqual([
    '2026-03-29T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
    '2026-03-31T00:30:00.000Z',
  ]);
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
    '2026-10-27T01:30:00.000Z',
  ]);
  expect(next('0 0 * * *', 'America/Sao_Paulo', '2018-11-03T12:00:00Z', 2)).toEqual([
    '2018-11-04T03:00:00.000Z',
    '2018-11-05T02:00:00.000Z',
  ]);
  expect(next('0 6 L * *', 'UTC', '2027-02-01T00:00:00Z', 1)).toEqual(['2027-02-28T06:00:00.000Z']);
  expect(nextTimes({ everyHours: 6, cron: null }, new Date('2026-11-22T10:00:00Z'), 'UTC', 1)).toEqual([
    new Date('2026-11-22T16:00:00Z'),
  ]);
});

test('[SO5] an expression is evened out, or refused by what is wrong with it', () => {
  expect(cronOf('  30  6 * * mon-fri ')).toBe('30 6 * * MON-FRI');
  // As the Persian page writes its example.
  expect(cronOf('\u206630\u00a06\u00a0*\u00a0*\u00a01-\u20605\u2069')).toBe('30 6 * * 1-5');
  const refusals = {
    'cron-unread': [
      '',
      '6',
      '0 30 6 * * *',
      '@daily',
      'H 6 * * *',
      '? 6 * * *',
      '30 6 * * 1#2',
      '30 6 * * 5L',
      'x y z a b',
    ],
    'cron-too-often': ['* * * * *', '*/5 * * * *', '0,30 6 * * *', '0-59 6 * * *'],
    'cron-no-time': ['61 6 * * *', '30 24 * * *', '0 6 30 2 *', '0 6 31 4,6 *', '0 6 * * 8'],
  };
  for (const [code, texts] of Object.entries(refusals)) {
    for (const text of texts) {
      expect(() => cronOf(text), text).toThrow(expect.objectContaining({ details: expect.objectContaining({ code }) }));
    }
  }
});

test('[SO5] what says no more than times and days is said in words', () => {
  expect(timesOf('30 6 * * *')).toEqual({ times: ['06:30'], weekdays: [], days: [] });
  expect(timesOf('5 6,18 * * MON,3,7')).toEqual({ times: ['06:05', '18:05'], weekdays: [0, 1, 3], days: [] });
  expect(timesOf('0 6 1,15 * *')).toEqual({ times: ['06:00'], weekdays: [], days: [1, 15] });
  expect(timesOf('0 6 * * 0-6')).toEqual({ times: ['06:00'], weekdays: [], days: [] });
  expect(timesOf('20 * * * *')).toEqual({ times: [], weekdays: [], days: [] });
  for (const more of ['0 6 1 * 1', '0 6 * 3 *', '0 6 L * *', '0 8-18 * * *', '0 * * * 1'])
    expect(timesOf(more), more).toBeNull();
});

const source = {
  id: 'src_1', name: 'Till', place: 'folder' as const, where: 'till', part: null, kind: 'items' as const, everyHours: null,
  cron: '30 6 * * 1,5', times: null, paused: false, nextRunAt: '2026-11-23T06:30:00.000Z', due: false, lastRunAt: null,
  lastState: null, lastProblem: null, lastImportId: null,
}; // prettier-ignore

test('[SO6] the command says what it means, and sends what was said', async () => {
  const sent: string[] = [];
  const connection: Connection = {
    to: 'a server',
    request: (path, init) => {
      sent.push(
        [init?.method ?? 'GET', path, init?.body === undefined ? '' : z.string().parse(init.body)].join(' ').trim(),
      );
      const one = init?.method === 'POST' || init?.method === 'PATCH';
      return Promise.resolve(Response.json(one ? source : { items: [source], folder: null }));
    },
    close: () => Promise.resolve(),
  };
  const run = (...args: string[]) => sourceCommand.run(args, {}, () => Promise.resolve(connection));
  expect(await run('add', 'Till', '--from', 'till', '--as', 'items', '--at', '06:30', '--on', 'Mon,friday')).toBe(
    EXIT.done,
  );
  expect(await run('pause', 'Till')).toBe(EXIT.done);
  expect(await run('remove', 'src_1')).toBe(EXIT.done);
  await expect(run('run', 'Shop')).rejects.toThrow('There is no source Shop');
  expect(sent).toEqual([
    'POST /api/v1/import-sources {"name":"Till","kind":"items","place":"folder","path":"till","cron":"30 6 * * 1,5"}',
    'GET /api/v1/import-sources',
    'PATCH /api/v1/import-sources/src_1 {"paused":true}',
    'GET /api/v1/import-sources',
    'DELETE /api/v1/import-sources/src_1',
    'GET /api/v1/import-sources',
  ]);
  expect(linesOf(source)).toEqual([
    'src_1  Till  items  till',
    '    30 6 * * 1,5, next 2026-11-23T06:30:00.000Z; not looked at yet',
  ]);
  const times = [1, 24, 168, 6].map((everyHours) => linesOf({ ...source, cron: null, everyHours })[1]?.split(',')[0]);
  expect(times).toEqual(['    every hour', '    every day', '    every week', '    every 6 hours']);
  const from = 'https://shop.example/orders.csv';
  expect(await wishOf('Shop', { from, as: 'orders', every: '6' })).toEqual({
    name: 'Shop', kind: 'orders', place: 'url', url: from, everyHours: 6,
  }); // prettier-ignore
  for (const [said, wrong] of [
    [{ as: 'orders', every: '6' }, '--from is missing'],
    [{ from, every: '6' }, '--as'],
    [{ from, as: 'orders' }, 'Say when'],
    [{ from, as: 'orders', every: '6', at: '06:00' }, 'Say when'],
    [{ from, as: 'orders', every: 'often' }, '--every'],
    [{ from, as: 'orders', at: '25:00' }, '--at'],
    [{ from, as: 'orders', at: '06:00', on: 'someday' }, '--on'],
    [{ from, as: 'orders', every: '6', on: 'mon' }, '--on'],
    [{ from, as: 'orders', every: '6', 'authorization-file': '/nowhere/at/all' }, 'cannot be read'],
  ] as const) {
    await expect(wishOf('Shop', said), wrong).rejects.toThrow(wrong);
  }
});

test('[SO6] a look by hand waits for the rows, says by its exit whether they are in, and not for ever for a worker', async () => {
  const looked = {
    ...source,
    lastRunAt: '2026-11-22T10:00:00.000Z',
    lastState: 'loaded' as const,
    lastImportId: 'imp_1',
  };
  const server = (ended: object, items: readonly object[]): Connection => {
    const left = [...items];
    return {
      to: 'a server',
      request: (path, init) => {
        if (init?.method === 'POST') return Promise.resolve(Response.json(source));
        if (path.startsWith('/api/v1/imports/')) return Promise.resolve(Response.json(ended));
        return Promise.resolve(Response.json({ items: [left.length > 1 ? left.shift() : left[0]], folder: null }));
      },
      close: () => Promise.resolve(),
    };
  };
  const exit = (ended: object, after: object = looked) => {
    const connection = server(ended, [source, after]);
    return sourceCommand.run(['run', 'Till'], {}, () => Promise.resolve(connection));
  };
  expect(await exit({ state: 'done', problem: null })).toBe(EXIT.done);
  expect(await exit({ state: 'failed', problem: 'The file holds no dates.' })).toBe(EXIT.failed);
  expect(await exit({ state: 'cancelled', problem: null })).toBe(EXIT.failed);
  expect(await exit({}, { ...looked, lastState: 'unchanged', lastImportId: null })).toBe(EXIT.done);
  expect(await exit({}, { ...looked, lastState: 'failed', lastImportId: null })).toBe(EXIT.failed);
  await expect(runNow(server({}, [source]), source, -1)).rejects.toThrow('No worker has begun');
});
