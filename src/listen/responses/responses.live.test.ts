import type { SurveyDocument } from '@touchstone/domain/survey';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { publish, Respondent } from '../surveys/test-support.ts';
import { responseKeepers } from './keeping.ts';

let now = new Date('2026-11-22T10:00:00.000Z');
let world: World;
let shop: TestWorkspace;
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => now } });
  shop = await world.workspace();
});
afterAll(() => world.close());
beforeEach(() => later(61_000));

const later = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};
const DAY = 86_400_000;

const row = z.object({
  state: z.string(),
  version: z.number(),
  language: z.string(),
  channel: z.string(),
  identity_no: z.number(),
  person_no: z.number(),
  user_id: z.string(),
  order_id: z.string(),
  answers: z.string().transform((text): unknown => JSON.parse(text)),
  hidden: z.string().transform((text): unknown => JSON.parse(text)),
  last_page: z.string(),
  marks: z.array(z.string()),
  texts: z.array(z.string()),
});

async function rowsOf(surveyId: string, workspace = shop): Promise<z.infer<typeof row>[]> {
  later(2_000);
  await world.runJobs();
  return world.house.facts.query(
    row,
    `SELECT * FROM v_survey_responses
     WHERE workspace = {workspace:String} AND survey_id = {survey:String} ORDER BY ended_at, response_id`,
    { workspace: workspace.id, survey: surveyId },
  );
}

const VISIT: SurveyDocument = {
  format: 1,
  languages: ['en', 'fa'],
  title: { en: 'Your visit' },
  hidden: [{ id: 'till', values: ['1', '2'] }, { id: 'free' }],
  pages: [
    {
      id: 'first',
      questions: [
        { id: 'nps', kind: 'nps', required: true, title: { en: 'Would you recommend us?' } },
        {
          id: 'bought',
          kind: 'multiple',
          title: { en: 'What did you buy?' },
          choices: [
            { id: 'tea', text: { en: 'Tea' } },
            { id: 'cake', text: { en: 'Cake' } },
            { id: 'other', text: { en: 'Other' }, words: true },
          ],
        },
      ],
    },
    {
      id: 'second',
      showIf: { field: 'nps', op: 'gt', value: 0 },
      questions: [
        { id: 'why', kind: 'longText', title: { en: 'Why?' } },
        { id: 'mail', kind: 'email', title: { en: 'Your e-mail' } },
      ],
    },
  ],
  endings: [
    { id: 'out', outcome: 'screenedOut', title: { en: 'Not for you' }, showIf: { field: 'nps', op: 'eq', value: 0 } },
    { id: 'thanks', title: { en: 'Thank you' } },
  ],
};

describe('rows', () => {
  test('[RS1] each response that ends becomes one row, however it ended and however often its batch is brought', async () => {
    const survey = await publish(world, shop, VISIT, { resumeDays: 2, channel: 'till' });
    const link = await world.api(shop.secretKey).post(`/api/v1/surveys/${survey.id}/links`, {
      userId: 'u-7',
      orderId: 'o-7',
      hidden: { till: '2' },
    });
    const { url } = z.object({ url: z.url() }).parse(link.body);
    const known = await new Respondent(world).open(new URL(url).pathname + new URL(url).search);
    await known.hand({ 'q.nps': '9', 'q.bought': ['tea', 'other'], 'q.bought.words.other': 'a cup' });
    await known.hand({ 'q.why': 'Good cake', 'q.mail': 'ann@example.com' });
    expect(known.text).toContain('Thank you');
    later(1_000);
    const out = await (await new Respondent(world, 'fa').open(survey.path)).hand({ 'q.nps': '0' });
    expect(out.text).toContain('Not for you');
    later(1_000);
    await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '4' });
    await rowsOf(survey.id);
    later(2 * DAY);
    const { endResponses } = await import('../surveys/job-kinds.ts');
    await world.house.jobs.send(endResponses, {});

    const expected = [
      {
        state: 'complete',
        version: 1,
        language: 'en',
        channel: 'till',
        user_id: 'u-7',
        order_id: 'o-7',
        answers: {
          nps: 9,
          bought: { chosen: ['tea', 'other'], words: { other: 'a cup' } },
          why: 'Good cake',
          mail: 'ann@example.com',
        },
        hidden: { till: '2' },
        last_page: 'second',
        marks: ['nps=9', 'bought!', 'bought=tea', 'bought=other', 'why!', 'mail!'],
        texts: ['a cup', 'Good cake'],
      },
      { state: 'screenedOut', language: 'fa', user_id: '', person_no: 0, marks: ['nps=0', 'bought?'] },
      { state: 'partial', last_page: 'first', answers: { nps: 4 }, marks: ['nps=4', 'bought?', 'why?', 'mail?'] },
    ];
    const rows = await rowsOf(survey.id);
    expect(rows).toMatchObject(expected);
    expect(rows[0]?.person_no).toBeGreaterThan(0);
    // Cut off after the insert: brought again, under another number.
    await world.house.records.db.execute(sql`UPDATE survey_responses SET batch = 0 WHERE survey_id = ${survey.id}`);
    expect(await rowsOf(survey.id)).toMatchObject(expected);
    // Who was screened out counts in no figure.
    const feedback = await world.house.facts.query(
      z.object({ n: z.coerce.number() }),
      `SELECT uniqExact(response_id) AS n FROM v_feedback WHERE workspace = {workspace:String} AND survey_id = {survey:String}`,
      { workspace: shop.id, survey: survey.id },
    );
    expect(feedback).toEqual([{ n: 2 }]);
    expect(await rowsOf(survey.id, await world.workspace())).toEqual([]);
  });

  test('[RS2] of an anonymous survey nothing says who it was, and rows leave with their retention', async () => {
    const pages = VISIT.pages.map((page) => ({ ...page, questions: page.questions.filter((q) => q.kind !== 'email') }));
    const survey = await publish(world, shop, { ...VISIT, pages }, { anonymous: true });
    const link = await world.api(shop.secretKey).post(`/api/v1/surveys/${survey.id}/links`, {
      userId: 'u-8',
      hidden: { till: '1', free: 'Ann' },
    });
    const { url } = z.object({ url: z.url() }).parse(link.body);
    const visitor = await new Respondent(world).open(new URL(url).pathname + new URL(url).search);
    await visitor.hand({ 'q.nps': '9' });
    await visitor.hand({ 'q.why': 'Fast' });
    const rows = await rowsOf(survey.id);
    expect(rows).toMatchObject([
      { state: 'complete', identity_no: 0, user_id: '', hidden: { till: '1' }, answers: { nps: 9, why: 'Fast' } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('Ann');

    const [keeper] = responseKeepers(world.house);
    const leaving = (workspaceId: string) => ({ workspaceId, before: new Date(now.getTime() + DAY) });
    expect(await keeper?.remove(leaving((await world.workspace()).id))).toMatchObject({ rows: 0 });
    expect(await keeper?.remove({ ...leaving(shop.id), before: new Date('2026-11-01') })).toMatchObject({ rows: 0 });
    while ((await keeper?.remove(leaving(shop.id)))?.more === true);
    expect(await rowsOf(survey.id)).toEqual([]);
  });
});
