import { describe, expect, test } from 'vitest';
import type { EventInput } from '../../src/core/events/facade.ts';
import { openCompany } from './index.ts';
import { SPEECHES, comment, varietyOf } from './words/comments.ts';
import { SPOKEN, THEMES } from './words/spoken.ts';
import { COMPLETED, LATE, LEAVES_AFTER_HURT } from './truths.ts';
import { GIVEN, SURNAMES } from './words/names.ts';
import { seeded } from '@touchstone/domain/random';

const options = { seed: 'lantern', people: 5_000, today: '2026-11-23', zone: 'Europe/Ljubljana', currency: 'EUR' };
const story = openCompany(options);
const told = Array.from({ length: story.people }, (_, n) => story.told(n));
const rows = told.flat();
const traits = Array.from({ length: story.people }, (_, n) => story.person(n).traits);

const said = (row: EventInput, key: string): unknown => row.props[key];
const scoreOf = (row: EventInput): number => Number(said(row, 'score'));
const named = (name: string): EventInput[] => rows.filter((row) => row.name === name);

/** Mean of some and how far from it chance may carry it: three standard errors. */
function meanOf(values: readonly number[]): { readonly mean: number; readonly reach: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, reach: (3 * Math.sqrt(squares)) / values.length };
}

/** Whether a mean is what was planted, and enough was answered to say so. */
function expectMean(values: readonly number[], planted: number, most: number): void {
  const { mean, reach } = meanOf(values);
  // Answers of one person are alike: a little more than three standard errors of answers that are not.
  expect(Math.abs(mean - planted)).toBeLessThan(reach * 1.3);
  expect(reach).toBeLessThan(most);
}

const region = new Map<string, unknown>(); // by order
const lateBy = new Map<string, boolean>();
const card = new Map<string, unknown>();
const placed = new Map<string, string>();
const promise = new Map<string, string>();
for (const row of rows) {
  const id = row.orderId ?? '';
  if (row.name === 'Order Completed') {
    region.set(id, said(row, 'region'));
    placed.set(id, row.at);
    const promised = said(row, 'promised_delivery');
    if (typeof promised === 'string') promise.set(id, promised);
    card.set(id, said(row, 'thank_you_card'));
  }
  const promised = promise.get(id);
  // Days of the zone: two hours after Greenwich no parcel comes so late that the day differs.
  if (row.name === 'Order Delivered' && promised !== undefined) lateBy.set(id, row.at.slice(0, 10) > promised);
}
const inSurvey = (survey: string): EventInput[] =>
  named('Survey Answered').filter((r) => said(r, 'survey_id') === survey);
const ratings = named('Review Submitted');
const [checkoutDay, carrierDay, ownerDay] = ['2026-05-01', '2026-04-01', '2026-06-01'];

