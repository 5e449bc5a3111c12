import { describe, expect, test } from 'vitest';
import { bodyOfSet } from '../../../core/catalogue/sets.ts';
import { layingOf } from './laying.ts';
import { addressOf, snippetOf, WAYS } from './snippets.ts';
import { stepsOf } from './steps.ts';

describe('what is done', () => {
  const nothing = { writeKeys: 1, events: 0, files: 0, answers: 0, measured: false, people: 1 };

  test('[WE3] follows from what is there', () => {
    expect(stepsOf(nothing)).toEqual({ key: true, data: false, answers: false, figure: false, people: false });
    expect(stepsOf({ ...nothing, files: 2, answers: 9, measured: true, people: 2 })).toEqual({
      key: true,
      data: true,
      answers: true,
      figure: true,
      people: true,
    });
    // Answers that came in through the API arrived too.
    expect(stepsOf({ ...nothing, answers: 5 }).data).toBe(true);
    expect(stepsOf({ ...nothing, writeKeys: 0, events: 3 })).toMatchObject({ key: false, data: true, figure: false });
  });

  test('[WE3] what is not known yet is not said to be missing', () => {
    const unknown = stepsOf({
      writeKeys: undefined,
      events: undefined,
      files: 0,
      answers: undefined,
      measured: undefined,
      people: undefined,
    });
    expect(Object.values(unknown)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(stepsOf({ ...nothing, events: undefined, files: 1 }).data).toBe(true);
  });
});

describe('the catalogue of a kind of company', () => {
  const [shop, service, subscription] = [
    bodyOfSet('shop', 'sl'),
    bodyOfSet('service', 'sl'),
    bodyOfSet('subscription', 'sl'),
  ];
  const sets = [shop, service, subscription];

  test('[WE4] takes the place of a set that nobody changed, also under other ids', () => {
    expect(layingOf(shop, service, sets)).toBe('lay');
    expect(layingOf(shop, shop, sets)).toBe('there');
    const renamed = new Map(service.touchpoints.map((t, i) => [t.id, `tp_${i}`]));
    const laid = {
      ...service,
      touchpoints: service.touchpoints.map((t) => ({ ...t, id: renamed.get(t.id) ?? '' })),
      rules: service.rules.map((r, i) => ({
        ...r,
        id: `rul_${i}`,
        when: Object.fromEntries(Object.entries(r.when).toReversed()),
        touchpointId: renamed.get(r.touchpointId) ?? '',
      })),
    };
    expect(layingOf(laid, service, sets)).toBe('there');
    expect(layingOf(laid, subscription, sets)).toBe('lay');
  });

  test('[WE4] leaves one alone that somebody changed', () => {
    const [first, ...rest] = shop.touchpoints;
    const own = { ...shop, touchpoints: [{ ...first, ...shop.touchpoints[0], name: 'Our own' }, ...rest] };
    expect(layingOf(own as typeof shop, service, sets)).toBe('keep');
    expect(layingOf({ ...shop, rules: shop.rules.slice(1) }, service, sets)).toBe('keep');
    expect(layingOf(bodyOfSet('shop', 'en'), service, sets)).toBe('keep');
  });
});

describe('snippets', () => {
  const sending = { url: 'https://cx.example', writeKey: 'tsw_1', currency: 'PLN', example: 'order' } as const;

  test('[WE2] hold the address, the key and the currency of the workspace', () => {
    for (const way of WAYS) {
      const lines = snippetOf(way, sending);
      expect(lines).toContain('https://cx.example');
      expect(lines.includes('tsw_1') || lines.includes(btoa('tsw_1:')), way).toBe(true);
      expect(lines).toContain('PLN');
      expect(snippetOf(way, { ...sending, example: 'answer' }), way).toMatch(/Survey Answered[^]*nps/);
    }
  });

  test('[WE2] name the address that others reach', () => {
    expect(addressOf('https://cx.example/', 'http://127.0.0.1:3000')).toBe('https://cx.example');
    expect(addressOf('http://127.0.0.1:3000', 'https://cx.example')).toBe('https://cx.example');
    expect(addressOf('http://0.0.0.0:3000', 'http://10.0.0.7:3000')).toBe('http://10.0.0.7:3000');
    expect(addressOf('http://localhost:3000', 'http://localhost:3000')).toBe('http://localhost:3000');
  });
});
