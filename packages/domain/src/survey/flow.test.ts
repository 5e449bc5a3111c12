import { describe, expect, test } from 'vitest';
import { chance, integer, pick, seeded } from '../random/index.ts';
import {
  type Answers,
  type Choice,
  type Context,
  type Page,
  type Question,
  type SurveyDocument,
  type Walk,
  countedAnswers,
  maxDiffSets,
  nextStep,
  ordered,
  prepare,
  previousStep,
  unfinishedStep,
  walk,
} from './index.ts';
import { drawSurveys, everyWalk } from './scenarios.ts';

const t = (en: string) => ({ en });
const context: Context = { language: 'en', seed: 'r1' };
const choices = (...ids: string[]): Choice[] => ids.map((id) => ({ id, text: t(id.toUpperCase()) }));
const single = (id: string, more: Partial<Question> = {}): Question =>
  ({ id, kind: 'single', title: t(id), choices: choices('a', 'b', 'c'), ...more }) as Question;
const multiple = (id: string, more: Partial<Question> = {}): Question =>
  ({ id, kind: 'multiple', title: t(id), choices: choices('a', 'b', 'c'), ...more }) as Question;
const chosen = (...ids: string[]) => ({ chosen: ids });

function survey(pages: readonly (Omit<Page, 'id'> & { readonly id?: string })[], more: Partial<SurveyDocument> = {}) {
  return prepare({
    format: 1,
    languages: ['en'],
    title: t('Survey'),
    pages: pages.map((page, i) => ({ id: `p${i + 1}`, ...page })),
    endings: [{ id: 'end', title: t('Thank you') }],
    ...more,
  });
}
const keys = (found: Walk): string[] => found.steps.map((step) => step.key);
const shown = (found: Walk): string[] => [...found.shown.keys()];

