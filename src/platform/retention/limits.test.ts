import { expect, test } from 'vitest';
import { z } from 'zod';
import { EXIT } from '../cli/terminal.ts';
import type { Connection } from '../house/house.ts';
import { lineOf, previewOf, retentionCommand } from './command.ts';
import { borderOf, inForce, limitOf, shortens } from './limits.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);

test('[RT1] facts and undo are for ever where nothing was said, and a usual limit counts from a day after it was met', () => {
  for (const kind of ['events', 'feedback', 'orders', 'people', 'imports', 'audit'] as const) {
    expect(inForce({}, kind, now, later(999)), kind).toEqual({ days: null, coming: null });
  }
  expect(inForce({}, 'rejected', null, now)).toEqual({ days: null, coming: { days: 30, from: later(24) } });
  expect(inForce({}, 'rejected', now, later(24))).toEqual({ days: 30, coming: null });
});

test('[RT3] a shortening waits, what keeps more counts at once, and a second thought goes on from what holds', () => {
  const year = limitOf(365, { days: null, coming: null }, now);
  expect(inForce({ events: year }, 'events', null, later(23))).toEqual({
    days: null,
    coming: { days: 365, from: later(24) },
  });
  expect(inForce({ events: year }, 'events', null, later(24))).toEqual({ days: 365, coming: null });
  // Taken back within the grace: nothing ever counted.
  const back = limitOf(null, inForce({ events: year }, 'events', null, later(2)), later(2));
  expect(inForce({ events: back }, 'events', null, later(2))).toEqual({ days: null, coming: null });
  // Shortened again within the grace: the day begins anew.
  const less = limitOf(90, inForce({ events: year }, 'events', null, later(20)), later(20));
  expect(inForce({ events: less }, 'events', null, later(43))).toMatchObject({ days: null, coming: { days: 90 } });
  expect([shortens(90, null), shortens(90, 30), shortens(null, 30), shortens(30, 90)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('[RT3] the border is the beginning of a day of the workspace', () => {
  expect(borderOf(now, 30, 'Asia/Tehran').toISOString()).toBe('2026-10-22T20:30:00.000Z');
  expect(borderOf(new Date('2026-11-22T23:00:00Z'), 1, 'Asia/Tehran').toISOString()).toBe('2026-11-21T20:30:00.000Z');
});

test('[RT12] limits and what they remove are said in words', () => {
  const kept = { kind: 'events' as const, days: null, usualDays: null, floorDays: 30 };
  const run = { state: 'done' as const, total: 5, removed: 5, before: '2025-11-22T00:00:00.000Z', startedAt: null, finishedAt: null }; // prettier-ignore
  expect(lineOf({ ...kept, coming: { days: 365, from: '2026-11-23T10:00:00.000Z' }, run: null })).toBe(
    'events: for ever, from 2026-11-23T10:00:00.000Z on 365 days',
  );
  expect(lineOf({ ...kept, days: 365, coming: null, run })).toBe(
    'events: 365 days; removed last: 5 from before 2025-11-22',
  );
  const told = { kind: 'events' as const, days: 365, shortens: true, from: 'F', before: '2025-11-22T00:00:00.000Z', rows: 5, oldest: '2024-01-02T00:00:00.000Z' }; // prettier-ignore
  expect(previewOf(told)).toBe(
    'events: this would remove 5 from before 2025-11-22, the oldest of 2024-01-02; not before F.',
  );
});

test('[RT12] the command changes nothing without --yes, and confirms only what it told', async () => {
  const bodies: string[] = [];
  const kept = { kind: 'events', coming: null, usualDays: null, floorDays: 30, run: null };
  const told = { kind: 'events', from: now.toISOString(), before: null, rows: 0, oldest: null };
  const connection: Connection = {
    to: 'a server',
    request: (path, init) => {
      if (init?.method !== 'PUT') {
        const days = path.includes('days=90') ? 90 : null;
        return Promise.resolve(Response.json({ ...told, days, shortens: days === 90 }));
      }
      bodies.push(z.string().parse(init.body));
      return Promise.resolve(Response.json({ ...kept, days: null }));
    },
    close: () => Promise.resolve(),
  };
  const run = (...args: string[]) => retentionCommand.run(args, {}, () => Promise.resolve(connection));
  expect(await run('events', 'forever')).toBe(EXIT.failed);
  expect(await run('events', '90')).toBe(EXIT.failed);
  expect(bodies).toEqual([]);
  expect(await run('events', 'forever', '--yes')).toBe(EXIT.done);
  expect(await run('events', '90', '--yes')).toBe(EXIT.done);
  expect(bodies).toEqual(['{"days":null,"confirm":false}', '{"days":90,"confirm":true}']);
});
