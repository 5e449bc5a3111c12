import type { Language } from '@touchstone/domain/languages';
import { expect, test } from 'vitest';
import { plain, wordsOf } from '../../../../test/support/words.ts';
import { namesOf } from '../../metrics/web/names.ts';
import { writerOf } from '../../metrics/web/facade.ts';
import { groupsSaying } from './saying.ts';

const group = (key: string, value: number | null) => ({ key, label: key, value });
const told = (level: string, value: number, verdict: 'higher' | 'lower' | 'unclear') => ({
  level,
  label: level,
  figure: { value },
  difference: { verdict },
});
const GROUPS = [group('Mill Gate', 3.62), group('Old Port', 4.2), group('Riverside', 4.3), group('', 4)];

/** What is said of ratings by city, as it is read. */
function said(language: Language, compared: number, items: readonly ReturnType<typeof told>[], groups = GROUPS) {
  const { t, format } = wordsOf(language, 'measure/metrics', 'measure/explore');
  const info = { key: 'rating', higherIsBetter: true } as const;
  const words = { t, names: namesOf(t), writer: writerOf('stars', format) };
  const { k, values, tone } = groupsSaying({ info, by: 'order.city' }, groups, { compared, items }, words);
  return [plain(t(k, values)), tone];
}

const middle = told('Old Port', 4.2, 'unclear');
const lower = told('Mill Gate', 3.62, 'lower');
const higher = told('Riverside', 4.3, 'higher');

test('[EX12] the group that is furthest from the others is named, and how many more differ', () => {
  expect(said('en', 3, [lower, higher, middle])).toEqual([
    'Rating by city: clearly lower for “Mill Gate”, 3.62; 1 more of the 3 compared stands out.',
    'worse',
  ]);
  expect(said('en', 3, [higher, middle, middle])).toEqual([
    'Rating by city: clearly higher for “Riverside”, 4.30; no other of the 3 compared stands out.',
    'better',
  ]);
  expect(
    said(
      'en',
      1,
      [lower, told('Old Port', 4.2, 'higher')],
      [group('Mill Gate', 3.62), group('Old Port', 4.2), group('', 4)],
    ),
  ).toEqual(['Rating by city: 3.62 for “Mill Gate” and 4.20 for “Old Port”, a clear difference.', 'neither']);
  // One comparison of several groups: the others have too few answers.
  expect(said('en', 1, [lower])[0]).toContain('clearly lower for “Mill Gate”');
  expect(said('en', 2, [middle])).toEqual(['Rating by city: no clear difference between the groups.', 'neither']); // prettier-ignore
  expect(said('en', 0, [])[0]).toContain('too few answers');
});

test.each([
  ['ru', 'Рейтинг, разбивка «город»: явно ниже в группе «Mill Gate», 3,62; явно выделяется ещё 1 группа, сравнений всего: 3.', 'явно выделяются ещё 2 группы'], // prettier-ignore
  ['pl', 'Średnia ocena, podział „miasto”: wyraźnie niżej w grupie „Mill Gate”, 3,62; wyróżnia się jeszcze 1 grupa, porównań łącznie: 3.', 'wyróżniają się jeszcze 2 grupy'], // prettier-ignore
  ['sl', 'Povprečna ocena, razčlenitev »mesto«: jasno nižje v skupini »Mill Gate«, 3,62; izstopa še 1 skupina, vseh primerjav: 3.', 'izstopata še 2 skupini'], // prettier-ignore
  ['fa', 'امتیاز به تفکیک شهر: آشکارا پایین‌تر در گروه «Mill Gate»، ۳٫۶۲؛ از میان ۳ گروه مقایسه‌شده ۱ گروه دیگر هم متمایز است.', '۲ گروه دیگر هم متمایزند'], // prettier-ignore
] as const)('[EX12] said in %s', (language, whole, two) => {
  expect(said(language, 3, [lower, higher, middle])[0]).toBe(whole);
  expect(said(language, 3, [lower, higher, higher])[0]).toContain(two);
});
