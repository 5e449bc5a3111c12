import type { SurveyDocument } from '@touchstone/domain/survey';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { createKey } from '../../platform/workspaces/facade.ts';
import { publish } from '../surveys/test-support.ts';
import { comparisonShape, crossShape, type QuestionResult, resultsShape, seriesShape } from './contract.ts';
import { putResponses } from './facade.ts';
import { type Made, madeResponses, responseTo, VISIT } from './test-support.ts';

const FIRST = new Date('2026-11-01T23:00:00.000Z');
let world: World;
let shop: TestWorkspace;
let surveyId: string;
let made: Made[];
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => new Date('2026-11-22T10:00:00.000Z') } });
  shop = await world.workspace();
  surveyId = (await publish(world, shop, VISIT)).id;
  made = madeResponses({ id: surveyId, document: VISIT }, 120, FIRST);
  await putResponses(world.house, shop.id, made, { token: 'first' });
  // Another's survey of the same id is none of this workspace's.
  await putResponses(
    world.house,
    (await world.workspace()).id,
    madeResponses({ id: surveyId, document: VISIT }, 9, FIRST, 'other'),
    { token: 'first' },
  );
});
afterAll(() => world.close());

const at = (rest = ''): `/${string}` => `/api/v1/surveys/${surveyId}/results${rest}`;
async function read(query = '', key = shop.secretKey) {
  const answer = await world.api(key).get(at(query));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return resultsShape.parse(answer.body);
}
async function of(query: string, id: string): Promise<QuestionResult | undefined> {
  return (await read(query)).questions.find((one) => one.key === id);
}
const answersTo = (key: string, some: readonly Made[] = made) =>
  some.map((one) => one.found.shown.get(key)?.answer).filter((answer) => answer !== undefined);
const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / all.length;
const countBy = (all: readonly unknown[], value: unknown): number => all.filter((one) => one === value).length;