describe('flow', () => {
  test('[SV1] pages, questions and choices are shown where their conditions hold', () => {
    const s = survey([
      { questions: [single('q1'), single('q2', { showIf: { field: 'q1', op: 'eq', value: 'a' } })] },
      { questions: [single('q3')], showIf: { field: 'q2', op: 'exists' } },
      {
        questions: [
          single('q4', {
            choices: [...choices('a'), { id: 'b', text: t('B'), showIf: { field: 'q1', op: 'ne', value: 'a' } }],
          }),
        ],
      },
    ]);
    const of = (answers: Answers) => walk(s, answers, context);
    expect(shown(of({}))).toEqual(['q1', 'q4']);
    expect(shown(of({ q1: chosen('a') }))).toEqual(['q1', 'q2', 'q4']);
    expect(keys(of({ q1: chosen('a'), q2: chosen('b') }))).toEqual(['p1', 'p2', 'p3']);
    const offered = (answers: Answers) =>
      of(answers)
        .shown.get('q4')
        ?.choices.map((c) => c.id);
    expect(offered({})).toEqual(['a', 'b']);
    expect(offered({ q1: chosen('a') })).toEqual(['a']);
    // A question left out takes its answer along.
    expect(shown(of({ q1: chosen('b'), q2: chosen('b') }))).toEqual(['q1', 'q4']);
  });

  test('[SV1] skips lead onwards to pages and endings, from pages and from between questions', () => {
    const s = survey(
      [
        {
          questions: [
            single('q1', { skips: [{ if: { field: 'q1', op: 'eq', value: 'c' }, to: 'out' }] }),
            single('q2'),
          ],
          skips: [{ if: { field: 'q1', op: 'eq', value: 'b' }, to: 'p3' }],
        },
        { questions: [single('q3')], skips: [{ to: 'p1' }, { to: 'out' }] },
        { questions: [single('q4')], skips: [{ to: 'nowhere' }] },
        { questions: [], skips: [{ if: { field: 'person.plan', op: 'eq', value: 'pro' }, to: 'p6' }] },
        { questions: [single('q5')] },
        { questions: [single('q6')] },
      ],
      {
        endings: [
          { id: 'out', title: t('Out'), outcome: 'screenedOut', showIf: { field: 'q6', op: 'eq', value: 'c' } },
          { id: 'end', title: t('End') },
        ],
      },
    );
    const of = (answers: Answers, more: Partial<Context> = {}) => walk(s, answers, { ...context, ...more });
    expect(keys(of({ q1: chosen('b') }))).toEqual(['p1', 'p3', 'p5', 'p6']);
    // A skip to a page that lies behind is none, and hides the ones after it.
    expect(keys(of({ q1: chosen('a') }))).toEqual(['p1', 'p2', 'p3', 'p5', 'p6']);
    expect(keys(of({ q1: chosen('a') }, { person: { plan: 'pro' } }))).toEqual(['p1', 'p2', 'p3', 'p6']);
    const out = of({ q1: chosen('c'), q2: chosen('a') });
    expect([shown(out), out.ending?.id, out.outcome]).toEqual([['q1'], 'out', 'screenedOut']);
    expect(of({ q6: chosen('a') }).ending?.id).toBe('end');
    expect(of({ q6: chosen('c') }).ending?.id).toBe('out');
  });

  test('[SV1, SV2] what is not shown counts nowhere, whatever is kept of it', () => {
    const random = seeded('not shown');
    let [ways, cleaned] = [0, 0];
    for (const s of drawSurveys(random, 30)) {
      const ids = [...s.questions.keys()];
      for (let i = 0; i < 20; i++) {
        const kept: Record<string, Answers[string]> = {};
        for (const id of ids) {
          for (const key of [id, `${id}@a`, `${id}@z`]) {
            if (chance(random, 0.6)) kept[key] = pick(random, [1, 2, true, chosen('a'), chosen('a', 'b'), chosen('x')]);
          }
        }
        const found = walk(s, kept, context);
        const counted = countedAnswers(found);
        const again = walk(s, counted, context);
        expect([shown(again), keys(again), again.ending]).toEqual([shown(found), keys(found), found.ending]);
        expect(countedAnswers(again)).toEqual(counted);
        if (Object.keys(counted).length < Object.keys(kept).length) cleaned++;
        ways++;
      }
    }
    expect([ways, cleaned > 300]).toEqual([600, true]);
  });

  test('[SV2] no answers make it throw', () => {
    const random = seeded('rubbish');
    const rubbish: unknown[] = [
      null,
      0,
      -1,
      NaN,
      '',
      'a',
      true,
      [],
      [1],
      ['a', null],
      {},
      { chosen: 1 },
      { chosen: [{}] },
      { a: 1 },
      { a: ['b'] },
      { __proto__: 1 },
      { chosen: ['a'], words: 3 },
    ];
    const kinds = everyKind();
    for (let i = 0; i < 150; i++) {
      const answers = Object.fromEntries(kinds.map((q) => [q.id, pick(random, rubbish)]));
      const s = survey([
        { questions: kinds },
        { questions: [single('last', { showIf: { any: kinds.map((q) => ({ field: q.id, op: 'eq', value: 'a' })) } })] },
      ]);
      expect(() => walk(s, answers as Answers, context)).not.toThrow();
    }
    expect(() => walk(survey([]), {}, context)).not.toThrow();
  });

  test('[SV3] a loop goes round once for each item', () => {
    const s = survey(
      [
        { questions: [multiple('bought')] },
        { questions: [single('why')], loop: 'each' },
        {
          questions: [
            single('more', {
              showIf: {
                all: [
                  { field: 'why', op: 'eq', value: 'a' },
                  { field: 'loop', op: 'ne', value: 'c' },
                ],
              },
            }),
          ],
          loop: 'each',
        },
        { questions: [single('all', { showIf: { field: 'why', op: 'eq', value: 'b' } })] },
      ],
      { loops: [{ id: 'each', over: { question: 'bought', take: 'chosen' } }] },
    );
    const of = (answers: Answers) => walk(s, { bought: chosen('a', 'c'), ...answers }, context);
    expect(keys(of({}))).toEqual(['p1', 'p2@a', 'p2@c']);
    expect(shown(of({ 'why@a': chosen('a'), 'why@c': chosen('a'), 'why@b': chosen('b') }))).toEqual([
      'bought',
      'why@a',
      'more@a',
      'why@c',
    ]);
    expect(shown(of({ 'why@c': chosen('b') }))).toContain('all');
    const round = of({}).steps[2]?.round;
    expect([round?.item.text, round?.index, round?.of]).toEqual([t('C'), 2, 2]);
  });

  test('[SV3] a skip out of a loop leaves all of its rounds; one inside leaves its own', () => {
    const of = (to: string, answers: Answers) =>
      keys(
        walk(
          survey(
            [
              { questions: [single('q1')], loop: 'l', skips: [{ if: { field: 'q1', op: 'eq', value: 'a' }, to }] },
              { questions: [single('q2')], loop: 'l' },
              { questions: [single('q3')], loop: 'l' },
              { questions: [single('q4')] },
            ],
            { loops: [{ id: 'l', items: choices('x', 'y'), most: 2 }] },
          ),
          answers,
          context,
        ),
      );
    expect(of('p3', { 'q1@x': chosen('a') })).toEqual(['p1@x', 'p3@x', 'p1@y', 'p2@y', 'p3@y', 'p4']);
    expect(of('p4', { 'q1@x': chosen('a') })).toEqual(['p1@x', 'p4']);
    expect(of('end', { 'q1@y': chosen('a') })).toEqual(['p1@x', 'p2@x', 'p3@x', 'p1@y']);
  });

  test('[SV4] choices are carried forward, with the words typed for them', () => {
    const s = survey([
      {
        questions: [
          multiple('q1', {
            choices: [
              ...choices('a', 'b'),
              { id: 'o', text: t('Other'), words: true },
              { id: 'n', text: t('None'), exclusive: true },
            ],
          }),
        ],
      },
      {
        questions: [single('best', { choices: choices('z'), carried: { question: 'q1', take: 'chosen' } })],
      },
      {
        questions: [single('rest', { choices: [], carried: { question: 'q1', take: 'unchosen' } })],
      },
    ]);
    const found = walk(s, { q1: { chosen: ['a', 'o'], words: { o: '<b>mine</b>' } } }, context);
    const offered = (key: string) => found.shown.get(key)?.choices.map((c) => `${c.id}=${c.text['en']}`);
    expect(offered('best')).toEqual(['a=A', 'o=<b>mine</b>', 'z=Z']);
    expect(offered('rest')).toEqual(['b=B']);
    // With all of them chosen there is nothing to ask.
    expect(shown(walk(s, { q1: { chosen: ['a', 'b', 'o'], words: { o: 'x' } } }, context))).toEqual(['q1', 'best']);
  });

  test('[SV4] orders come from the seed', () => {
    const listed: Choice[] = [
      ...choices('a', 'b').map((c) => ({ ...c, group: 'g' })),
      ...choices('c', 'd'),
      { id: 'o', text: t('Other'), fixed: true },
    ];
    const seen = new Map<string, number>();
    for (let i = 0; i < 4_800; i++) {
      const ids = ordered(listed, 'random', `s${i}`)
        .map((c) => c.id)
        .join('');
      expect(ids).toMatch(/^(?=.*(ab|ba)).{4}o$/u);
      seen.set(ids, (seen.get(ids) ?? 0) + 1);
    }
    // Three places for groups, two orders within one: twelve, each as likely.
    expect(seen.size).toBe(12);
    for (const n of seen.values()) expect(Math.abs(n - 400)).toBeLessThan(90);
    expect(ordered(listed, 'random', 'x')).toEqual(ordered(listed, 'random', 'x'));
    const flips = Array.from({ length: 100 }, (_, i) =>
      ordered(choices('a', 'b', 'c'), 'flip', `s${i}`)
        .map((c) => c.id)
        .join(''),
    );
    expect(new Set(flips)).toEqual(new Set(['abc', 'cba']));
    const page = survey([{ questions: ['q1', 'q2', 'q3', 'q4'].map((id) => single(id)), order: 'random' }]);
    const order = (seed: string) =>
      walk(page, {}, { ...context, seed })
        .steps[0]?.questions.map((q) => q.key)
        .join();
    expect(order('one')).toBe(order('one'));
    expect(new Set(Array.from({ length: 30 }, (_, i) => order(`s${i}`))).size).toBeGreaterThan(10);
  });

  test('[SV5] full quotas', () => {
    const of = (action: 'terminate' | 'redirect' | 'warn', answers: Answers, full = ['women']) =>
      walk(
        survey([{ questions: [single('q1')] }, { questions: [single('q2')] }, { questions: [single('q3')] }], {
          quotas: [
            { id: 'women', name: 'Women', limit: 1, action, ending: 'full', if: { field: 'q1', op: 'ne', value: 'b' } },
          ],
          endings: [
            { id: 'end', title: t('End') },
            { id: 'full', title: t('Full'), outcome: 'overQuota', redirect: 'https://example.org/' },
          ],
        }),
        answers,
        { ...context, full },
      );
    const stopped = of('terminate', { q1: chosen('a') });
    expect([keys(stopped), stopped.ending?.id, stopped.outcome, stopped.redirects, stopped.counts]).toEqual([
      ['p1'],
      'full',
      'overQuota',
      false,
      [],
    ]);
    expect(of('redirect', { q1: chosen('a') }).redirects).toBe(true);
    const marked = of('warn', { q1: chosen('a') });
    expect([keys(marked).length, marked.warned.map((q) => q.id), marked.counts.map((q) => q.id)]).toEqual([
      3,
      ['women'],
      ['women'],
    ]);
    const other = of('terminate', { q1: chosen('b') });
    expect([keys(other).length, other.ending?.id, other.counts]).toEqual([3, 'end', []]);
    expect(of('terminate', { q1: chosen('a') }, []).counts.map((q) => q.id)).toEqual(['women']);
  });

  test('[SV11] on and back over the same steps, held up by what is wrong, progress never falling', () => {
    let ways = 0;
    for (const s of drawSurveys(seeded('steps'), 25)) {
      everyWalk(s, (found) => {
        ways++;
        expect(unfinishedStep(found)).toBeUndefined();
        const progress = found.steps.map((step) => step.progress);
        expect(progress).toEqual(progress.toSorted((a, b) => a - b));
        expect(progress.every((share) => share >= 0 && share < 1)).toBe(true);
        found.steps.forEach((step, i) => {
          expect(nextStep(found, step.key)).toBe(found.steps[i + 1] ?? 'end');
          expect(previousStep(found, step.key)).toBe(found.steps[i - 1]);
        });
      });
    }
    expect(ways).toBeGreaterThan(300);
    const s = survey([{ questions: [single('q1', { required: true })] }, { questions: [single('q2')] }], {
      back: false,
    });
    const held = walk(s, {}, context);
    expect([nextStep(held, 'p1'), unfinishedStep(held)]).toEqual([held.steps[0], held.steps[0]]);
    expect(previousStep(held, 'p2')).toBeUndefined();
  });

  test('[SV12] MaxDiff sets are even', () => {
    const random = seeded('maxdiff');
    for (let i = 0; i < 100; i++) {
      const ids = Array.from({ length: integer(random, 2, 20) }, (_, k) => `i${k}`);
      const perSet = integer(random, 2, 6);
      const sets = maxDiffSets(ids, perSet, undefined, `s${i}`);
      const uses = ids.map((id) => sets.filter((set) => set.includes(id)).length);
      expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
      expect(Math.min(...uses)).toBeGreaterThanOrEqual(3);
      for (const set of sets) expect(new Set(set).size).toBe(Math.min(perSet, ids.length));
      expect(maxDiffSets(ids, perSet, undefined, `s${i}`)).toEqual(sets);
    }
    // Ten items by five in six sets: each pair is seen 6 × 10 / 45 = 1.3 times; none is left out for long.
    const pairs = new Map<string, number>();
    for (const set of maxDiffSets([...'abcdefghij'], 5, 18, 's')) {
      for (const a of set) for (const b of set) if (a < b) pairs.set(a + b, (pairs.get(a + b) ?? 0) + 1);
    }
    expect([pairs.size, Math.min(...pairs.values()) >= 2, Math.max(...pairs.values()) <= 7]).toEqual([45, true, true]);
  });
});

