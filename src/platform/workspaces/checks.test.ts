import { expect, test } from 'vitest';
import { KEY_SCOPES, PERMISSIONS } from '../kernel/permissions.ts';
import { mayBeScope } from './vocabulary.ts';
import { zone } from './checks.ts';

test('[WS5] a zone is kept as stores spell it', () => {
  const spelled = {
    'Europe/Ljubljana': 'Europe/Ljubljana',
    'europe/ljubljana': 'Europe/Ljubljana',
    'ASIA/TEHRAN': 'Asia/Tehran',
    utc: 'UTC',
    'Asia/Kolkata': 'Asia/Kolkata',
  };
  for (const [given, kept] of Object.entries(spelled)) expect(zone.parse(given)).toBe(kept);
  expect(zone.safeParse('Europe/Atlantis').success).toBe(false);
  expect(zone.safeParse('+02:00').success).toBe(false);
});

test('[WS10] the page offers the scopes that a secret key may carry', () => {
  expect(PERMISSIONS.filter(mayBeScope)).toEqual(KEY_SCOPES);
});
