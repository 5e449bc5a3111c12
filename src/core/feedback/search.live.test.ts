import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type World } from '../../../test/support/world.ts';
import { type FeedbackInput, putFeedback } from './facade.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const TEXTS = [
  'Chegou em São Paulo',
  'SA\u0303O por enquanto',
  'To jest zażółć gęślą jaźń',
  'Die Straße war gesperrt',
  'Čaj in žlica',
  'كتاب عربي',
  'کتاب‌های خوب، ۳ جلد',
  'کِتاب',
  '100% (a+b)? [x] C:\\temp',
  'ёлка',
];

test('[FB9] words are found whatever the case, accents, alphabet variants and marks of either', async () => {
  const shop = await world.workspace();
  const rows = TEXTS.map((text, i): FeedbackInput => ({
    ...{ key: `k${i}`, at: `2026-01-02 00:00:0${i}.000`, source: 'review', instrument: 'text', text },
  }));
  await putFeedback(world.house, shop, rows, { origin: 'imp_1', token: 't' });
  const found = async (search: string): Promise<number[]> => {
    const answer = await world.api(shop.secretKey).get(`/api/v1/comments?search=${encodeURIComponent(search)}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { items } = z.object({ items: z.array(z.object({ text: z.string() })) }).parse(answer.body);
    return items.map(({ text }) => TEXTS.indexOf(text)).toSorted((a, b) => a - b);
  };
  const wanted: [string, number[]][] = [
    ['sao', [0, 1]],
    ['SÃO', [0, 1]],
    ['são paulo', [0]],
    ['zazolc', [2]],
    ['GESLA Zażółć', [2]],
    ['strasse', [3]],
    ['straße', [3]],
    ['caj', [4]],
    ['žlica', [4]],
    ['کتاب', [5, 6, 7]],
    ['كتاب', [5, 6, 7]],
    ['عربی', [5]],
    ['کتابهای', [6]],
    ['3 جلد', [6]],
    ['100%', [8]],
    ['(a+b)?', [8]],
    ['[x]', [8]],
    ['c:\\temp', [8]],
    ['елка', [9]],
    ['.*', []],
    ['s.o', []],
    ['a'.repeat(200), []],
  ];
  for (const [search, texts] of wanted) expect(await found(search), search).toEqual(texts);
});