describe('[DM8] what is planted', () => {
  test('T1: late parcels to the Islands cost 1.4 points, elsewhere 0.6', () => {
    const of = (islands: boolean, late: boolean): number[] =>
      ratings
        .filter((r) => (region.get(r.orderId ?? '') === 'Islands') === islands && lateBy.get(r.orderId ?? '') === late)
        .map(scoreOf);
    expectMean(of(true, true), 3, 0.5);
    expectMean(of(true, false), 4.4, 0.2);
    expectMean(of(false, true), 3.8, 0.5);
    expectMean(of(false, false), 4.4, 0.1);
  });

  test('T2: more is late on the Islands since the carrier changed', () => {
    const share = (wanted: (id: string) => boolean): number[] =>
      [...lateBy].filter(([id]) => wanted(id)).map(([, late]) => (late ? 1 : 0));
    const islands = (id: string): boolean => region.get(id) === 'Islands' && !(placed.get(id) ?? '').includes('-12-');
    const since = (id: string): boolean => (placed.get(id) ?? '') >= carrierDay;
    expectMean(
      share((id) => islands(id) && since(id)),
      LATE.slowRegionSinceCarrier,
      0.12,
    );
    expectMean(
      share((id) => islands(id) && !since(id)),
      LATE.slowRegion,
      0.12,
    );
    const elsewhere = share((id) => region.get(id) !== 'Islands' && !(placed.get(id) ?? '').includes('-12-'));
    expectMean(elsewhere, LATE.elsewhere, 0.03);
  });

  test('T3: the changed checkout takes more effort on the site, not in the app', () => {
    const of = (channel: string, since: boolean): number[] =>
      inSurvey('after_checkout')
        .filter((r) => r.channel === channel && (placed.get(r.orderId ?? '') ?? '') >= checkoutDay === since)
        .map(scoreOf);
    expectMean(of('web', false), 5.7, 0.35);
    expectMean(of('web', true), 4.9, 0.5);
    expectMean([...of('app', false), ...of('app', true)], 5.8, 0.4);
  });

  test('T4: fewer checkouts on the site are brought to their end since', () => {
    const count = (name: string, channel: string, since: boolean): number =>
      named(name).filter((r) => r.channel === channel && r.at >= checkoutDay === since).length;
    const share = (channel: string, since: boolean): number =>
      count('Order Completed', channel, since) / count('Checkout Started', channel, since);
    expect(Math.abs(share('web', false) - COMPLETED.web)).toBeLessThan(0.03);
    expect(Math.abs(share('web', true) - COMPLETED.webSinceChange)).toBeLessThan(0.03);
    expect(Math.abs(share('app', true) - COMPLETED.app)).toBeLessThan(0.05);
  });

  test('T5: a return to a store is another thing than one by parcel', () => {
    const of = (store: boolean): number[] =>
      inSurvey('after_return')
        .filter((r) => (r.channel === 'store') === store)
        .map(scoreOf);
    expectMean(of(true), 2.9, 1.2);
    expectMean(of(false), 4.2, 0.5);
  });

  test('T6: who never answers leaves after a hurt, who does answer mostly stays', () => {
    const answers = new Set(['Survey Answered', 'Review Submitted', 'Product Reviewed', 'Complaint Submitted']);
    const lasting = '2026-02-01';
    const stays = { silent: [0, 0], heard: [0, 0] };
    for (const one of told) {
      const orders = one.filter((r) => r.name === 'Order Completed').toSorted((a, b) => (a.at < b.at ? -1 : 1));
      const hurt = orders.findIndex(
        ({ orderId = '', at }) => at < lasting && region.get(orderId) === 'Islands' && lateBy.get(orderId) === true,
      );
      if (hurt === -1) continue;
      const group = one.some((r) => answers.has(r.name)) ? stays.heard : stays.silent;
      group[0] = (group[0] ?? 0) + 1;
      if (orders.length > hurt + 1) group[1] = (group[1] ?? 0) + 1;
    }
    const staying = ([all = 0, stay = 0]: readonly number[]): number => stay / all;
    // Of whoever does not leave, not all buy again within the time that is left.
    expect(staying(stays.silent)).toBeLessThan(1 - LEAVES_AFTER_HURT.silent + 0.15);
    expect(staying(stays.heard)).toBeGreaterThan(staying(stays.silent) + 0.2);
  });

  test('T7: one owner for a case helped; T8: the card did nothing', () => {
    const help = inSurvey('after_help');
    const opened = new Map(named('Ticket Opened').map((r) => [r.caseId, r.at]));
    const since = (r: EventInput): boolean => (opened.get(r.caseId) ?? '') >= ownerDay;
    expectMean(help.filter((r) => !since(r)).map(scoreOf), 3.5, 0.6);
    expectMean(help.filter(since).map(scoreOf), 4, 0.6);
    const carded = (kind: string): number[] =>
      ratings.filter((r) => card.get(r.orderId ?? '') === kind && lateBy.get(r.orderId ?? '') === false).map(scoreOf);
    expectMean(carded('yes'), 4.4, 0.3);
    expectMean(carded('no'), 4.4, 0.3);
  });

  test('T9: visits to Mill Gate go badly more often', () => {
    const of = (mill: boolean): number[] =>
      inSurvey('after_visit')
        .filter((r) => (r.locationId === 'Mill Gate') === mill)
        .map(scoreOf);
    expect(meanOf(of(false)).mean - meanOf(of(true)).mean).toBeGreaterThan(0.15);
  });
});