describe('results', () => {
  test('[RS3] every question has the figures that its raw answers make', async () => {
    const results = await read();
    const result = (key: string) => results.questions.find((one) => one.key === key);
    const complete = made.filter((one) => one.state === 'complete').length;
    expect(results).toMatchObject({ counts: { complete, partial: 120 - complete, open: 0 }, reason: null });

    const scores = answersTo('nps').map(Number);
    const points = scores.map((s) => (s >= 9 ? 100 : s <= 6 ? -100 : 0));
    const nps = result('nps');
    expect(nps).toMatchObject({ shown: 120, answered: scores.length, few: false, scale: { low: 0, high: 10 } });
    expect(nps?.figure?.value).toBeCloseTo(mean(points), 9);
    expect(nps?.options.map((o) => o.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((s) => countBy(scores, s)));
    expect(nps?.moods.map((o) => o.n)).toEqual([-100, 0, 100].map((p) => countBy(points, p)));

    const satisfied = answersTo('csat');
    expect(result('csat')?.figure?.value).toBeCloseTo(mean(satisfied.filter((one) => one !== 'none').map(Number)), 9);
    expect(result('csat')?.figure?.n).toBe(satisfied.length - countBy(satisfied, 'none'));
    expect(result('csat')?.options.at(-1)).toMatchObject({ id: 'none', n: countBy(satisfied, 'none') });

    const chosen = answersTo('bought').flatMap((one) =>
      typeof one === 'object' && 'chosen' in one ? [one.chosen] : [],
    );
    expect(result('bought')?.options.map(({ id, label, n }) => [id, label, n])).toEqual(
      ['tea', 'cake', 'soup'].map((id) => [id, `The ${id}`, countBy(chosen.flat(), id)]),
    );
    expect(result('taste@tea')).toMatchObject({
      questionId: 'taste',
      round: 'The tea',
      answered: answersTo('taste@tea').length,
    });

    const rows = answersTo('rooms').map((one) => (one as Record<string, string[]>)['sound']?.[0]);
    const values = rows.map((column) => ['bad', 'fair', 'good'].indexOf(column ?? '') + 1);
    const sound = result('rooms')?.items.find((item) => item.id === 'sound');
    expect(sound?.value).toBeCloseTo(mean(values), 9);
    expect(sound?.options.map((o) => o.n)).toEqual([1, 2, 3].map((v) => countBy(values, v)));

    const gaps = made.flatMap(({ found: { shown } }) => {
      const heard = (shown.get('rooms')?.answer as Record<string, string[]> | undefined)?.['sound']?.[0];
      const csat = shown.get('csat')?.answer;
      if (heard === undefined || typeof csat !== 'number') return [];
      return [['bad', 'fair', 'good'].indexOf(heard) + 1 - csat];
    });
    const [rated, gap] = results.scores;
    expect(rated).toMatchObject({ id: 'rooms', name: 'Our rooms', how: 'percent', n: rows.length, hidden: false });
    expect(gap?.n).toBe(gaps.length);
    expect(gap?.value).toBeCloseTo(mean(gaps), 9);

    const ranks = answersTo('order').map((one) => (one as string[]).indexOf('price') + 1);
    expect(result('order')?.items.find((item) => item.id === 'price')?.value).toBeCloseTo(mean(ranks), 9);
    const coins = answersTo('spend').map((one) => (one as Record<string, number>)['drinks'] ?? 0);
    expect(result('spend')?.items.find((item) => item.id === 'drinks')?.value).toBeCloseTo(mean(coins), 9);

    const sets = made.flatMap((one) => {
      const shown = one.found.shown.get('best');
      const answer = shown?.answer as Record<string, string[]> | undefined;
      return answer === undefined
        ? []
        : (shown?.sets ?? []).map((set, i) => ({ set, picked: answer[String(i)] ?? [] }));
    });
    const seen = sets.filter(({ set }) => set.includes('b'));
    const score = seen.filter((s) => s.picked[0] === 'b').length - seen.filter((s) => s.picked[1] === 'b').length;
    expect(result('best')?.items.find((item) => item.id === 'b')?.value).toBeCloseTo(score / seen.length, 9);

    const minutes = answersTo('wait').map(Number);
    expect(result('wait')?.numbers).toMatchObject({
      n: minutes.length,
      least: Math.min(...minutes),
      most: Math.max(...minutes),
    });
    expect(result('wait')?.figure?.value).toBeCloseTo(mean(minutes), 9);
    expect(results.pages.map((page) => page.stopped).reduce((a, b) => a + b)).toBe(
      made.filter((one) => one.state === 'partial' && Object.keys(one.answers).length > 0).length,
    );
  });

  test('[RS4] what is asked narrows to the responses that satisfy it: their answers, language, hidden fields and days', async () => {
    const picked = (query: string, keep: (one: Made) => boolean) =>
      of(query, 'nps').then((one) => expect(one?.answered).toBe(answersTo('nps', made.filter(keep)).length));
    const shown = (one: Made, key: string) => one.found.shown.get(key)?.answer;
    await picked('?where=language:fa', (one) => one.found.context.language === 'fa');
    await picked(
      '?where=hidden.till:2;came:web',
      (one) => one.found.context.hidden?.['till'] === '2' && JSON.stringify(shown(one, 'came') ?? '').includes('web'),
    );
    await picked('?where=nps%3E%3D9', (one) => Number(shown(one, 'nps') ?? -1) >= 9);
    await picked('?where=wait%3C10', (one) => Number(shown(one, 'wait') ?? 99) < 10);
    await picked(
      '?where=rooms.sound:good',
      (one) => (shown(one, 'rooms') as Record<string, string[]> | undefined)?.['sound']?.[0] === 'good',
    );
    await picked('?where=order.price:1', (one) => (shown(one, 'order') as string[] | undefined)?.[0] === 'price');
    await picked('?where=taste:5', (one) => ['tea', 'cake', 'soup'].some((item) => shown(one, `taste@${item}`) === 5));
    // The first hour ended on the first of November, by the clock of Greenwich.
    await picked('?from=2026-11-01&to=2026-11-02', (one) => one.endedAt < new Date('2026-11-02'));
    expect((await world.api(shop.secretKey).get(at('?where=nobody:1'))).body).toMatchObject({
      status: 400,
      field: 'where',
    });
    expect((await world.api((await world.workspace()).secretKey).get(at())).status).toBe(404);

    const course = await world.api(shop.secretKey).get(at('/series?question=nps&interval=day'));
    expect(seriesShape.parse(course.body).points.map((p) => p.n)).toEqual(
      [1, 2].map(
        (day) =>
          answersTo(
            'nps',
            made.filter((one) => one.endedAt.getUTCDate() === day),
          ).length,
      ),
    );
  });

  test('[RS3] what was answered otherwise before, in another scale or kind, counts in no figure; every round does', async () => {
    const own = await world.workspace();
    const title = { en: 'Your visit' };
    const asking = (question: object) => ({ format: 1 as const, languages: ['en'], title, pages: [{ id: 'p', questions: [question] }], endings: [{ id: 'e', title }] }) as SurveyDocument; // prettier-ignore
    const choices = ['a', 'b'].map((id) => ({ id, text: { en: id } }));
    const [one, other] = [asking({ id: 'q', kind: 'single', title, choices }), asking({ id: 'q', kind: 'multiple', title, choices })]; // prettier-ignore
    const { id } = await publish(world, own, one);
    const api = world.api(own.secretKey);
    expect((await api.patch(`/api/v1/surveys/${id}`, { document: other, revision: 1 })).status).toBe(200);
    expect((await api.post(`/api/v1/surveys/${id}/publish`, { revision: 2 })).status).toBe(200);
    const given = (document: SurveyDocument, version: number, n: number) => Array.from({ length: n }, (_, i) => responseTo({ id, document, version }, { q: { chosen: ['a'] } }, new Date(FIRST.getTime() + i * 1_000), `v${version}-${i}`)); // prettier-ignore
    await putResponses(world.house, own.id, [...given(one, 1, 60), ...given(other, 2, 10)], { token: 'kinds' });
    const { questions } = resultsShape.parse((await api.get(`/api/v1/surveys/${id}/results`)).body);
    expect(questions).toMatchObject([
      {
        answered: 10,
        options: [
          { id: 'a', n: 10, value: 1 },
          { id: 'b', n: 0 },
        ],
      },
    ]);

    // Nor in a condition.
    const where = await api.get(`/api/v1/surveys/${id}/results?where=q:a`);
    expect(resultsShape.parse(where.body)).toMatchObject({ counts: { complete: 10 } });

    const rounds = ['tea', 'cake', 'soup'].flatMap((item) => answersTo(`taste@${item}`));
    const course = await world.api(shop.secretKey).get(at('/series?question=taste&interval=quarter'));
    expect(seriesShape.parse(course.body).points.map((p) => p.n)).toEqual([rounds.length]);
  });

  test('[RS5] two questions stand beside one another, and two groups with their differences', async () => {
    const crossed = await world.api(shop.secretKey).get(at('/cross?rows=came&columns=language'));
    const cross = crossShape.parse(crossed.body);
    expect(cross.rows.map((row) => row.label)).toEqual(['The web', 'The shop', 'The friend']);
    for (const [i, row] of cross.rows.entries())
      for (const [j, column] of cross.columns.entries()) {
        const both = made.filter(
          (one) =>
            one.found.context.language === column.id &&
            JSON.stringify(one.found.shown.get('came')?.answer ?? '').includes(row.id),
        );
        expect(cross.cells[i]?.[j]?.n).toBe(both.length);
      }
    expect(cross.test).toMatchObject({ df: 2 });
    const several = await world.api(shop.secretKey).get(at('/cross?rows=bought&columns=bought'));
    expect(crossShape.parse(several.body)).toMatchObject({ several: true, test: null });
    expect((await world.api(shop.secretKey).get(at('/cross?rows=why&columns=language'))).status).toBe(400);

    const compared = await world.api(shop.secretKey).get(at('/compare?where=wait%3C20&againstWhere=wait%3E%3D20'));
    const { questions } = comparisonShape.parse(compared.body);
    // Whoever waited long recommends less: so they were made.
    expect(questions.find((one) => one.key === 'nps')?.lines[0]).toMatchObject({ measure: 'nps', verdict: 'higher' });
    expect(questions.find((one) => one.key === 'came')?.lines.map((l) => l.verdict)).toEqual([
      'unclear',
      'unclear',
      'unclear',
    ]);
  });

  test('[RS6] what was typed is found page by page, and only by who may read comments; few people are hidden from who sees none', async () => {
    const api = world.api(shop.secretKey);
    const cafe = answersTo('why').filter((text) => text === 'A café to come back to').length;
    const pageOne = await api.get(at('/texts?question=why&search=CAFE&limit=2'));
    expect(pageOne).toMatchObject({ status: 200, body: { items: [{ text: 'A café to come back to' }, {}] } });
    let [seen, cursor] = [2, (pageOne.body as { nextCursor: string | null }).nextCursor];
    while (cursor !== null) {
      const { items, nextCursor } = (
        await api.get(at(`/texts?question=why&search=CAFE&limit=200&cursor=${encodeURIComponent(cursor)}`))
      ).body as { items: unknown[]; nextCursor: string | null };
      [seen, cursor] = [seen + items.length, nextCursor];
    }
    expect(seen).toBe(cafe);

    const { key } = await createKey(
      world.house,
      shop.id,
      {
        kind: 'secret',
        name: 'figures',
        scopes: ['surveys:read'],
      },
      'test',
    );
    expect((await world.api(key).get(at('/texts?question=why'))).status).toBe(403);
    expect((await world.api(key).get(at('?where=why~tea'))).status).toBe(403);
    for (const asked of ['feedback.text', 'text', 'feedback.user_id', 'order.order_id'])
      expect((await world.api(key).get(at(`/cross?rows=field.${asked}&columns=language`))).status, asked).toBe(403);
    const crossed = await world.api(key).get(at('/cross?rows=nps&columns=language'));
    expect(crossShape.parse(crossed.body).rows.every(({ n }) => n >= 5)).toBe(true);
    const reader = await createKey(world.house, shop.id, { kind: 'secret', name: 'rows', scopes: ['surveys:read', 'surveys:write', 'comments:read', 'responses:read'] }, 'test'); // prettier-ignore
    const rows = world.api(reader.key);
    for (const path of [
      at('/texts?question=why&filter=person.email:a'),
      `/api/v1/surveys/${surveyId}/responses.csv?filter=feedback.user_id:u`,
    ] as const)
      expect((await rows.get(path)).status, path).toBe(403);
    const narrower = await createKey(world.house, shop.id, { kind: 'secret', name: 'links', scopes: ['surveys:read', 'surveys:write'] }, 'test'); // prettier-ignore
    const link = { name: 'With words', texts: true };
    expect((await world.api(narrower.key).post(`/api/v1/surveys/${surveyId}/reports`, link)).status).toBe(403);
    const least = Math.min(...answersTo('wait').map(Number));
    expect(answersTo('wait').filter((one) => one === least).length).toBeLessThan(5);
    const few = await read(`?where=wait:${least}`, key);
    expect(few).toMatchObject({ reason: 'hidden', questions: [], scores: [], counts: { complete: 0 } });
    const narrow = await read('', key);
    const small = narrow.questions.find((one) => one.key === 'nps');
    expect(small?.options.every((o) => o.hidden || (o.n ?? 0) >= 5 || o.n === 0)).toBe(true);
    expect(JSON.stringify(narrow)).not.toContain('queue');
  });

  test('[RS6] it is people who are counted for hiding, not their responses', async () => {
    const own = await world.workspace();
    const title = { en: 'Your visit' };
    const choices = ['tea', 'cake'].map((id) => ({ id, text: { en: id } }));
    const questions = [
      { id: 'nps', kind: 'nps', title } as const,
      { id: 'had', kind: 'single', title, choices } as const,
    ];
    const document: SurveyDocument = { format: 1, languages: ['en'], title, pages: [{ id: 'p', questions }], endings: [{ id: 'e', title }] }; // prettier-ignore
    const { id } = await publish(world, own, document);
    // One customer who had cake twelve times, and twelve of whom nobody is known who had tea.
    const given = Array.from({ length: 24 }, (_, i) => {
      const cake = i < 12;
      const one = responseTo({ id, document, version: 1 }, { nps: cake ? 2 : 9, had: { chosen: [cake ? 'cake' : 'tea'] } }, new Date(FIRST.getTime() + (cake ? 0 : 86_400_000) + i * 1_000), `own-${i}`); // prettier-ignore
      return cake ? { ...one, named: { userId: 'again' } } : one;
    });
    await putResponses(world.house, own.id, given, { token: 'own' });
    const { key } = await createKey(world.house, own.id, { kind: 'secret', name: 'f', scopes: ['surveys:read'] }, 'test'); // prettier-ignore
    const ask = async (api: ReturnType<World['api']>, rest: string) => (await api.get(`/api/v1/surveys/${id}/results${rest}`)).body; // prettier-ignore
    const [few, every] = [world.api(key), world.api(own.secretKey)];

    const had = async (api: typeof few) => resultsShape.parse(await ask(api, '')).questions.find((one) => one.key === 'had'); // prettier-ignore
    expect((await had(every))?.options.map((option) => option.n)).toEqual([12, 12]);
    expect((await had(few))?.options.map((option) => option.n)).toEqual([null, null]);
    const nps = resultsShape.parse(await ask(few, '')).questions.find((one) => one.key === 'nps');
    expect(nps).toMatchObject({ hiddenOptions: true, moods: [] });
    expect(resultsShape.parse(await ask(few, '?where=had:cake'))).toMatchObject({ reason: 'hidden', questions: [] });

    expect(crossShape.parse(await ask(every, '/cross?rows=had&columns=language')).rows).toHaveLength(2);
    expect(crossShape.parse(await ask(few, '/cross?rows=had&columns=language')).rows).toEqual([]);
    const course = async (api: typeof few) => seriesShape.parse(await ask(api, '/series?question=nps&interval=day')).points.map(({ n, hidden }) => [n, hidden]); // prettier-ignore
    expect(await course(every)).toEqual([[12, false], [12, false]]); // prettier-ignore
    expect(await course(few)).toEqual([[0, true], [0, true]]); // prettier-ignore
    const sides = '/compare?where=nps%3E=0&againstWhere=nps%3E=0';
    const lines = comparisonShape.parse(await ask(few, sides)).questions.find((one) => one.key === 'had')?.lines;
    expect(lines?.map((line) => line.hidden)).toEqual([true, true]);
  });
});
