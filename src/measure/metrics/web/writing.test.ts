import { describe, expect, test } from 'vitest';
import { makeFormat } from '../../../platform/web/ui/i18n/format.ts';
import { levelsApart } from './names.ts';
import { propertyWords } from './property-words.ts';
import { halfOf, toneOf, withHalf, writerOf } from './writing.ts';

const format = makeFormat('en');

describe('writing figures', () => {
  test('[MW9] each unit in its own digits', () => {
    const share = writerOf('share', format);
    expect([share.value(0.072), share.half(0.008), share.signed(0.011), share.size(-0.011)]).toEqual([
      '7.2%',
      '0.8',
      '+1.1',
      '1.1',
    ]);
    const stars = writerOf('stars', format);
    expect([stars.value(4.1), stars.half(0.04), stars.signed(-2.129), stars.tick(4)]).toEqual([
      '4.10',
      '0.04',
      '−2.13',
      '4',
    ]);
    expect([stars.half(0.001), stars.half(0), writerOf('days', format).half(0.04)]).toEqual(['0.001', '0.00', '0.04']);
    expect(writerOf('points', format).value(41.4)).toBe('41');
    expect(writerOf('days', format).value(12.44)).toBe('12.4');
    expect(writerOf('count', format).value(3986)).toBe('3,986');
    // A narrow interval takes digits more, and its value with it.
    expect(withHalf(writerOf('days', format), { value: 3.6, low: 3.58, high: 3.62 })).toContain(
      '3.60\u00a0±\u00a00.02',
    );
    expect([stars.half(0.003), stars.half(0.00001), stars.beside(0.04).value(4.1)]).toEqual([
      '0.003',
      '0.00001',
      '4.10',
    ]);
  });

  test('[MW9] ± is the longer half, and there is none without an interval', () => {
    expect(halfOf({ value: 0.1, low: 0.08, high: 0.13 })).toBeCloseTo(0.03, 12);
    expect(halfOf({ value: 10, low: null, high: null })).toBeUndefined();
  });

  test('[MW2] a difference is good or bad news only where its verdict is clear', () => {
    expect(toneOf({ verdict: 'higher' }, true)).toBe('better');
    expect(toneOf({ verdict: 'higher' }, false)).toBe('worse');
    expect(toneOf({ verdict: 'unclear' }, true)).toBe('neither');
    expect(toneOf({ verdict: 'higher' }, null)).toBe('neither');
  });

  test('[MW5] properties nobody named are called by their own words', () => {
    expect(propertyWords('order.sellerRegion')).toBe('seller region');
    expect(propertyWords('person.loyalty_tier')).toBe('loyalty tier');
  });
});

test('[MW9] two levels of one name are told apart by their property, wherever they are listed together', () => {
  const names = {
    level: (field: string, label: string) => `${field.split('.').at(-1) ?? ''}: ${label}`,
    whose: (field: string, name: string) => `${name} (${field.split('.')[0] ?? ''})`,
  };
  const listed = ['channel', 'order.channel'].map((field) => ({ field, label: 'web' }));
  expect(levelsApart(names, listed)('order.channel', 'web')).toBe('channel: web (order)');
  expect(levelsApart(names, listed.slice(1))('order.channel', 'web')).toBe('channel: web');
});
