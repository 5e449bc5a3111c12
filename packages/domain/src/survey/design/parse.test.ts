import { describe, expect, test } from 'vitest';
import { integer, pick, seeded } from '../../random/index.ts';
import { DOCUMENT_LIMITS as LIMITS, type Question, prepare, walk } from '../index.ts';
import { drawSurvey } from '../scenarios.ts';
import { parseSurvey, surveySchema } from './index.ts';
import { EVERYTHING_IN_ONE, EVERY_KIND } from './sample.ts';

const t = { en: 'x' };
const small = { format: 1, languages: ['en'], title: t, pages: [], endings: [] };
const withQuestion = (question: object) => ({ ...small, pages: [{ id: 'p', questions: [question] }] });
const told = (value: unknown): string[] => parseSurvey(value).problems.map(({ at, reason }) => `${at}: ${reason}`);

describe('parseSurvey', () => {
  test('[SD1] what a document can say is taken, and comes out as it went in', () => {
    for (const document of [small, EVERYTHING_IN_ONE]) {
      expect(told(document)).toEqual([]);
      expect(parseSurvey(document).document).toBe(document);
    }
    const random = seeded('documents');
    for (let i = 0; i < 50; i++) expect(told(drawSurvey(random))).toEqual([]);
    expect(() => walk(prepare(EVERYTHING_IN_ONE), {}, { language: 'fa', seed: 's' })).not.toThrow();
  });

  test('[SD1] the schema names the properties of each kind that the type has, and no other', () => {
    const { question } = surveySchema['$defs'] as Record<
      string,
      { oneOf: { properties: Record<string, { const?: string }> }[] }
    >;
    const named = new Map(
      question?.oneOf.map(({ properties }) => [properties['kind']?.const, Object.keys(properties).toSorted()]),
    );
    // The compiler sees to it that these have every property.
    const kinds: readonly Question[] = Object.values(EVERY_KIND);
    expect(named).toEqual(new Map(kinds.map((one) => [one.kind, Object.keys(one).toSorted()])));
    const top = surveySchema['properties'] as object;
    expect(Object.keys(top).toSorted()).toEqual(Object.keys(EVERYTHING_IN_ONE).toSorted());
  });

  test.each<[unknown, string]>([
    [null, ': must be an object'],
    [{ ...small, format: 2 }, 'format: must be 1'],
    [{ ...small, extra: 1 }, 'extra: is not known here'],
    [{ ...small, title: undefined }, 'title: must be an object'],
    [{ format: 1, languages: [], title: t, pages: [], endings: [] }, 'languages: must have at least 1'],
    [{ ...small, languages: ['EN'] }, 'languages[0]: must be a language tag'],
    [{ ...small, languages: ['en', 'en'] }, 'languages[1]: "en" stands at languages[0] already'],
    [{ ...small, title: { 'en">': 'x' } }, 'title.en">: as a name must be a language tag'],
    [{ ...small, title: { en: 'a\u0000' } }, 'title.en: holds characters'],
    [{ ...small, title: { en: 'x'.repeat(10_001) } }, 'title.en: must have at most 10000 characters'],
    [{ ...small, pages: {} }, 'pages: must be a list'],
    [{ ...small, pages: [{ id: 'p' }] }, 'pages[0].questions: is missing'],
    [{ ...small, pages: [{ id: '-p', questions: [] }] }, 'pages[0].id: must be letters'],
    [withQuestion({ id: 'q', kind: 'nope', title: t }), 'pages[0].questions[0].kind: must be one of nps, csat'],
    [withQuestion({ id: 'q', kind: 'nps' }), 'pages[0].questions[0].title: is missing'],
    [withQuestion({ id: 'q', kind: 'nps', title: t, choices: [] }), 'pages[0].questions[0].choices: is not known here'],
    [withQuestion({ id: 'q', kind: 'nps', title: t, required: false }), 'required: must be true'],
    [withQuestion({ id: 'q', kind: 'csat', title: t, points: 11 }), 'points: must be from 2 to 10'],
    [withQuestion({ id: 'q', kind: 'csat', title: t, points: 2.5 }), 'points: must be a whole number'],
    [
      withQuestion({ id: 'q', kind: 'consent', title: t, label: t, link: 'javascript:alert(1)' }),
      'link: must be an address that begins with https://',
    ],
    [withQuestion({ id: 'q', kind: 'statement', title: t, picture: 'data:x' }), 'picture: must be an address'],
    [withQuestion({ id: 'person', kind: 'nps', title: t }), 'questions[0].id: "person" means something else'],
    [withQuestion({ id: 'p', kind: 'nps', title: t }), 'pages[0].questions[0].id: "p" stands at pages[0].id already'],
    [
      withQuestion({
        id: 'q',
        kind: 'single',
        title: t,
        choices: [
          { id: 'a', text: t },
          { id: 'a', text: t },
        ],
      }),
      'choices[1].id: "a" stands at pages[0].questions[0].choices[0].id',
    ],
    [
      withQuestion({ id: 'q', kind: 'nps', title: t, showIf: { field: 'a', op: 'like', value: 1 } }),
      'questions[0].showIf.op: must be one of eq',
    ],
    [
      withQuestion({ id: 'q', kind: 'nps', title: t, showIf: { all: [{ not: 3 }] } }),
      'showIf.all[0].not: must be an object',
    ],
    [{ ...small, loops: [{ id: 'l' }] }, 'loops[0]: must have id and over, or id and items'],
    [{ ...small, loops: [{ id: 'l', items: [], over: {} }] }, 'loops[0].over.question: is missing'],
    [{ ...small, back: 1 }, 'back: must be true or false'],
  ])('[SD1] %#: %s', (value, problem) => {
    expect(told(value).join('\n')).toContain(problem);
  });

  test('[SD2] no larger than it may be', () => {
    const many = (n: number, make: (i: number) => object): object[] => Array.from({ length: n }, (_, i) => make(i));
    const nps = (i: number) => ({ id: `q${i}`, kind: 'nps', title: t });
    expect(told({ ...small, pages: [{ id: 'a', questions: many(LIMITS.questions, nps) }] })).toEqual([]);
    const pages = [
      { id: 'a', questions: many(LIMITS.questions, nps) },
      { id: 'b', questions: [{ id: 'z', kind: 'nps', title: t }] },
    ];
    expect(told({ ...small, pages })).toEqual(['pages: holds more than 500 questions']);
    const wide = (id: string, n: number) => ({
      id,
      kind: 'dropdown',
      title: t,
      choices: many(n, (i) => ({ id: `c${i}`, text: t })),
    });
    expect(told({ ...small, pages: [{ id: 'a', questions: [wide('q', LIMITS.choices)] }] })).toEqual([]);
    const wider = [{ id: 'a', questions: [wide('q', 6_000), wide('r', 6_000)] }];
    expect(told({ ...small, pages: wider })).toEqual(['pages: holds more than 10000 choices, rows and columns']);
    const long = {
      ...small,
      pages: many(101, (i) => ({ id: `p${i}`, questions: [], text: { en: 'ص'.repeat(5_000) } })),
    };
    expect(told(long)).toEqual([': is larger than 1000000 bytes']);
    let deep: object = { field: 'a', op: 'exists' };
    for (let i = 0; i < 2_000; i++) deep = { not: deep };
    expect(told(withQuestion({ id: 'q', kind: 'nps', title: t, showIf: deep })).join()).toContain('deeper than 8');
    const itself: Record<string, unknown> = { ...small };
    itself['pages'] = [itself];
    expect(told(itself)).not.toEqual([]);
    expect(told({ ...small, pages: many(500, () => ({})) }).length).toBeLessThanOrEqual(50);
  });

  test('[SD1] whatever is done to a document, it is taken or refused with a place, and what is taken can be walked', () => {
    const random = seeded('mutilated');
    const rubbish: unknown[] = [null, 0, -1, '', 'x', [], {}, true, { en: 1 }, 'q1', [[]], '__proto__'];
    let taken = 0;
    for (let i = 0; i < 150; i++) {
      const document = structuredClone(EVERYTHING_IN_ONE) as unknown;
      for (let k = integer(random, 1, 2); k > 0; k--) {
        const place = pick(random, placesIn(document));
        const key = pick(random, Object.keys(place));
        if (integer(random, 0, 2) === 0) Reflect.deleteProperty(place, key);
        else Reflect.set(place, key, pick(random, rubbish));
      }
      const parsed = parseSurvey(document);
      for (const { reason } of parsed.problems) expect(reason).not.toBe('');
      if (parsed.document === undefined) continue;
      taken++;
      const survey = prepare(parsed.document);
      walk(survey, { first: { chosen: ['price'] } }, { language: 'en', seed: 's' });
    }
    expect(taken).toBeGreaterThan(15);
  });
});

function placesIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [];
  return [value, ...Object.values(value).flatMap(placesIn)];
}
