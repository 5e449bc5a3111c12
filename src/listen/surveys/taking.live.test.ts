import type { SurveyDocument } from '@touchstone/domain/survey';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../../test/support/until.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { silentLog } from '../../platform/kernel/log.ts';
import { betweenUnits } from '../../platform/stores/units.ts';
import { endResponses, sweepSurveyFiles } from './job-kinds.ts';
import { surveyKeepers } from './keeping.ts';
import { selectByToken, saveResponses } from './records/responses.ts';
import { SavingResponses } from './saving.ts';
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

const TWO_PAGES: SurveyDocument = {
  format: 1,
  languages: ['en'],
  title: { en: 'Your visit' },
  pages: [
    { id: 'one', questions: [{ id: 'nps', kind: 'nps', title: { en: 'How likely?' } }] },
    { id: 'two', questions: [{ id: 'why', kind: 'longText', title: { en: 'Why?' } }] },
  ],
  endings: [{ id: 'thanks', title: { en: 'Thank you' } }],
};

const items = z.object({ items: z.array(z.object({ state: z.string(), answers: z.record(z.string(), z.unknown()) })) });
async function answersOf(surveyId: string): Promise<object[]> {
  const { body } = await world.api(shop.secretKey).get(`/api/v1/surveys/${surveyId}/responses`);
  return items.parse(body).items.map(({ answers }) => answers);
}

async function linkTo(surveyId: string, what: object): Promise<string> {
  const { body } = await world.api(shop.secretKey).post(`/api/v1/surveys/${surveyId}/links`, what);
  return z.object({ url: z.string() }).parse(body).url;
}

/** What of a survey is among the facts, after all that waits was done. */
async function scoresOf(surveyId: string): Promise<(number | null)[]> {
  later(2_000);
  await world.runJobs();
  const rows = await world.house.facts.query(
    z.object({ score: z.number().nullable() }),
    `SELECT score FROM v_feedback WHERE workspace = {workspace:String} AND survey_id = {survey:String} ORDER BY score`,
    { workspace: shop.id, survey: surveyId },
  );
  return rows.map((row) => row.score);
}

test('[SQ10] two windows on one response wipe nothing of one another, whoever is faster', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  const one = await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '9' });
  // Both pages at once: each keeps what the other said.
  const other = await new Respondent(world).open(one.goOn);
  await other.hand({}, 'back');
  await Promise.all([one.hand({ 'q.why': 'The staff' }, 'back'), other.hand({ 'q.nps': '4' })]);
  expect(await answersOf(survey.id)).toEqual([{ nps: 4, why: 'The staff' }]);

  // Whoever writes what they no longer read writes nothing.
  const db = world.house.records.db;
  const { rows } = await db.execute(sql`SELECT token FROM survey_responses WHERE survey_id = ${survey.id}`);
  const [kept] = z.array(z.object({ token: z.string() })).parse(rows);
  const row = await selectByToken(db, survey.id, kept?.token ?? '');
  if (row === null) throw new Error('no response');
  expect((await saveResponses(db, [{ ...row, answers: {} }])).size).toBe(1);
  expect((await saveResponses(db, [{ ...row, answers: { nps: 1 } }])).size).toBe(0);
});

test('[SQ1] what is deleted while somebody has its page open takes no answers, and what was ever answered is kept', async () => {
  const api = world.api(shop.secretKey);
  const survey = await publish(world, shop, TWO_PAGES, { resumeDays: 1 });
  const visitor = await new Respondent(world).open(survey.path);
  const db = world.house.records.db;
  // By another server: this one still takes it for open.
  await db.execute(sql`DELETE FROM surveys WHERE id = ${survey.id}`);
  await visitor.hand({ 'q.nps': '9' });
  expect(visitor.status).toBe(429);
  expect((await db.execute(sql`SELECT 1 FROM survey_responses WHERE survey_id = ${survey.id}`)).rows).toEqual([]);

  const answered = await publish(world, shop, TWO_PAGES);
  await db.execute(sql`UPDATE surveys SET answered = true WHERE id = ${answered.id}`);
  expect((await api.delete(`/api/v1/surveys/${answered.id}`)).body).toMatchObject({ code: 'survey-answered' });
});

