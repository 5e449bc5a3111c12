import { expect, test } from 'vitest';
import { z } from 'zod';
import { HeldClock } from './clock.ts';
import { readConfig } from './config.ts';
import { cursorMoment, readCursor, writeCursor } from './cursor.ts';
import { eventId, newId, uuidV5, uuidV7 } from './ids.ts';
import { KEY_SCOPES, ROLE_PERMISSIONS, ROLES } from './permissions.ts';
import { badInput } from './problem.ts';

test('[KN1] ids carry a prefix and sort by the time they were made', () => {
  const clock = new HeldClock('2026-01-02T03:04:05.678Z');
  const first = newId('import', clock);
  expect(first).toMatch(/^imp_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  expect(Number.parseInt(uuidV7(clock).replaceAll('-', '').slice(0, 12), 16)).toBe(clock.now().getTime());
  clock.advance(1);
  expect(newId('import', clock) > first).toBe(true);
});

test('[KN2] UUIDv5 gives the example of RFC 9562, appendix A.4, and one event id for a message of a workspace', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
  expect(eventId('ws_a', 'm1')).toBe(eventId('ws_a', 'm1'));
  expect(eventId('ws_a', 'm1')).not.toBe(eventId('ws_b', 'm1'));
});

test('[KN3] a setting out of range is named with what it takes; an empty one is absent', () => {
  expect(() => readConfig({ PORT: '99999' })).toThrow(/PORT: .*65535/);
  expect(() => readConfig({ LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL/);
  for (const network of ['10.0.0.0/99', '1.2.3.4.5', '10.0.0.0/', 'host']) {
    expect(() => readConfig({ IMPORT_ALLOW_ADDRESSES: `127.0.0.1,${network}` })).toThrow(
      /IMPORT_ALLOW_ADDRESSES: .*10\.1/,
    );
  }
  expect(readConfig({ IMPORT_ALLOW_ADDRESSES: '10.1.0.0/16, ::1' }).importAllowAddresses).toEqual([
    '10.1.0.0/16',
    '::1',
  ]);
  const config = readConfig({ PORT: '', DATABASE_URL: '' }, { dataDir: '/somewhere' });
  expect(config).toMatchObject({
    port: 3000,
    databaseUrl: undefined,
    dataDir: '/somewhere',
    publicUrl: 'http://127.0.0.1:3000',
  });
});

test('[KN4] keys and members are managed by owners and admins only', () => {
  const managing = ROLES.filter(
    (r) => ROLE_PERMISSIONS[r].has('keys:write') || ROLE_PERMISSIONS[r].has('members:write'),
  );
  expect(managing).toEqual(['owner', 'admin']);
  expect(ROLE_PERMISSIONS.viewer.has('people:read')).toBe(false);
  expect(KEY_SCOPES.filter((s) => /^(keys|members):|^workspace:write$/.test(s))).toEqual([]);
});

test('[KN5] what was sent is shown cut short', () => {
  expect(String(badInput('name', 'x'.repeat(500), 'It is too long.').details.value)).toHaveLength(121);
  expect(String(badInput('when', { all: ['x'.repeat(500)] }, 'It is too deep.').details.value)).toHaveLength(121);
  expect(badInput('when', { all: [] }, 'It is empty.').details.value).toEqual({ all: [] });
});

test('[KN6] a cursor comes back as it was written; what is none is refused in words', () => {
  const shape = z.tuple([cursorMoment, z.string()]);
  const place = ['2026-11-22 10:00:00.000', 'سفارش ۱'] as const;
  expect(readCursor(shape, writeCursor(place))).toEqual(place);
  for (const odd of [
    '',
    'x',
    writeCursor([1]),
    writeCursor(['2026-99-22 10:00:00.000', 'a']),
    writeCursor(['9'.repeat(23), 'a']),
  ]) {
    expect(() => readCursor(shape, odd), odd).toThrow('no cursor of this listing');
  }
});
