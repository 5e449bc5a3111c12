import { describe, expect, test } from 'vitest';
import { pairsOf, pickedVerdict } from '../../metrics/web/facade.ts';
import { readSearch } from '../../../platform/web/ui/address.ts';
import { viewState, type ViewState } from '../contract.ts';
import { questionOf, refTo } from './evidence-ref.ts';
import { sidesOf } from './sides.ts';
import { isSame, linkOf, readChoice, stateOf } from './state.ts';

const SCOPE = { from: '2026-01-01', to: '2026-04-01', filter: 'order.state:SP' } as const;

describe('the address', () => {
  test('[EX1] says the whole question, and the same question the same way', () => {
    const states: ViewState[] = [
      { metric: 'rating', view: 'line' },
      { metric: 'nps', view: 'multiples', by: 'person.state', interval: 'week', from: '2026-01-01', to: '2026-04-01' },
      { metric: 'rating', view: 'compare', by: 'order.city', against: 'groups', a: 'São Paulo & co', b: 'تهران' },
      { metric: 'rating', view: 'compare', against: 'days', againstFrom: '2025-01-01', againstTo: '2025-02-01' },
      { metric: 'ces', view: 'compare', against: 'period', compare: 'year', from: '2026-01-01', to: '2026-04-01', filter: 'a:"b=c";!d?' }, // prettier-ignore
    ];
    for (const state of states) {
      expect(viewState.parse(state)).toEqual(state);
      const address = readSearch(linkOf(state).split('?')[1] ?? '');
      const choice = readChoice(address);
      const scope = { from: state.from, to: state.to, filter: state.filter };
      expect(stateOf(choice, { metric: state.metric, by: state.by }, scope)).toEqual(state);
      expect(isSame(state, { ...Object.fromEntries(Object.entries(state).toReversed()), metric: state.metric, view: state.view })).toBe(true); // prettier-ignore
    }
    const asked = { metric: 'nps', by: undefined } as const;
    expect(stateOf(readChoice({}), asked, { from: 'yesterday' })).toEqual({ metric: 'nps', view: 'line' });
    expect(stateOf(readChoice({}), asked, { period: 'all' })).toEqual({ metric: 'nps', view: 'line', period: 'all' });
    expect(linkOf({ view: 'line', metric: 'nps' }, 'viw_1')).toBe('/measure/explore?metric=nps&view=line&saved=viw_1');
  });

  test('[EX1] what it says wrongly is left out', () => {
    const choice = readChoice({ metric: 'none', view: 'pie', interval: 'hour', against: 'x', againstFrom: '2026-02-30', againstTo: '2026-03-01', a: '' }); // prettier-ignore
    expect(choice).toEqual({
      metric: undefined,
      view: 'line',
      by: undefined,
      interval: undefined,
      against: 'period',
      before: 'previous',
      againstFrom: undefined,
      againstTo: undefined,
      a: undefined,
      b: undefined,
      saved: undefined,
    });
    expect(readChoice({ by: 'stage' }).view).toBe('groups');
    // Of a view that compares nothing nothing is kept of what was compared before.
    const other = readChoice({ metric: 'rating', view: 'groups', by: 'stage', against: 'groups', a: 'x', b: 'y' });
    expect(stateOf(other, { metric: 'rating', by: 'stage' }, SCOPE)).toEqual({ metric: 'rating', view: 'groups', by: 'stage', from: '2026-01-01', to: '2026-04-01', filter: 'order.state:SP' }); // prettier-ignore
  });
});

describe('what is compared', () => {
  const asked = { from: '2026-03-01', to: '2026-04-01', filter: 'order.state:SP', allTime: false };
  const none = { before: 'previous', againstFrom: undefined, againstTo: undefined } as const;

  test('[EX3] two periods, two groups, one group and all others', () => {
    const period = { against: 'period', ...none } as const;
    expect(sidesOf(asked, period, undefined)?.second).toEqual({ from: '2026-02-01', to: '2026-03-01', filter: 'order.state:SP' }); // prettier-ignore
    expect(sidesOf(asked, { ...period, before: 'year' }, undefined)?.second.from).toBe('2025-03-01');
    // Whoever compares nothing elsewhere compares here with the period before.
    expect(sidesOf(asked, { ...period, before: undefined }, undefined)?.second.from).toBe('2026-02-01');
    expect(sidesOf({ ...asked, allTime: true }, period, undefined)).toBeUndefined();
    const days = { against: 'days', before: 'previous', againstFrom: '2024-01-01', againstTo: '2024-02-01' } as const;
    expect(sidesOf({ ...asked, allTime: true }, days, undefined)?.second).toMatchObject({ from: '2024-01-01', to: '2024-02-01' }); // prettier-ignore
    const groups = { by: 'stage', a: 'stg_1', b: 'stg_2' };
    expect(sidesOf(asked, { against: 'groups', ...none }, groups)).toEqual({
      first: { from: '2026-03-01', to: '2026-04-01', filter: 'order.state:SP;stage:stg_1' },
      second: { from: '2026-03-01', to: '2026-04-01', filter: 'order.state:SP;stage:stg_2' },
    });
    expect(sidesOf(asked, { against: 'groups', ...none }, { ...groups, b: 'stg_1' })).toBeUndefined();
    expect(sidesOf(asked, { against: 'rest', ...none }, groups)?.second.filter).toBe('order.state:SP;!stage:stg_1'); // prettier-ignore
  });

  test('[EX3] what was picked out of many has to hold for all of them', () => {
    expect([1, 2, 3, 27].map(pairsOf)).toEqual([1, 1, 3, 351]);
    expect(pickedVerdict({ verdict: 'lower', p: 0.01 }, 1)).toBe('lower');
    expect(pickedVerdict({ verdict: 'lower', p: 0.01 }, 4)).toBe('lower');
    expect(pickedVerdict({ verdict: 'lower', p: 0.01 }, 5)).toBe('picked');
    expect(pickedVerdict({ verdict: 'unclear', p: 0.2 }, 1)).toBe('unclear');
  });
});

test('[EX5] each figure of the page is named, and leads to its own period and filter', () => {
  const asked = { from: '2026-01-10', to: '2026-03-05', filter: 'order.state:SP' };
  const other = { from: '2025-11-01', to: '2026-01-10', filter: '' };
  const page = { asked, other, by: 'order.city', interval: 'month' } as const;
  expect(questionOf(refTo({}), page)).toEqual(asked);
  expect(questionOf('other', page)).toEqual(other);
  expect(questionOf(refTo({ at: '2026-02-01' }), page)).toEqual({ from: '2026-02-01', to: '2026-03-01', filter: 'order.state:SP' }); // prettier-ignore
  // A bucket that the period covers in part is asked for in part.
  expect(questionOf(refTo({ at: '2026-01-01' }), page)).toMatchObject({ from: '2026-01-10', to: '2026-02-01' });
  expect(questionOf(refTo({ at: '2026-03-01', of: 'a of b' }), page)).toEqual({ from: '2026-03-01', to: '2026-03-05', filter: 'order.state:SP;order.city:a of b' }); // prettier-ignore
  expect(questionOf(refTo({ of: '' }), page)?.filter).toBe('order.state:SP;!order.city?');
  expect(questionOf(refTo({ of: 'x' }), { ...page, by: undefined })).toBeUndefined();
  for (const nothing of ['', 'at 2026-02-30', 'at 2027-01-01', 'something', 'at', 'other thing']) {
    expect(questionOf(nothing, page), nothing).toBeUndefined();
  }
});
