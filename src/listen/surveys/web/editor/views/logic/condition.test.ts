import type { Predicate } from '@touchstone/domain/predicate';
import type { SurveyDocument } from '@touchstone/domain/survey';
import { integer, pick, seeded } from '@touchstone/domain/random';
import { expect, test } from 'vitest';
import { makeFill } from '../../../../../../platform/web/ui/i18n/fill.ts';
import en from '../../../words/views/messages.en.json';
import fa from '../../../words/views/messages.fa.json';
import { addPiece, putPiece, readPiece, withOp, writePiece } from './condition.ts';
import { fieldFinder, subjectsAt } from './known.ts';
import { sayCondition, type Saying } from './says.ts';

const DOCUMENT: SurveyDocument = {
  format: 1,
  languages: ['en', 'fa'],
  title: { en: 'Visit' },
  hidden: [{ id: 'till', values: ['1', '2'] }, { id: 'source' }],
  loops: [{ id: 'brands', over: { question: 'known', take: 'chosen' } }],
  scores: [{ id: 'effort', name: { en: 'Effort' }, how: 'mean', of: [{ question: 'nps' }] }],
  quotas: [{ id: 'many', name: 'Many', limit: 5, action: 'warn' }],
  pages: [
    {
      id: 'p1',
      questions: [
        { id: 'hello', kind: 'statement', title: { en: 'Hello' } },
        { id: 'nps', kind: 'nps', title: { en: 'How likely are you?' } },
        {
          id: 'known',
          kind: 'multiple',
          title: { en: 'Which do you know?' },
          choices: [
            { id: 'a', text: { en: 'Acme' } },
            { id: 'b', text: { en: 'Bolt' } },
          ],
        },
        {
          id: 'rate',
          kind: 'matrix',
          title: { en: 'Rate' },
          rows: [{ id: 'staff', text: { en: 'The staff' } }],
          columns: [{ id: 'good', text: { en: 'Good' } }],
        },
        { id: 'day', kind: 'date', title: { en: 'When?' } },
        { id: 'agree', kind: 'consent', title: { en: 'Agreed?' }, label: { en: 'I agree' } },
      ],
    },
    { id: 'p2', loop: 'brands', questions: [{ id: 'why', kind: 'longText', title: { en: 'Why?' } }] },
  ],
  endings: [{ id: 'end', title: { en: 'Thank you' } }],
};
const FIELDS = [
  'nps',
  'known',
  'rate.staff',
  'count.known',
  'hidden.till',
  'person.plan',
  'score.effort',
  'gone',
  'day',
];
const OPS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains', 'startsWith', 'glob'] as const;

function anyPredicate(random: ReturnType<typeof seeded>, depth: number): Predicate {
  const how = depth <= 0 ? 3 : integer(random, 0, 6);
  const inner = (): Predicate[] => Array.from({ length: integer(random, 1, 3) }, () => anyPredicate(random, depth - 1));
  if (how === 0) return { all: inner() };
  if (how === 1) return { any: inner() };
  if (how === 2) return { not: anyPredicate(random, depth - 1) };
  const field = pick(random, FIELDS);
  const value = pick(random, ['a', 'good', '7', 7, -0.5, true, 'x y'] as const);
  if (how === 4) return { field, op: 'exists' };
  if (how === 5) return { field, op: 'in', value: [value, 'b'] };
  return { field, op: pick(random, OPS), value };
}

const saying = (language: 'en' | 'fa'): Saying => {
  const fill = makeFill(language, language === 'en' ? en : fa);
  return {
    document: DOCUMENT,
    language: 'en',
    locale: language,
    t: (key, values) =>
      fill(key, undefined, Object.fromEntries(Object.entries(values ?? {}).map(([k, v]) => [k, String(v)]))),
  };
};