test('[SQ10] why answers cannot be kept is told to the log, once a second, and none of what was answered', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '9' });
  const db = world.house.records.db;
  const { rows } = await db.execute(sql`SELECT token FROM survey_responses WHERE survey_id = ${survey.id}`);
  const [kept] = z.array(z.object({ token: z.string() })).parse(rows);
  const row = await selectByToken(db, survey.id, kept?.token ?? '');
  if (row === null) throw new Error('no response');
  const told: unknown[] = [];
  const log = { ...silentLog, error: (...said: unknown[]) => told.push(said) };
  const saving = new SavingResponses({ ...world.house, log });
  const broken = { ...row, version: 0.5, answers: { why: 'a secret' } };
  await expect(saving.save(broken)).rejects.toThrow('Answers cannot be kept');
  await expect(saving.end(broken, [], ['mark'])).rejects.toThrow('Answers cannot be kept');
  expect(await saving.save(row)).toBe(true);
  later(1_000);
  await expect(saving.end(broken, [], ['other'])).rejects.toThrow('Answers cannot be kept');
  const why = { type: 'DrizzleQueryError', code: undefined, cause: 'DatabaseError', causeCode: '22P02' };
  expect(told).toEqual([why, why].map((fields) => [fields, 'answers cannot be kept']));
});

test('[SQ3] [SQ10] one that cannot be read is put aside, and the others become facts', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  for (const nps of ['3', '7'])
    await (await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': nps })).hand({});
  const db = world.house.records.db;
  await db.execute(sql`
    UPDATE survey_responses SET around = '{}', batch = 0 WHERE survey_id = ${survey.id} AND answers->>'nps' = '3'`);
  expect(await scoresOf(survey.id)).toEqual([7]);
  const { rows } = await db.execute(
    sql`SELECT batch::int FROM survey_responses WHERE survey_id = ${survey.id} ORDER BY answers->>'nps'`,
  );
  expect(rows).toEqual([{ batch: -1 }, { batch: null }]);
});