test('[DM7] the same seed, the same company, in whatever parts; nothing on its last day', () => {
  const again = openCompany({ ...options, people: 40 });
  for (const n of [0, 7, 39]) {
    expect(again.told(n)).toEqual(told[n]);
    expect(again.person(n)).toEqual(story.person(n));
  }
  expect(openCompany({ ...options, seed: 'other' }).told(0)).not.toEqual(told[0]);
  expect(new Set(rows.map((r) => r.key)).size).toBe(rows.length);
  // 2026-11-23 begins at 23:00 of the day before in Greenwich.
  const times = rows.map((r) => r.at);
  expect(times.every((at) => at < '2026-11-22 23:00:00.000' && at >= '2025-05-22 22:00:00.000')).toBe(true);
  expect(times.some((at) => at > '2026-11-22 12:00:00.000')).toBe(true);
});

test('[DM9] it is believable', () => {
  const per = (name: string): number => named(name).length / story.people;
  expect(rows.length / story.people).toBeGreaterThan(36);
  expect(rows.length / story.people).toBeLessThan(39.5);
  expect(per('Order Completed')).toBeGreaterThan(1.4);
  expect(per('Ticket Opened')).toBeGreaterThan(0.1);
  expect(per('Store Visited')).toBeGreaterThan(0.2);
  expect(per('Return Requested')).toBeGreaterThan(0.05);
  const month = (m: string): number => named('Order Completed').filter((r) => r.at.startsWith(m)).length;
  expect(month('2025-12')).toBeGreaterThan(1.4 * month('2025-08'));
  expect(month('2026-10')).toBeGreaterThan(1.2 * month('2025-10'));
  const buyers = told.map((one) => one.filter((r) => r.name === 'Order Completed').length).filter((n) => n > 0);
  const back = buyers.filter((n) => n > 1).length / buyers.length;
  expect(back).toBeGreaterThan(0.4);
  expect(back).toBeLessThan(0.75);
  const steps = ['Order Completed', 'Order Shipped', 'Order Delivered', 'Review Submitted'];
  for (const one of told.slice(0, 500)) {
    const orders = new Map<string, EventInput[]>();
    for (const row of one) if (row.orderId !== undefined) orders.set(row.orderId, [...(orders.get(row.orderId) ?? []), row]); // prettier-ignore
    for (const of of orders.values()) {
      const at = steps.flatMap((name) => of.filter((r) => r.name === name).map((r) => r.at));
      expect(at).toEqual(at.toSorted());
    }
  }
});

describe('[DM10] comments', () => {
  test.each(SPOKEN)('%s: whole, many, nothing left to fill in', (language) => {
    const texts = rows.filter((r) => said(r, 'language') === language).map((r) => said(r, 'text'));
    const written = texts.filter((text) => typeof text === 'string');
    expect(new Set(written).size).toBeGreaterThan(250);
    const script = { ru: /^[^a-z]*$/iu, fa: /^[^a-z]*$/iu, en: /^[\p{ASCII}]*$/u, de: /[a-zäöüß]/iu, pl: /[a-ząćęłńóśźż]/iu, sl: /[a-zčšž]/iu }[language]; // prettier-ignore
    for (const text of written) {
      expect(text).not.toMatch(/[{}|]|undefined|\s\s|^\s|\s$/u);
      expect(text).toMatch(script);
    }
    const { things, waits } = SPEECHES[language];
    expect(new Set(things).size).toBeGreaterThan(7);
    expect(new Set(waits).size).toBe(6);
    for (const theme of THEMES) expect(varietyOf(language, theme), theme).toBeGreaterThanOrEqual(80);
  });

  test('a form for her and one for him', () => {
    const write = (she: boolean, n: number): string => comment(seeded(`hand ${n}`), { language: 'pl', she }, 'love');
    const both = Array.from({ length: 40 }, (_, n) => [write(true, n), write(false, n)] as const);
    expect(both.some(([hers]) => /Kupiłam|zamówiłam|zawiodłam/iu.test(hers))).toBe(true);
    expect(both.every(([hers, his]) => !/(iłem|wiłem|odłem)/u.test(hers) && !/(iłam|wiłam|odłam)/u.test(his))).toBe(
      true,
    );
  });

  test('nobody is called like somebody', () => {
    const given = new Set(SPOKEN.flatMap((l) => [...GIVEN[l].she, ...GIVEN[l].he]));
    const surnames = new Set(SPOKEN.flatMap((l) => SURNAMES[l]));
    for (const one of traits) {
      const [first = '', last = ''] = String(one['name']).split(' ');
      expect(given.has(first) && surnames.has(last)).toBe(true);
      expect(one['email']).toMatch(/^c\d{6}@example\.com$/u);
    }
  });
});
