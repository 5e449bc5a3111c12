import type { SurveyDocument } from '@touchstone/domain/survey';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { surveyShape } from './contract.ts';
import { tellFacts } from './job-kinds.ts';
import { publish, Respondent } from './test-support.ts';

let now = new Date('2026-11-22T10:00:00.000Z');
let world: World;
let shop: TestWorkspace;
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => now } });
  shop = await world.workspace();
});
afterAll(() => world.close());
// Each test has its own minute of what one address may ask.
beforeEach(() => later(61_000));

const later = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};
const DAY = 86_400_000;

const fact = z.object({
  question_id: z.string(),
  score: z.number().nullable(),
  scale_max: z.number().nullable(),
  text: z.string(),
  user_id: z.string(),
  order_id: z.string(),
  survey_version: z.number(),
  props: z.string(),
});
/** What of a survey is among the facts, after all that waits was done. */
async function factsOf(surveyId: string): Promise<z.infer<typeof fact>[]> {
  later(2_000);
  await world.runJobs();
  return world.house.facts.query(
    fact,
    `SELECT question_id, score, scale_max, text, user_id, order_id, survey_version, props FROM v_feedback
     WHERE workspace = {workspace:String} AND survey_id = {survey:String} ORDER BY at, question_id`,
    { workspace: shop.id, survey: surveyId },
  );
}

const VISIT: SurveyDocument = {
  format: 1,
  languages: ['en', 'fa'],
  title: { en: 'Your visit', fa: 'بازدید شما' },
  hidden: [{ id: 'till' }, { id: 'floor', values: ['1', '2'] }],
  pages: [
    {
      id: 'first',
      questions: [
        {
          id: 'nps',
          kind: 'nps',
          required: true,
          title: { en: 'Would you send a friend, {{person.name|dear visitor}}?', fa: 'ما را پیشنهاد می‌کنید؟' },
        },
        {
          id: 'why',
          kind: 'longText',
          title: { en: 'What should be better?', fa: 'چه چیزی باید بهتر شود؟' },
          showIf: { field: 'nps', op: 'lt', value: 7 },
        },
      ],
    },
    { id: 'second', questions: [{ id: 'mail', kind: 'email', title: { en: 'May we write to you?', fa: 'ایمیل' } }] },
  ],
  endings: [{ id: 'thanks', title: { en: 'Thank you', fa: 'سپاس' } }],
};

describe('making', () => {
  test('[SQ1] a survey is made, changed by one at a time, published, closed and copied; what is none is refused', async () => {
    const api = world.api(shop.secretKey);
    expect(await api.get('/api/v1/surveys/schema')).toMatchObject({ status: 200, body: { type: 'object' } });
    const wrong = await api.post('/api/v1/surveys', { name: 'x', document: { ...VISIT, pages: 'none' } });
    expect(wrong).toMatchObject({ status: 400, body: { field: 'document.pages', code: 'not-a-survey' } });

    const made = surveyShape.parse((await api.post('/api/v1/surveys', { name: 'Visit', document: VISIT })).body);
    const at = `/api/v1/surveys/${made.id}`;
    expect(made).toMatchObject({ state: 'draft', version: null, revision: 1, issues: [] });
    const unready = {
      ...VISIT,
      endings: VISIT.endings.map((e) => ({ ...e, showIf: { field: 'nps', op: 'gt', value: 10 } })),
    };
    const changed = await api.patch(at, { document: unready, revision: 1 });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        revision: 2,
        issues: [
          { code: 'contradiction', at: 'endings[0].showIf' },
          { severity: 'error', code: 'deadEnd' },
        ],
      },
    });
    expect(await api.patch(at, { document: VISIT, revision: 1 })).toMatchObject({
      status: 409,
      body: { code: 'survey-changed' },
    });
    expect(await api.post(`${at}/publish`, { revision: 2 })).toMatchObject({
      status: 409,
      body: { code: 'survey-not-ready' },
    });

    expect((await api.patch(at, { document: VISIT, revision: 2 })).status).toBe(200);
    expect(await api.post(`${at}/publish`, { revision: 3 })).toMatchObject({ body: { state: 'open', version: 1 } });
    expect(await api.get('/api/v1/surveys?search=vis')).toMatchObject({
      body: { items: [{ id: made.id, state: 'open', begun: 0, complete: 0 }] },
    });
    const other = await api.post(`${at}/copy`, { name: 'Another' });
    expect(other).toMatchObject({ status: 201, body: { state: 'draft', document: VISIT } });
    expect(await api.post(`${at}/close`)).toMatchObject({ body: { state: 'closed' } });

    await new Respondent(world).open(new URL(made.address).pathname);
    expect((await api.delete(at)).status).toBe(200);
    expect((await api.get(at)).status).toBe(404);
    const foreign = await world.workspace();
    const copy = surveyShape.parse(other.body);
    expect((await world.api(foreign.secretKey).get(`/api/v1/surveys/${copy.id}`)).status).toBe(404);
  });
});