function everyKind(): Question[] {
  const base = { title: t('x'), required: true } as const;
  return [
    { ...base, id: 'nps', kind: 'nps' },
    { ...base, id: 'csat', kind: 'csat' },
    { ...base, id: 'ces', kind: 'ces' },
    { ...base, id: 'rating', kind: 'rating', from: 1, to: 3, none: t('n/a') },
    { ...base, id: 'slider', kind: 'slider', from: 0, to: 1, step: 0.1 },
    single('single'),
    { ...base, id: 'dropdown', kind: 'dropdown', choices: choices('a') },
    multiple('multiple', { choices: [{ id: 'a', text: t('A'), words: true }] }),
    { ...base, id: 'picture', kind: 'picture', choices: choices('a'), multiple: true },
    { ...base, id: 'ranking', kind: 'ranking', choices: choices('a', 'b') },
    { ...base, id: 'sum', kind: 'constantSum', choices: choices('a', 'b'), total: 10 },
    { ...base, id: 'maxdiff', kind: 'maxdiff', choices: choices('a', 'b', 'c') },
    { ...base, id: 'matrix', kind: 'matrix', rows: choices('a', 'b'), columns: choices('a', 'b') },
    { ...base, id: 'short', kind: 'shortText', pattern: 'a+' },
    { ...base, id: 'long', kind: 'longText', minLength: 3 },
    { ...base, id: 'email', kind: 'email' },
    { ...base, id: 'phone', kind: 'phone' },
    { ...base, id: 'number', kind: 'number', min: 0 },
    { ...base, id: 'date', kind: 'date', min: 'today' },
    { ...base, id: 'file', kind: 'file' },
    { ...base, id: 'consent', kind: 'consent', label: t('Yes') },
    { ...base, id: 'statement', kind: 'statement' },
  ];
}
