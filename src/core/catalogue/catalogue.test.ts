import { describe, expect, test } from 'vitest';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { bookOf, checkBody, samePlaces, settleIds } from './book.ts';
import { compileRules } from './classify.ts';
import { type CatalogueBody, catalogueBody } from './contract.ts';
import { bodyOfSet } from './sets.ts';
import { CATALOGUE_SETS, type FactKind } from './vocabulary.ts';

const clock = new HeldClock('2026-11-22T10:00:00Z');

function problemOf(body: CatalogueBody): Problem {
  try {
    checkBody(body);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('the body was taken');
}

function placeIn(body: CatalogueBody, kind: FactKind, fact: Record<string, unknown>): string | undefined {
  const { touchpoint } = compileRules(bookOf('ws', 1, body)).classify(kind, fact);
  return body.touchpoints.find((t) => t.id === touchpoint)?.name;
}

describe('sets', () => {
  test.each(CATALOGUE_SETS)('[CT2] the set for a %s is whole, in every language', (set) => {
    const complaints = {
      en: 'Complaint',
      ru: 'Жалоба',
      'pl-PL': 'Reklamacja',
      sl: 'Pritožba',
      'fa-IR': 'شکایت',
      de: 'Complaint',
    };
    for (const [locale, complaint] of Object.entries(complaints)) {
      const body = bodyOfSet(set, locale);
      expect(catalogueBody.parse(body)).toEqual(body);
      checkBody(body);
      expect(placeIn(body, 'order', { status: 'delivered' })).toBeDefined();
      expect(placeIn(body, 'feedback', { source: 'review', instrument: 'rating', order_id: '1' })).toBeDefined();
      expect(placeIn(body, 'feedback', { source: 'complaint', order_id: '1' })).toBe(complaint);
    }
    expect(bodyOfSet(set, 'fa').touchpoints.map((t) => t.id)).toEqual(
      bodyOfSet(set, 'en').touchpoints.map((t) => t.id),
    );
  });

  test('[CT2] a shop: what customers do and say lies where one looks for it', () => {
    const shop = bodyOfSet('shop', 'en');
    const event = (name: string) => placeIn(shop, 'event', { name });
    expect(event('Product Viewed')).toBe('Product page');
    expect(event('Checkout Started')).toBe('Checkout');
    expect(event('Order Delivered')).toBe('Parcel received');
    expect(event('Order Returned')).toBe('Return');
    expect(event('Something Else')).toBeUndefined();
    const answer = (fact: Record<string, unknown>) => placeIn(shop, 'feedback', fact);
    expect(answer({ source: 'review', instrument: 'rating', order_id: '7' })).toBe('Parcel received');
    expect(answer({ source: 'review', instrument: 'rating', order_id: '7', item_id: 'p' })).toBe('Product in use');
    expect(answer({ source: 'survey', instrument: 'nps', order_id: '7' })).toBe('Recommendation');
  });
});

describe('drafts', () => {
  const shop = bodyOfSet('shop', 'en');

  test('[CT4] what makes no sense is refused with the place', () => {
    const twice = { ...shop, stages: [...shop.stages, { id: 'x', name: ' delivery'.trim() }] };
    expect(problemOf(twice).details.field).toBe('stages.7.name');
    const lost = {
      ...shop,
      touchpoints: shop.touchpoints.map((t, i) => (i === 2 ? { ...t, stageId: 'stg_gone' } : t)),
    };
    expect(problemOf(lost).details.field).toBe('touchpoints.2.stageId');
    const [first] = shop.rules;
    if (first === undefined) throw new Error('no rules');
    const ask = (when: Record<string, unknown>) => problemOf({ ...shop, rules: [{ ...first, when }] });
    expect(ask({ field: 'score', op: 'gt', value: 1 }).details).toMatchObject({
      field: 'rules.0.when',
      value: 'score',
    });
    expect(ask({ field: 'props.', op: 'exists' }).details.field).toBe('rules.0.when');
    expect(ask({ any: [] }).detail).toContain('at least one');
    expect(ask({ field: 'name', op: 'like', value: 'x' }).detail).toContain('must be one of');
  });

  test('[CT4] what is new gets ids of ours, and references follow', () => {
    const draft: CatalogueBody = {
      ...shop,
      stages: [...shop.stages, { id: 'new-1', name: 'Moving out' }],
      touchpoints: [
        ...shop.touchpoints,
        { id: 'new-1', name: 'Key return', stageId: 'new-1', channelId: 'chn_store', teamId: null },
      ],
      rules: [
        { id: 'new-1', on: 'event', when: { field: 'name', op: 'eq', value: 'Key Returned' }, touchpointId: 'new-1' },
        ...shop.rules,
      ],
    };
    const settled = settleIds(draft, shop, clock);
    checkBody(settled);
    const stage = settled.stages.at(-1);
    const touchpoint = settled.touchpoints.at(-1);
    expect(stage?.id).toMatch(/^stg_[0-9a-f]{32}$/);
    expect(touchpoint).toMatchObject({ stageId: stage?.id, channelId: 'chn_store' });
    expect(settled.rules[0]).toMatchObject({ touchpointId: touchpoint?.id });
    expect(settled.rules.slice(1)).toEqual(shop.rules);
  });

  test('[CT7] new names and owners move no fact; rules and stages may', () => {
    const renamed = { ...shop, touchpoints: shop.touchpoints.map((t) => ({ ...t, name: `${t.name}!`, teamId: null })) };
    expect(samePlaces(shop, renamed)).toBe(true);
    expect(samePlaces(shop, { ...shop, rules: shop.rules.toReversed() })).toBe(false);
    const moved = { ...shop, touchpoints: shop.touchpoints.map((t) => ({ ...t, stageId: 'stg_use' })) };
    expect(samePlaces(shop, moved)).toBe(false);
    // An answer may say itself where it was given, whether a rule leads there or not.
    const [first] = shop.touchpoints;
    const more = { ...shop, touchpoints: [...shop.touchpoints, { ...first, id: 'new', name: 'New' }] };
    expect(samePlaces(shop, catalogueBody.parse(more))).toBe(true);
    expect(samePlaces(catalogueBody.parse(more), shop)).toBe(false);
  });
});