describe('answering', () => {
  test('[SQ2] [SQ3] [SQ9] a plain form goes on, back and on again, is left and come back to, and becomes facts once', async () => {
    const survey = await publish(world, shop, VISIT);
    const visitor = await new Respondent(world).open(`${survey.path}?till=7%3Cb%3E&floor=9`);
    expect(visitor.status).toBe(200);
    expect(visitor.text).toContain('Would you send a friend, dear visitor?');
    expect(visitor.html).toMatch(/<html\s+lang="en" dir="ltr"/);
    // Time to read.
    later(5_000);

    await visitor.hand({});
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('Please answer this question.');
    // The answer brings up another question on the same page.
    await visitor.hand({ 'q.nps': '3' });
    expect(visitor.text).toContain('What should be better?');
    await visitor.hand({ 'q.why': '<script>alert("1")</script> & more' });
    expect(visitor.text).toContain('May we write to you?');

    await visitor.hand({ 'q.mail': 'nobody' });
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain('value="nobody"');
    await visitor.hand({}, 'back');
    expect(visitor.fields()).toContainEqual(['q.nps', '3']);
    expect(visitor.fields()).toContainEqual(['q.why', '<script>alert("1")</script> & more']);
    expect(visitor.html).not.toContain('<script>alert');

    // Elsewhere, by the link alone; and here, by the cookie.
    const again = await new Respondent(world, 'fa-IR').open(visitor.goOn);
    expect(again.text).toContain('May we write to you?');
    await visitor.open(survey.path);
    expect(visitor.text).toContain('May we write to you?');
    await visitor.hand({ 'q.mail': '' });
    expect(visitor.text).toContain('Thank you');

    const expected = [
      { question_id: 'nps', score: 3, scale_max: 10, text: '', user_id: '', survey_version: 1 },
      { question_id: 'why', score: null, text: '<script>alert("1")</script> & more' },
    ];
    const facts = await factsOf(survey.id);
    expect(facts).toMatchObject(expected);
    expect(JSON.parse(facts[0]?.props ?? '')).toEqual({ till: '7<b>' });
    // Cut off when all but noting it was done, and its tokens forgotten.
    await world.house.records.db.execute(
      sql`UPDATE survey_responses SET batch = nextval('survey_batches') WHERE survey_id = ${survey.id}`,
    );
    await world.house.jobs.send(tellFacts, {});
    expect(await factsOf(survey.id)).toMatchObject(expected);
    const api = world.api(shop.secretKey);
    expect(await api.get(`/api/v1/surveys/${survey.id}/responses`)).toMatchObject({
      body: { items: [{ state: 'complete', answers: { nps: 3 }, hidden: { till: '7<b>' }, userId: null }] },
    });
    expect((await api.delete(`/api/v1/surveys/${survey.id}`)).body).toMatchObject({ code: 'survey-answered' });
  });

  test('[SQ2] in Persian all words around are Persian, from right to left', async () => {
    const survey = await publish(world, shop, VISIT);
    const visitor = await new Respondent(world, 'fa-IR,en;q=0.5').open(survey.path);
    expect(visitor.html).toMatch(/<html\s+lang="fa" dir="rtl"/);
    await visitor.hand({});
    expect(visitor.text).toContain('لطفاً به این پرسش پاسخ دهید.');
    expect(visitor.html).toContain('۱۰');
    await visitor.hand({ 'q.nps': '9' });
    await visitor.open(`${visitor.address}&lang=en`);
    expect(visitor.text).toContain('May we write to you?');
  });

  test('[SQ3] what nobody went on with becomes facts as far as it went, and can no longer be gone on with', async () => {
    const survey = await publish(world, shop, VISIT, { resumeDays: 2 });
    const visitor = await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '9' });
    expect(visitor.text).toContain('May we write');
    expect(await factsOf(survey.id)).toEqual([]);
    later(2 * DAY);
    expect((await visitor.open(visitor.address)).status).toBe(410);
    const { jobs } = world.house;
    const { endResponses } = await import('./job-kinds.ts');
    await jobs.send(endResponses, {});
    const [left] = await factsOf(survey.id);
    expect(left).toMatchObject({ question_id: 'nps', score: 9 });
    expect(left?.props).toContain('partial');
  });

  test('[SQ4] closed, forged, expired, handed in: each says so and takes nothing', async () => {
    const survey = await publish(world, shop, VISIT);
    const api = world.api(shop.secretKey);
    const link = async (what: object): Promise<string> =>
      z.object({ url: z.string() }).parse((await api.post(`/api/v1/surveys/${survey.id}/links`, what)).body).url;
    expect((await new Respondent(world).open('/s/nowhere-at-all')).status).toBe(404);

    const good = await link({ userId: 'u-1', orderId: 'o-1', traits: { name: 'Sam' }, answers: { nps: '10' } });
    const visitor = await new Respondent(world).open(good);
    expect(visitor.text).toContain('Would you send a friend, Sam?');
    expect(visitor.fields()).toContainEqual(['q.nps', '10']);
    // Nothing was answered by looking.
    expect(await api.get(`/api/v1/surveys/${survey.id}/responses`)).toMatchObject({ body: { items: [] } });
    const forged = new URL(good);
    forged.searchParams.set('p', `${forged.searchParams.get('p')}x`);
    expect((await new Respondent(world).open(forged.href)).status).toBe(403);
    const old = await link({ userId: 'u-2', expiresAt: new Date(now.getTime() + 60_000).toISOString() });
    later(61_000);
    expect((await new Respondent(world).open(old)).status).toBe(410);

    await (await visitor.hand({})).hand({});
    expect(visitor.text).toContain('Thank you');
    const handedIn = visitor.address;
    expect(await factsOf(survey.id)).toMatchObject([
      { question_id: 'nps', score: 10, user_id: 'u-1', order_id: 'o-1' },
    ]);
    expect((await new Respondent(world).open(handedIn)).text).toContain('Thank you');

    const open = await new Respondent(world).open(survey.path);
    expect((await api.post(`/api/v1/surveys/${survey.id}/close`)).status).toBe(200);
    expect((await open.hand({ 'q.nps': '1' })).status).toBe(410);
    expect(open.text).toContain('This survey has ended');
  });

  test('[SQ5] answers keep the version they were begun with', async () => {
    const survey = await publish(world, shop, VISIT);
    const visitor = await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '8' });
    const api = world.api(shop.secretKey);
    const next: SurveyDocument = {
      ...VISIT,
      pages: [{ id: 'other', questions: [{ id: 'csat', kind: 'csat', title: { en: 'How was it?' } }] }],
    };
    expect((await api.patch(`/api/v1/surveys/${survey.id}`, { document: next, revision: 1 })).status).toBe(200);
    expect(await api.post(`/api/v1/surveys/${survey.id}/publish`, { revision: 2 })).toMatchObject({
      body: { version: 2 },
    });
    await visitor.hand({ 'q.mail': '' });
    const newcomer = await new Respondent(world).open(survey.path);
    expect(newcomer.text).toContain('How was it?');
    await newcomer.hand({ 'q.csat': '4' });
    const facts = await factsOf(survey.id);
    expect(facts.map((f) => [f.question_id, f.survey_version])).toEqual(
      [
        ['nps', 1],
        ['csat', 2],
      ].sort(),
    );
  });

  test('[SQ6] a quota lets in as many as it says, however many come at once', async () => {
    const few: SurveyDocument = {
      ...VISIT,
      pages: [{ id: 'p', questions: [{ id: 'nps', kind: 'nps', required: true, title: { en: 'How likely?' } }] }],
      quotas: [
        {
          id: 'high',
          name: 'High',
          if: { field: 'nps', op: 'ge', value: 9 },
          limit: 3,
          action: 'terminate',
          ending: 'full',
        },
      ],
      endings: [
        { id: 'thanks', title: { en: 'Thank you' }, showIf: { field: 'nps', op: 'exists' } },
        {
          id: 'full',
          title: { en: 'We have heard enough' },
          outcome: 'overQuota',
          showIf: { not: { field: 'nps', op: 'exists' } },
        },
      ],
    };
    const survey = await publish(world, shop, few);
    const visitors = await Promise.all(Array.from({ length: 8 }, () => new Respondent(world).open(survey.path)));
    await Promise.all(visitors.map((visitor) => visitor.hand({ 'q.nps': '9' })));
    const ends = visitors.map((visitor) => visitor.text.includes('Thank you'));
    expect(ends.filter(Boolean)).toHaveLength(3);
    expect(visitors.filter((visitor) => visitor.text.includes('We have heard enough'))).toHaveLength(5);
    const low = await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '2' });
    expect(low.text).toContain('Thank you');
    // Those who were one too many count in no figure.
    expect((await factsOf(survey.id)).map((found) => found.score).toSorted()).toEqual([2, 9, 9, 9]);
  });

  test('[SQ7] [SQ8] who may answer once does, and an anonymous survey keeps nobody’s name anywhere', async () => {
    const asking = await world
      .api(shop.secretKey)
      .post('/api/v1/surveys', { name: 'Who are you', document: VISIT, settings: { anonymous: true } });
    expect(asking).toMatchObject({
      body: { issues: [{ severity: 'error', code: 'asks-who-in-anonymous', what: 'mail' }] },
    });
    const api = world.api(shop.secretKey);
    const settings = { anonymous: true, oncePerPerson: true };
    const open = await publish(world, shop, VISIT);
    // What is open asks who somebody is.
    expect(await api.patch(`/api/v1/surveys/${open.id}`, { settings })).toMatchObject({
      status: 409,
      body: { code: 'survey-not-ready' },
    });
    const [first_page, second_page] = VISIT.pages;
    const unnamed: SurveyDocument = {
      ...VISIT,
      pages: [
        ...(first_page === undefined ? [] : [first_page]),
        {
          ...second_page,
          id: 'second',
          questions: [{ id: 'more', kind: 'longText', title: { en: 'Anything else?' } }],
        },
      ],
    };
    const survey = await publish(world, shop, unnamed);
    expect((await api.patch(`/api/v1/surveys/${survey.id}`, { settings })).status).toBe(200);
    const wanted = {
      userId: 'user-of-secret',
      email: 'secret@example.com',
      hidden: { till: 'secret-till', floor: '2' },
    };
    const { url } = z
      .object({ url: z.string() })
      .parse((await api.post(`/api/v1/surveys/${survey.id}/links`, wanted)).body);
    const [first, second] = [await new Respondent(world).open(url), await new Respondent(world).open(url)];
    later(5_000);
    await first.hand({ 'q.nps': '9' });
    // Nobody is asked for a name any more, and nobody's is given back.
    expect(await api.patch(`/api/v1/surveys/${survey.id}`, { settings: { anonymous: false } })).toMatchObject({
      status: 409,
      body: { code: 'survey-anonymity-kept' },
    });
    await first.hand({ 'q.mail': 'secret@example.com' });
    expect(first.text).toContain('Thank you');
    await second.hand({ 'q.nps': '1' });
    expect(second.text).toContain('You have answered already');
    expect((await new Respondent(world).open(url)).status).toBe(409);

    const facts = await factsOf(survey.id);
    expect(facts).toMatchObject([{ question_id: 'nps', score: 9, user_id: '', order_id: '' }]);
    expect(JSON.parse(facts[0]?.props ?? '')).toEqual({ floor: '2' });
    for (const table of ['survey_responses', 'survey_marks']) {
      const { rows } = await world.house.records.db.execute(
        sql`SELECT * FROM ${sql.identifier(table)} WHERE survey_id = ${survey.id}`,
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain('secret');
    }
  });

  test('[SQ2] [SQ4] a link goes on with its own response alone, and a made-up token with none', async () => {
    const survey = await publish(world, shop, VISIT);
    const link = async (userId: string): Promise<string> =>
      z
        .object({ url: z.string() })
        .parse((await world.api(shop.secretKey).post(`/api/v1/surveys/${survey.id}/links`, { userId })).body).url;
    const [first, second] = [await link('u-1'), await link('u-2')];
    const browser = await (await new Respondent(world).open(first)).hand({ 'q.nps': '9' });
    expect((await browser.open(first)).text).toContain('May we write to you?');
    expect((await browser.open(second)).text).toContain('Would you send a friend');
    expect(browser.fields()).not.toContainEqual(['q.nps', '9']);

    const made = 'A'.repeat(24);
    const victim = await new Respondent(world).open(`${survey.path}?r=${made}&a.nps=8&a.mail=x@example.com`);
    expect(victim.fields()).not.toContainEqual(['r', made]);
    expect(victim.fields()).toContainEqual(['q.nps', '8']);
    await victim.hand({});
    const kept = JSON.stringify((await world.api(shop.secretKey).get(`/api/v1/surveys/${survey.id}/responses`)).body);
    expect(kept).toContain('"nps":8');
    // Of a page that nobody has handed in nothing is kept.
    expect(kept).not.toContain('x@example.com');
    // A page that is there no more takes nothing from another.
    await victim.hand({ at: 'nowhere' });
    await victim.open(victim.address);
    expect(
      JSON.stringify((await world.api(shop.secretKey).get(`/api/v1/surveys/${survey.id}/responses`)).body),
    ).toContain('"nps":8');
  });

  test('[SQ7] [SQ8] of several that one person began, the first becomes facts when their time is over', async () => {
    const survey = await publish(world, shop, VISIT, { oncePerPerson: true, resumeDays: 1 });
    const { url } = z
      .object({ url: z.string() })
      .parse((await world.api(shop.secretKey).post(`/api/v1/surveys/${survey.id}/links`, { userId: 'u-9' })).body);
    const windows = await Promise.all([1, 2, 3].map(() => new Respondent(world).open(url)));
    for (const window of windows) await window.hand({ 'q.nps': '0' });
    later(2 * DAY);
    const { endResponses } = await import('./job-kinds.ts');
    await world.house.jobs.send(endResponses, {});
    expect(await factsOf(survey.id)).toHaveLength(1);
    const { rows } = await world.house.records.db.execute(
      sql`SELECT around->>'once' AS once FROM survey_responses WHERE survey_id = ${survey.id}`,
    );
    expect(rows).toEqual([{ once: null }, { once: null }, { once: null }]);
  });

  test('[SQ10] what cannot be kept keeps out no other', async () => {
    const survey = await publish(world, shop, VISIT);
    const odd = `${survey.path}?till=${encodeURIComponent(`${'x'.repeat(499)}😀`)}`;
    const visitors = await Promise.all([odd, survey.path, survey.path].map((path) => new Respondent(world).open(path)));
    await Promise.all(visitors.map((visitor) => visitor.hand({ 'q.nps': '10' })));
    for (const visitor of visitors) expect(visitor.text).toContain('May we write to you?');
  });

  test('[SQ9] HTML in a survey’s own texts and in an address shows as text', async () => {
    const evil = '"><img src=x onerror=alert(1)>';
    const survey = await publish(world, shop, {
      ...VISIT,
      title: { en: evil },
      pages: [
        {
          id: 'p',
          questions: [
            {
              id: 'q',
              kind: 'single',
              title: { en: `{{hidden.till}}${evil}` },
              choices: [{ id: 'a', text: { en: evil } }],
            },
          ],
        },
      ],
    });
    const visitor = await new Respondent(world).open(
      `${survey.path}?till=${encodeURIComponent(evil)}&lang=${encodeURIComponent(evil)}`,
    );
    expect(visitor.html).not.toContain('<img');
    expect(visitor.text).toContain(`${evil}${evil}`);
  });

  test('[SQ10] thirty that hand in at once are all kept, each once', async () => {
    const survey = await publish(world, shop, VISIT);
    const visitors = await Promise.all(Array.from({ length: 30 }, () => new Respondent(world).open(survey.path)));
    await Promise.all(visitors.map((visitor) => visitor.hand({ 'q.nps': '10' })));
    await Promise.all(visitors.map((visitor) => visitor.hand({})));
    expect(visitors.every((visitor) => visitor.text.includes('Thank you'))).toBe(true);
    expect(await factsOf(survey.id)).toHaveLength(30);
  });
});