test('[SQ41] any condition goes through the form and stays what it was, and is said in words', () => {
  const random = seeded('conditions');
  const find = fieldFinder(subjectsAt(DOCUMENT, 'endings[0].showIf', 'en'));
  for (let i = 0; i < 300; i++) {
    const predicate = anyPredicate(random, 5);
    const piece = readPiece(predicate, (field) => find(field)?.kind);
    expect(writePiece(piece)).toEqual(predicate);
    for (const language of ['en', 'fa'] as const) {
      const said = sayCondition(predicate, saying(language));
      expect(said).not.toBe('');
      expect(said).not.toMatch(/surveys\.logic|\{\{|undefined/);
    }
  }
});

test('[SQ41] a condition reads as a sentence, with groups within groups', () => {
  // Without the marks that keep each title in its own direction.
  const said = (predicate: Predicate, language: 'en' | 'fa' = 'en'): string =>
    sayCondition(predicate, saying(language)).replace(/[\u2068\u2069]/gu, '');
  expect(said({ field: 'nps', op: 'lt', value: 7 })).toBe('“How likely are you?” is less than 7');
  expect(
    said({
      all: [
        { field: 'known', op: 'eq', value: 'a' },
        { any: [{ field: 'rate.staff', op: 'ne', value: 'good' }, { not: { field: 'person.plan', op: 'exists' } }] },
      ],
    }),
  ).toBe(
    '“Which do you know?” includes “Acme” and (“Rate: The staff” is not “Good” or the person’s “plan” is not known)',
  );
  expect(said({ field: 'day', op: 'lt', value: '2026-01-31' })).toBe('“When?” is before “2026-01-31”');
  expect(
    said({
      not: {
        any: [
          { field: 'agree', op: 'eq', value: true },
          { field: 'loop', op: 'eq', value: 'b' },
        ],
      },
    }),
  ).toBe('not: “Agreed?” is yes or the item of this round is “Bolt”');
  expect(said({ field: 'nps', op: 'lt', value: 7 }, 'fa')).toContain('۷');
});

test('[SQ41] only what is known at a place can be asked of there', () => {
  const keys = (at: string): string[] => subjectsAt(DOCUMENT, at, 'en').map(({ key }) => key);
  const beside = ['hidden.till', 'hidden.source', 'score.effort'];
  expect(keys('pages[0].questions[2].showIf')).toEqual(['nps', ...beside, 'person']);
  expect(keys('pages[0].questions[2].skips[0].if')).toEqual(['nps', 'known', ...beside, 'person']);
  expect(keys('pages[0].showIf')).toEqual([...beside, 'person']);
  expect(keys('pages[1].showIf')).toEqual(['nps', 'known', 'rate', 'day', 'agree', ...beside, 'loop', 'person']);
  expect(keys('quotas[0].if')).toContain('why');
  const loop = subjectsAt(DOCUMENT, 'pages[1].showIf', 'en').find(({ key }) => key === 'loop');
  expect(loop?.fields[0]?.values.map(({ words }) => words)).toEqual(['Acme', 'Bolt']);
});

test('[SQ41] lines are added, changed and taken away; what has no line stays beside them', () => {
  const row = { is: 'row', field: 'nps', op: 'lt', values: [7] } as const;
  const kept = { is: 'kept', predicate: { field: 'gone', op: 'glob', value: 'a*' } } as const;
  const two = addPiece(addPiece(undefined, kept), row);
  expect(writePiece(two)).toEqual({ all: [kept.predicate, { field: 'nps', op: 'lt', value: 7 }] });
  const changed = putPiece(two, [1], withOp(row, 'notExists', 0));
  expect(changed === undefined ? undefined : writePiece(changed)).toEqual({
    all: [kept.predicate, { not: { field: 'nps', op: 'exists' } }],
  });
  const inner = { is: 'group', how: 'all', parts: [two, row] } as const;
  const less = putPiece(inner, [0, 0], undefined);
  expect(less).toEqual({ is: 'group', how: 'all', parts: [{ is: 'group', how: 'all', parts: [row] }, row] });
  // A group that has lost its last line goes.
  expect(less === undefined ? undefined : putPiece(less, [0, 0], undefined)).toEqual({
    is: 'group',
    how: 'all',
    parts: [row],
  });
  expect(withOp(withOp({ ...row, values: ['a'] }, 'in', 'b'), 'eq', 'b')).toMatchObject({ op: 'eq', values: ['a'] });
});