test('[SQ3] no batch is begun while a backup takes its moment: restored, none is brought twice', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  await (await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '5' })).hand({});
  const { records } = world.house;
  const batches = async () =>
    (await records.db.execute(sql`SELECT batch::int FROM survey_responses WHERE survey_id = ${survey.id}`)).rows;
  later(2_000);
  const told = await records.transaction(async (tx) => {
    await betweenUnits(tx, 10_000);
    const jobs = world.runJobs();
    await until('the batch to wait', async () => {
      const { rows } = await records.db.execute(sql`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      return rows.length > 0;
    });
    expect(await batches()).toEqual([{ batch: 0 }]);
    return { jobs };
  });
  await told.jobs;
  expect(await batches()).toEqual([{ batch: null }]);
});

test('[SQ7] one person who comes by several names answers once', async () => {
  const survey = await publish(world, shop, TWO_PAGES, { oncePerPerson: true, resumeDays: 1 });
  const both = await linkTo(survey.id, { userId: 'u-7', email: 'Sam@Example.com', orderId: 'o-1' });
  await (await (await new Respondent(world).open(both)).hand({ 'q.nps': '9' })).hand({});
  for (const what of [{ userId: 'u-7' }, { email: ' sam@example.com' }, { userId: 'u-8', email: 'SAM@example.com' }]) {
    expect((await new Respondent(world).open(await linkTo(survey.id, what))).status).toBe(409);
  }
  // Another person of that order; and a telephone number that is somebody's name.
  expect((await new Respondent(world).open(await linkTo(survey.id, { orderId: 'o-1' }))).status).toBe(200);
  expect((await new Respondent(world).open(await linkTo(survey.id, { phone: 'u-7' }))).status).toBe(200);

  // Begun by two names in two windows, left in both: one of them counts.
  const left = await Promise.all([
    linkTo(survey.id, { userId: 'u-9', email: 'nine@example.com' }),
    linkTo(survey.id, { email: 'nine@example.com' }),
  ]);
  for (const url of left) await (await new Respondent(world).open(url)).hand({ 'q.nps': '2' });
  later(2 * DAY);
  await world.house.jobs.send(endResponses, {});
  expect(await scoresOf(survey.id)).toEqual([2, 9]);
});

test('[SQ60] what may be a program’s is kept and marked, and makes no figure where the survey says so', async () => {
  const suspects = async (surveyId: string): Promise<unknown> =>
    (await world.api(shop.secretKey).get(`/api/v1/surveys/${surveyId}/responses`)).body;
  const count = await publish(world, shop, TWO_PAGES);
  const apart = await publish(world, shop, TWO_PAGES, { suspectsApart: true });
  for (const survey of [count, apart]) {
    const slow = await new Respondent(world).open(survey.path);
    later(4_000);
    await (await slow.hand({ 'q.nps': '9' })).hand({});
    later(1_000);
    const quick = await new Respondent(world).open(survey.path);
    await (await quick.hand({ 'q.nps': '1', leave_empty: 'https://example.com' })).hand({});
    expect(quick.text).toContain('Thank you');
    later(1_000);
    const forger = await new Respondent(world).open(survey.path);
    await forger.hand({ 'q.nps': '2', r: 'A'.repeat(24), b: 'made up' });
    expect(forger.address).not.toContain('AAAA');
    expect(await suspects(survey.id)).toMatchObject({
      items: [
        { state: 'open', suspect: ['form'] },
        { state: 'complete', suspect: ['trap', 'fast'] },
        { state: 'complete', suspect: [] },
      ],
    });
  }
  expect(await scoresOf(count.id)).toEqual([1, 9]);
  expect(await scoresOf(apart.id)).toEqual([9]);
});

test('[SQ5] [SQ60] a page that was open when another version was published is answered as it was shown', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  const visitor = await new Respondent(world).open(survey.path);
  const api = world.api(shop.secretKey);
  const next: SurveyDocument = {
    ...TWO_PAGES,
    pages: [{ id: 'new', questions: [{ id: 'csat', kind: 'csat', title: { en: 'How was it?' } }] }],
  };
  await api.patch(`/api/v1/surveys/${survey.id}`, { document: next, revision: 1 });
  await api.post(`/api/v1/surveys/${survey.id}/publish`, { revision: 2 });
  later(2_000);
  await visitor.hand({ 'q.nps': '9' });
  expect(visitor.text).toContain('Why?');
  expect(await answersOf(survey.id)).toEqual([{ nps: 9 }]);
  // How long somebody took is told from when they saw the first page.
  expect((await api.get(`/api/v1/surveys/${survey.id}/responses`)).body).toMatchObject({
    items: [{ version: 1, startedAt: new Date(now.getTime() - 2_000).toISOString() }],
  });
});

test('[SQ2] what answers are gone on with stands in no address once the browser keeps it', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  const visitor = await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '9' });
  expect(visitor.address).toBe(`${survey.path}?at=two`);
  await visitor.open(visitor.goOn);
  expect(visitor.address).toBe(survey.path);
  expect(visitor.text).toContain('Why?');
  // Where nothing is kept by the browser it goes along.
  const forgetful = await new Respondent(world, 'en', false).open(survey.path);
  await forgetful.hand({ 'q.nps': '8' });
  expect(forgetful.address).toContain('?r=');
  await forgetful.hand({});
  expect(forgetful.text).toContain('Thank you');
  // An ending repeats answers: it is not shown to who finds its address later.
  later(2 * 3_600_000);
  expect((await forgetful.open(forgetful.address)).text).toContain('You have answered already');
});

test('[SQ2] [SQ10] what cannot be taken is given back to whoever wrote it', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  const visitor = await (await new Respondent(world).open(survey.path)).hand({ 'q.nps': '9' });
  const { space } = world.house;
  const refusal = space.refusal;
  space.refusal = () => 'The disk is full.';
  await visitor.hand({ 'q.why': '<b>Two</b> things' });
  space.refusal = refusal;
  expect(visitor.status).toBe(429);
  expect(visitor.html).toContain('Send again');
  await visitor.hand({});
  expect(visitor.text).toContain('Thank you');

  const closed = await publish(world, shop, TWO_PAGES);
  const late = await (await new Respondent(world, 'fa').open(closed.path)).hand({}, 'stay');
  later(9 * DAY);
  await late.hand({ 'q.why': '<b>Two</b> things' });
  expect(late.status).toBe(410);
  expect(late.html).toContain('آنچه نوشته بودید');
  expect(late.html).toContain('&lt;b&gt;Two&lt;/b&gt; things');
});

test('[SQ10] who comes too often is told so on a page, in their language', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  const visitor = new Respondent(world, 'sl');
  for (let i = 0; i < 241 && visitor.status !== 429; i++) await visitor.open(`${survey.path}?${i}=`);
  expect(visitor.status).toBe(429);
  expect(visitor.html).toMatch(/<html\s+lang="sl"/);
});

test('[SQ4] a link names what its survey has, and can be opened', async () => {
  const survey = await publish(world, shop, TWO_PAGES);
  const link = (what: object) => world.api(shop.secretKey).post(`/api/v1/surveys/${survey.id}/links`, what);
  expect((await link({ answers: { nsp: '9' } })).status).toBe(400);
  expect((await link({ hidden: { till: '9' } })).status).toBe(400);
  const traits = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`t${i}`, 'я'.repeat(500)]));
  expect((await link({ traits })).status).toBe(413);
});

test('[SQ61] files are known by their bytes, kept with their response, saved by members alone, and leave with it', async () => {
  const survey = await publish(world, shop, {
    ...TWO_PAGES,
    pages: [
      {
        id: 'one',
        questions: [
          {
            id: 'photo',
            kind: 'file',
            required: true,
            accept: ['image/*'],
            maxBytes: 200,
            title: { en: 'What did it look like?' },
          },
        ],
      },
      { id: 'two', questions: [{ id: 'why', kind: 'longText', title: { en: 'Why?' } }] },
    ],
  });
  const png = (name: string, bytes = 40): File =>
    new File([Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(bytes)])], name);
  const visitor = await new Respondent(world).open(survey.path);
  const send = (...files: File[]) => visitor.hand({}, 'next', { 'q.photo': files });
  // What it is called says nothing: a page that calls itself a picture is none.
  await send(new File(['<script>alert(1)</script>'], 'photo.png', { type: 'image/png' }));
  expect(visitor.status).toBe(422);
  expect(visitor.text).toContain('A file of this kind cannot be taken.');
  await send(png('large.png', 300));
  expect(visitor.text).toContain('The file is too large');
  await send(png('box.png'), png('second.png'));
  expect(visitor.text).toContain('at most 1');
  expect(visitor.text).toContain('Attached: box.png');
  await visitor.hand({});
  expect(visitor.text).toContain('Why?');
  await visitor.hand({});

  const { body } = await world.api(shop.secretKey).get(`/api/v1/surveys/${survey.id}/responses`);
  const file = z.object({ id: z.string(), name: z.string(), type: z.string(), bytes: z.number() });
  const [kept] = z
    .object({ items: z.array(z.object({ answers: z.object({ photo: z.array(file) }) })) })
    .parse(body).items;
  const [photo] = kept?.answers.photo ?? [];
  expect(photo).toMatchObject({ name: 'box.png', type: 'image/png', bytes: 48 });

  const at = `/api/v1/surveys/${survey.id}/files/${photo?.id}`;
  const saved = await world.app.request(at, { headers: { authorization: `Bearer ${shop.secretKey}` } });
  expect(saved.headers.get('content-disposition')).toBe('attachment; filename="box.png"');
  expect((await saved.arrayBuffer()).byteLength).toBe(48);
  expect((await world.app.request(at)).status).toBe(401);
  const foreign = await world.workspace();
  expect((await world.api(foreign.secretKey).get(at)).status).toBe(404);

  // One that is no answer of anybody goes after a day, the other with its response.
  const left = async () => (await world.house.files.list('surveys')).filter((name) => name.includes(survey.id)).length;
  await visitor.open(survey.path);
  await visitor.hand({}, 'stay', { 'q.photo': [png('mine.png')] });
  await visitor.hand({ 'q.photo.keep': [] }, 'stay');
  expect(await left()).toBe(2);
  later(2 * DAY);
  await world.house.jobs.send(sweepSurveyFiles, {});
  await scoresOf(survey.id);
  expect(await left()).toBe(1);
  for (const keeper of surveyKeepers(world.house)) await keeper.remove({ workspaceId: shop.id, before: now });
  expect(await left()).toBe(0);
});

test('[SQ62] who comes by a code answers with where it hung, which nobody can change', async () => {
  const survey = await publish(world, shop, {
    ...TWO_PAGES,
    hidden: [{ id: 'place' }, { id: 'order_id' }, { id: 'till' }],
    pages: [{ id: 'one', questions: [{ id: 'nps', kind: 'nps', title: { en: 'How was {{hidden.place|it}}?' } }] }],
  });
  const api = world.api(shop.secretKey);
  const wanted = { name: 'Table 7', locationId: 'maribor-1', place: 'Table 7', orderId: 'o-7', touchpoint: 'tp_app' };
  const made = await api.post(`/api/v1/surveys/${survey.id}/codes`, { codes: [wanted] });
  const [code] = z.object({ items: z.array(z.object({ url: z.string(), svg: z.string() })) }).parse(made.body).items;
  expect(code?.svg).toContain('<svg');
  const visitor = await new Respondent(world).open(`${code?.url}&place=elsewhere`);
  expect(visitor.text).toContain('How was Table 7?');
  later(4_000);
  await visitor.hand({ 'q.nps': '9' });
  expect((await new Respondent(world).open(`${code?.url}x`)).status).toBe(403);
  expect((await api.get(`/api/v1/surveys/${survey.id}/responses`)).body).toMatchObject({
    items: [{ hung: { place: 'Table 7', orderId: 'o-7' }, hidden: { place: 'Table 7' } }],
  });
  await scoresOf(survey.id);
  const facts = await world.house.facts.query(
    z.object({ location_id: z.string(), order_id: z.string(), props: z.string() }),
    `SELECT location_id, order_id, props FROM v_feedback WHERE workspace = {workspace:String} AND survey_id = {survey:String}`,
    { workspace: shop.id, survey: survey.id },
  );
  expect(facts).toMatchObject([{ location_id: 'maribor-1', order_id: 'o-7' }]);
  expect(JSON.parse(facts[0]?.props ?? '')).toEqual({ place: 'Table 7', order_id: 'o-7', touchpoint: 'tp_app' });
  // Of the figures it is the touchpoint's, whatever the catalogue's rules say of such answers.
  const figure = await api.get(
    `/api/v1/metrics/nps?from=2026-11-01&to=2027-02-01&by=touchpoint&filter=survey_id:${survey.id}`,
  );
  expect(figure.body).toMatchObject({ groups: [{ key: 'tp_app', n: 1 }] });

  // What a code says nobody says by writing an address.
  const plain = await new Respondent(world).open(`${survey.path}?place=Table+9&order_id=o-9&till=3`);
  expect(plain.text).toContain('How was it?');
  await plain.hand({ 'q.nps': '9' });
  const { rows: said } = await world.house.records.db.execute(
    sql`SELECT around->'hidden' AS hidden FROM survey_responses WHERE survey_id = ${survey.id} ORDER BY started_at DESC LIMIT 1`,
  );
  expect(said).toEqual([{ hidden: { till: '3' } }]);

  const headers = { authorization: `Bearer ${shop.secretKey}` };
  const png = await world.app.request(`/api/v1/surveys/${survey.id}/code?name=Table+7&place=7&as=png`, { headers });
  expect(png.headers.get('content-type')).toBe('image/png');
  expect((await api.get(`/api/v1/surveys/${survey.id}/code?name=Table+7&as=gif`)).status).toBe(400);
  const sheet = await world.app.request(
    `/api/v1/surveys/${survey.id}/codes/sheet?as=place&code=7%3DTable+7&code=8&call=How+was+it%3F`,
    { headers },
  );
  expect(await sheet.text()).toContain('How was it?');
  const foreign = await world.workspace();
  expect((await world.api(foreign.secretKey).get(`/api/v1/surveys/${survey.id}/code?name=a&as=svg`)).status).toBe(404);

  const anonymous = await publish(world, shop, TWO_PAGES, { anonymous: true });
  const answer = await api.post(`/api/v1/surveys/${anonymous.id}/codes`, { codes: [wanted] });
  const [unnamed] = z.object({ items: z.array(z.object({ url: z.string() })) }).parse(answer.body).items;
  await (await new Respondent(world).open(unnamed?.url ?? '')).hand({ 'q.nps': '9' });
  const { rows } = await world.house.records.db.execute(
    sql`SELECT around FROM survey_responses WHERE survey_id = ${anonymous.id}`,
  );
  expect(JSON.stringify(rows)).toContain('maribor-1');
  expect(JSON.stringify(rows)).not.toContain('o-7');
});
