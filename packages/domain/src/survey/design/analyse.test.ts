import { describe, expect, test } from 'vitest';
import { chance, integer, seeded } from '../../random/index.ts';
import { type Page, type Question, type SurveyDocument, prepare } from '../index.ts';
import { drawSurvey, everyWalk } from '../scenarios.ts';
import { analyse, parseSurvey } from './index.ts';
import { Solver } from './sat.ts';
import { EVERYTHING_IN_ONE } from './sample.ts';

const t = { en: 'x' };
const choices = (...ids: string[]) => ids.map((id) => ({ id, text: t }));
const single = (id: string, more: Partial<Question> = {}): Question =>
  ({ id, kind: 'single', title: t, choices: choices('a', 'b', 'c'), ...more }) as Question;

function document(pages: readonly Omit<Page, 'id'>[], more: Partial<SurveyDocument> = {}): SurveyDocument {
  return {
    format: 1,
    languages: ['en'],
    title: t,
    pages: pages.map((page, i) => ({ id: `p${i}`, ...page })),
    endings: [{ id: 'end', title: t }],
    ...more,
  };
}
const told = (of: SurveyDocument): string[] =>
  analyse(of).findings.map(({ code, at, what, because, path }) =>
    [
      code,
      at,
      what,
      because.length === 0 ? undefined : `because ${because.map((place) => place.at).join(' ')}`,
      path.length === 0 ? undefined : path.join('>'),
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );

describe('analyse', () => {
  test('[SD3] it agrees with every walk through small surveys', () => {
    const random = seeded('analysis');
    const seen = { questions: 0, endings: 0, choices: 0, deadEnds: 0, walks: 0 };
    for (let i = 0; i < 80; i++) {
      const drawn = drawSurvey(random);
      const [shown, offered, ended, deadEnds] = [
        new Set<string>(),
        new Set<string>(),
        new Set<string>(),
        new Set<string>(),
      ];
      everyWalk(prepare(drawn), (found) => {
        seen.walks++;
        for (const { question, choices } of found.shown.values()) {
          shown.add(question.id);
          for (const choice of choices) offered.add(`${question.id}.${choice.id}`);
        }
        if (found.ending === undefined) deadEnds.add(found.steps.map((step) => step.key).join('>'));
        else ended.add(found.ending.id);
      });
      const { findings, undecided } = analyse(drawn);
      expect(undecided).toEqual([]);
      const of = (...codes: string[]) => findings.filter((finding) => codes.includes(finding.code));
      const impossible = of('unreachablePage', 'unreachableQuestion', 'contradiction', 'nothingToChoose').filter(
        (f) => !f.at.includes('skips'),
      );
      const pages = impossible.filter((f) => f.question === undefined && f.ending === undefined).map((f) => f.page);
      const below = drawn.pages
        .filter((page) => pages.includes(page.id))
        .flatMap((page) => page.questions.map((q) => q.id));
      const never = [
        ...below,
        ...impossible.flatMap((f) => (f.question === undefined || f.choice !== undefined ? [] : [f.question])),
      ];
      const all = drawn.pages.flatMap((page) => page.questions);
      expect(never.toSorted(), JSON.stringify(drawn)).toEqual(
        all
          .map((q) => q.id)
          .filter((id) => !shown.has(id))
          .toSorted(),
      );
      const endings = of('unreachableEnding', 'shadowedEnding', 'contradiction').flatMap((f) => f.ending ?? []);
      expect(endings, JSON.stringify(drawn)).toEqual(drawn.endings.map((e) => e.id).filter((id) => !ended.has(id)));
      for (const { question, choice } of impossible)
        if (choice !== undefined) expect(offered.has(`${question}.${choice}`)).toBe(false);
      const dead = of('deadEnd');
      expect(dead.length, JSON.stringify(drawn)).toBe(Math.min(deadEnds.size, 1));
      for (const { path } of dead) expect([...deadEnds]).toContain(path.join('>'));
      seen.questions += never.length;
      seen.endings += endings.length;
      seen.choices += impossible.filter((f) => f.choice !== undefined).length;
      seen.deadEnds += dead.length;
    }
    // All of it was met.
    for (const n of Object.values(seen)) expect(n).toBeGreaterThan(2);
  });

  test('[SD4] what cannot be, and why', () => {
    const is = (field: string, value: string | number) => ({ field, op: 'eq', value }) as const;
    const q1 = single('q1', { required: true });
    expect(
      told(
        document([{ questions: [q1] }, { questions: [single('q2')], showIf: { all: [is('q1', 'a'), is('q1', 'b')] } }]),
      ),
    ).toEqual(['contradiction pages[1].showIf because pages[1].showIf p0']);
    // Two places that contradict one another, and one that has nothing to do with it.
    const three = document([
      { questions: [q1, single('other')], skips: [{ if: is('q1', 'a'), to: 'end' }] },
      { questions: [single('q2', { showIf: is('other', 'b') })] },
      { questions: [single('q3', { showIf: is('q1', 'a') })] },
    ]);
    expect(told(three)).toEqual([
      'contradiction pages[2].questions[0].showIf because pages[0].skips[0].if pages[2].questions[0].showIf p0>p1',
    ]);
    expect(
      told(
        document([
          { questions: [q1], skips: [{ to: 'p2' }] },
          { questions: [single('q2')] },
          { questions: [single('q3')] },
        ]),
      ),
    ).toEqual(['unreachablePage pages[1] because pages[0].skips[0]']);
    const scale = (op: 'lt' | 'ge', value: number) => ({ field: 'n', op, value }) as const;
    const nps: Question = { id: 'n', kind: 'nps', title: t };
    expect(
      told(
        document([
          { questions: [nps] },
          { questions: [single('q', { showIf: { all: [scale('ge', 6), scale('lt', 7)] } })] },
        ]),
      ),
    ).toEqual([]);
    expect(
      told(document([{ questions: [nps] }, { questions: [single('q', { showIf: scale('ge', 11) })] }]))[0],
    ).toMatch(/^contradiction/u);
    // That it has to be answered is a reason too.
    expect(
      told(
        document([
          { questions: [q1] },
          { questions: [single('q2', { showIf: { not: { field: 'q1', op: 'exists' } } })] },
        ]),
      ),
    ).toEqual([
      'contradiction pages[1].questions[0].showIf because pages[0].questions[0].required pages[1].questions[0].showIf p0',
    ]);
    const carried = document([
      { questions: [single('q0'), single('q1', { required: true, choices: choices('a') })] },
      { questions: [{ ...single('q2'), kind: 'single', choices: [], carried: { question: 'q1', take: 'unchosen' } }] },
    ]);
    expect(told(carried)[0]).toMatch(/^nothingToChoose pages\[1\]\.questions\[0\] because/u);
    const endings = [
      { id: 'a', title: t, showIf: is('q1', 'a') },
      { id: 'b', title: t, showIf: is('q1', 'b') },
    ];
    expect(told(document([{ questions: [q1] }], { endings }))).toEqual(['deadEnd endings p0']);
    expect(told(document([{ questions: [q1] }], { endings: [{ id: 'all', title: t }, ...endings] }))).toEqual(
      ['shadowedEnding endings[1]', 'shadowedEnding endings[2]'].map((line) => expect.stringContaining(line)),
    );
  });

  test('[SD4] what refers to nothing, or to what comes later', () => {
    const field = (name: string) => ({ field: name, op: 'exists' }) as const;
    const of = (question: Partial<Question>, more: Partial<SurveyDocument> = {}, page: Partial<Page> = {}) =>
      told(
        document(
          [{ questions: [single('first')] }, { questions: [single('q', question), single('last')], ...page }],
          more,
        ),
      ).filter((line) => !line.startsWith('contradiction'));
    expect(of({ showIf: field('gone') })).toEqual(['unknownField pages[1].questions[0].showIf gone']);
    expect(of({ showIf: field('hidden.x') })).toEqual(['unknownField pages[1].questions[0].showIf hidden.x']);
    expect(of({ showIf: field('loop') })).toEqual(['unknownField pages[1].questions[0].showIf loop']);
    expect(of({ showIf: field('last') })).toEqual(['later pages[1].questions[0].showIf last']);
    expect(of({ showIf: field('q') })).toEqual(['later pages[1].questions[0].showIf q']);
    expect(of({ skips: [{ if: { field: 'q', op: 'eq', value: 'z' }, to: 'end' }] })).toEqual([
      'unknownChoice pages[1].questions[0].skips[0].if z',
    ]);
    expect(of({ skips: [{ to: 'nowhere' }] })).toEqual(['unknownTarget pages[1].questions[0].skips[0] nowhere']);
    expect(of({}, {}, { skips: [{ to: 'p0' }] })).toEqual(['circularSkip pages[1].skips[0] p0 p0>p1>p0']);
    expect(of({ title: { en: '{{first}} {{last}} {{gone}} {{person.name}} {{hidden.x}}' } })).toEqual([
      'later pages[1].questions[0].title last',
      'unknownField pages[1].questions[0].title gone',
      'unknownField pages[1].questions[0].title hidden.x',
    ]);
    expect(of({}, { languages: ['en', 'fa'], title: { en: 'x', fa: 'x' } })).toContain(
      'missingTranslation pages[1].questions[0].choices[2].text fa',
    );
    expect(of({ title: { fa: 'x' } })).toEqual(['missingText pages[1].questions[0].title']);
    expect(of({ carried: { question: 'last', take: 'chosen' } })).toEqual(['later pages[1].questions[0].carried last']);
    expect(of({}, { loops: [{ id: 'l', over: { question: 'gone', take: 'chosen' } }] }, { loop: 'l' })).toContain(
      'unknownField loops[0].over gone',
    );
    expect(of({}, {}, { loop: 'l' })).toContain('unknownField pages[1] l');
    expect(of({}, { scores: [{ id: 's', name: t, how: 'sum', of: [{ question: 'gone' }] }] })).toEqual([
      'unknownField scores[0].of[0] gone',
    ]);
    const quota = { id: 'q', name: 'Q', limit: 1, action: 'redirect' } as const;
    expect(of({}, { quotas: [quota, { ...quota, id: 'r', ending: 'end' }] })).toEqual([
      'unknownTarget quotas[0] ',
      'noAddress quotas[1] end',
    ]);
    expect(told(document([], { endings: [] }))).toEqual(['noPages pages', 'noEnding endings']);
    const alone = (question: Question) => told(document([{ questions: [question] }]));
    expect(alone({ id: 'r', kind: 'rating', title: t, from: 5, to: 1 })).toEqual(['emptyRange pages[0].questions[0]']);
    expect(alone({ id: 's', kind: 'shortText', title: t, pattern: '(' })).toEqual([
      'pattern pages[0].questions[0].pattern (',
    ]);
    expect(alone({ id: 'm', kind: 'multiple', title: t, choices: choices('a'), least: 3, most: 2 })).toEqual([
      'emptyRange pages[0].questions[0]',
    ]);
    const split = document(
      [{ questions: [single('a')], loop: 'l' }, { questions: [single('b')] }, { questions: [single('c')], loop: 'l' }],
      { loops: [{ id: 'l', items: choices('x') }] },
    );
    expect(told(split)).toEqual(['splitLoop pages[2] l']);
  });

  test('[SD4] no document that was taken in makes it throw', () => {
    expect(parseSurvey(EVERYTHING_IN_ONE).problems).toEqual([]);
    expect(analyse(EVERYTHING_IN_ONE).undecided).toEqual([]);
  });
});

test('[SD3] the solver agrees with trying everything', () => {
  const random = seeded('clauses');
  for (let i = 0; i < 200; i++) {
    const variables = integer(random, 1, 8);
    const literal = () => integer(random, 1, variables) * (chance(random, 0.5) ? 1 : -1);
    const clauses = Array.from({ length: integer(random, 1, 34) }, () =>
      Array.from({ length: integer(random, 1, 3) }, literal),
    );
    const solver = new Solver();
    for (let v = 0; v < variables; v++) solver.variable();
    for (const clause of clauses) solver.add(...clause);
    for (let ask = 0; ask < 4; ask++) {
      const assumed = [...new Set(Array.from({ length: integer(random, 0, 4) }, literal))];
      const possible = (wanted: readonly number[]): boolean =>
        Array.from(
          { length: 2 ** variables },
          (_, world) => (l: number) => (((world >> (Math.abs(l) - 1)) & 1) === 1) === l > 0,
        ).some((holds) => clauses.every((clause) => clause.some(holds)) && wanted.every(holds));
      const found = solver.solve(assumed, 10_000);
      expect(found).toBe(possible(assumed));
      if (found === true) {
        const holds = (l: number): boolean => solver.model[Math.abs(l)] === Math.sign(l);
        expect(clauses.every((clause) => clause.some(holds)) && assumed.every(holds)).toBe(true);
      } else {
        expect(solver.core.every((l) => assumed.includes(l))).toBe(true);
        expect(possible(solver.core)).toBe(false);
      }
    }
  }
});

test('[SD3] a question that takes too long is left undecided, and none is asked for ever', () => {
  // Eight pigeons, seven holes.
  const solver = new Solver();
  const at = Array.from({ length: 8 }, () => Array.from({ length: 7 }, () => solver.variable()));
  for (const pigeon of at) solver.add(...pigeon);
  at.forEach((one, i) =>
    at.slice(i + 1).forEach((other) => one.forEach((hole, k) => solver.add(-hole, -(other[k] ?? 0)))),
  );
  solver.most = 20_000;
  expect(solver.solve([], 1_000_000)).toBeUndefined();
  const { effort } = solver;
  expect(effort).toBeLessThan(30_000);
  expect(solver.solve([], 1_000_000)).toBeUndefined();
  expect(solver.effort - effort).toBeLessThan(5_000);
});
