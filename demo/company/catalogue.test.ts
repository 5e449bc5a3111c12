import { expect, test } from 'vitest';
import { withStores } from './catalogue.ts';

const visit = { id: 'tp_visit', name: 'Visit', stageId: 'stg_visit', channelId: null, teamId: null };
const services = {
  stages: [{ id: 'stg_visit', name: 'Visit' }],
  channels: [],
  teams: [],
  touchpoints: [visit, { ...visit, id: 'tp_checkout', name: 'Till' }],
  rules: [{ id: 'rul_1', on: 'event' as const, when: {}, touchpointId: 'tp_visit' }],
};

test('[DM7] the company finds its places in a catalogue that is not the shop’s', () => {
  const arranged = withStores(services, 'fa-IR');
  const places = new Set(arranged.touchpoints.map(({ id }) => id));
  expect(arranged.touchpoints.at(-1)).toEqual({
    id: 'tp_store',
    name: 'مراجعه به فروشگاه',
    stageId: 'stg_visit',
    channelId: null,
    teamId: null,
  });
  expect(arranged.rules.map(({ touchpointId }) => touchpointId)).toEqual([
    'tp_store',
    'tp_store',
    'tp_store',
    'tp_checkout',
    'tp_visit',
  ]);
  expect(arranged.rules.every(({ touchpointId }) => places.has(touchpointId))).toBe(true);
  expect(withStores(arranged, 'fa-IR')).toBe(arranged);
  const named = { ...services, touchpoints: [{ ...visit, id: 'tp_own', name: 'store VISIT' }] };
  const { touchpoints, rules } = withStores(named, 'en');
  expect(touchpoints).toEqual(named.touchpoints);
  expect(rules.map(({ touchpointId }) => touchpointId)).toEqual(['tp_own', 'tp_own', 'tp_own', 'tp_visit']);
  const nothing = { stages: [], channels: [], teams: [], touchpoints: [], rules: [] };
  expect(withStores(nothing, 'en')).toBe(nothing);
});
