import type { Answers, Choice, Context, Localized, SurveyDocument } from '@touchstone/domain/survey';
import { prepare, walk } from '@touchstone/domain/survey';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { zipTexts } from '../../../test/support/packed.ts';
import { readSav } from '../../../test/support/sav.ts';
import { until } from '../../../test/support/until.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import type { Permission } from '../../platform/kernel/permissions.ts';
import { createKey } from '../../platform/workspaces/facade.ts';
import { publish } from '../surveys/test-support.ts';
import { putResponses } from './facade.ts';
import { selectPages } from './facts/exporting.ts';

let world: World;
let shop: TestWorkspace;
let surveyId = '';

const t = (en: string, fa?: string): Localized => (fa === undefined ? { en } : { en, fa });
const choices = (...ids: string[]): Choice[] => ids.map((id) => ({ id, text: t(id.toUpperCase()) }));
const likert: Choice[] = [1, 2, 3].map((value) => ({ id: `c${value}`, text: t(`${value} of 3`), value }));

/** Nobody who answers here is shown it. */
const SELDOM: Choice = { id: 'z', text: t('Z'), showIf: { field: 'nps', op: 'eq', value: 0 } };

/** Every kind of question that is answered, in the second version; in the first one of them asked something else. */
const DOCUMENT: SurveyDocument = {
  format: 1,
  languages: ['en', 'fa'],
  title: t('Your visit', 'بازدید شما'),
  hidden: [{ id: 'till' }],
  pages: [
    {
      id: 'p1',
      questions: [
        { id: 'nps', kind: 'nps', title: t('Recommend?', 'توصیه؟'), none: t('Cannot say') },
        { id: 'turned', kind: 'shortText', title: t('Turned') },
        { id: 'one', kind: 'single', title: t('Where?'), choices: [{ id: 'a', text: t('=Here, "now"', 'این‌جا') }, { id: 'o', text: t('Other'), words: true }] }, // prettier-ignore
        { id: 'many', kind: 'multiple', title: t('What?', 'چه؟'), choices: choices('x', 'y') },
        { id: 'm', kind: 'matrix', title: t('M'), rows: choices('r', 's'), columns: likert },
        { id: 'mm', kind: 'matrix', title: t('MM'), rows: choices('r', 's'), columns: choices('u', 'v'), multiple: true }, // prettier-ignore
        { id: 'rank', kind: 'ranking', title: t('Rank'), choices: choices('k', 'l') },
        { id: 'sum', kind: 'constantSum', title: t('Sum'), total: 100, choices: [...choices('k', 'l'), SELDOM] },
        { id: 'max', kind: 'maxdiff', title: t('Max'), perSet: 2, sets: 2, choices: [...choices('k', 'l'), SELDOM] },
        { id: 'slide', kind: 'slider', title: t('Slide'), from: 0, to: 1, step: 0.25 },
        { id: 'why', kind: 'longText', title: t('Why?') },
        { id: 'mail', kind: 'email', title: t('Mail') },
        { id: 'num', kind: 'number', title: t('Num'), decimals: 2 },
        { id: 'day', kind: 'date', title: t('Day') },
        { id: 'ok', kind: 'consent', title: t('Ok'), label: t('I agree') },
      ],
    },
    { id: 'p2', loop: 'l', questions: [{ id: 'each', kind: 'csat', title: t('How was {{loop}}?') }] },
  ],
  loops: [{ id: 'l', over: { question: 'many', take: 'chosen' } }],
  scores: [{ id: 'fit', name: t('Fit'), how: 'mean', of: [{ question: 'm' }] }],
  quotas: [{ id: 'q', name: 'Promoters', if: { field: 'nps', op: 'ge', value: 9 }, limit: 100, action: 'warn' }],
  endings: [{ id: 'end', title: t('Thank you') }],
};
const FIRST: SurveyDocument = {
  ...DOCUMENT,
  hidden: [],
  loops: [],
  scores: [],
  quotas: [],
  pages: [{ id: 'p1', questions: [{ id: 'turned', kind: 'nps', title: t('Turned') }] }],
};

const WHY = `${'سلام '.repeat(80)}<script>alert(1)</script>`;
const ALL: Answers = {
  nps: 9,
  turned: '=1+1',
  one: { chosen: ['o'], words: { o: '<b>"there"</b>,\r\n@x' } },
  many: { chosen: ['x', 'y'] },
  m: { r: ['c1'], s: ['c3'] },
  mm: { r: ['u', 'v'] },
  rank: ['l', 'k'],
  sum: { k: 100 },
  slide: 0.25,
  why: WHY,
  mail: 'ann@example.com',
  num: -12.5,
  day: '2026-11-22',
  ok: true,
  'each@x': 4,
  'each@y': 2,
};
const GIVEN: readonly { readonly version: number; readonly answers: Answers; readonly language?: string }[] = [
  { version: 1, answers: { turned: 7 } },
  { version: 2, answers: ALL },
  { version: 2, answers: { nps: 'none', one: { chosen: ['a'] }, many: { chosen: ['y'] }, ok: false, 'each@y': 5 }, language: 'fa' }, // prettier-ignore
  { version: 2, answers: {} },
];

beforeAll(async () => {
  world = await openWorld({ clock: { now: () => new Date('2026-11-22T10:00:00.000Z') } });
  shop = await world.workspace({ zone: 'Asia/Tehran' });
  const api = world.api(shop.secretKey);
  const survey = await publish(world, shop, FIRST);
  surveyId = survey.id;
  const changed = z.object({ revision: z.number() }).parse((await api.patch(`/api/v1/surveys/${surveyId}`, { name: 'Visit / 2026', document: DOCUMENT, revision: survey.revision })).body); // prettier-ignore
  expect((await api.post(`/api/v1/surveys/${surveyId}/publish`, changed)).status).toBe(200);
  const ended = GIVEN.map(({ version, answers, language = 'en' }, i) => {
    const context: Context = { language, seed: `s${i}`, hidden: i === 1 ? { till: '=7' } : {} };
    const found = walk(prepare(version === 1 ? FIRST : DOCUMENT), answers, context);
    const max = found.shown.get('max');
    const given = i === 1 && max !== undefined ? { ...answers, max: Object.fromEntries(max.sets.map((set, n) => [n, set])) } : answers; // prettier-ignore
    return {
      id: `rsp_${i}`,
      surveyId,
      version,
      state: i === 3 ? ('partial' as const) : ('complete' as const),
      ending: 'end',
      channel: 'web',
      startedAt: new Date(`2026-11-2${i}T20:29:50.000Z`),
      endedAt: new Date(`2026-11-2${i}T20:30:00.250Z`),
      found: walk(prepare(version === 1 ? FIRST : DOCUMENT), given, context),
      anonymous: false,
      named: i === 1 ? { userId: 'u-1', orderId: 'o-1' } : {},
    };
  });
  await putResponses(world.house, shop.id, ended, { token: 'b1' });
});
afterAll(() => world.close());

async function fileOf(ending: string, key = shop.secretKey): Promise<Buffer<ArrayBuffer>> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await world.app.request(`/api/v1/surveys/${surveyId}/responses.${ending}`, { headers });
  expect([response.status, ending]).toEqual([200, ending]);
  return Buffer.from(await response.arrayBuffer());
}

const row = z.record(z.string(), z.unknown());
async function rowsOf(query = '', key?: string): Promise<Record<string, unknown>[]> {
  const lines = (await fileOf(`ndjson${query}`, key)).toString().split('\n').filter((line) => line !== ''); // prettier-ignore
  return lines.map((line) => row.parse(JSON.parse(line)));
}

test('[RS20] every response leaves as a row, every version in one table, what was chosen in words', async () => {
  const rows = await rowsOf();
  const nothing = Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, null]));
  expect(rows).toEqual([
    { ...nothing, ...own(0), version: 1, turned_v1: 7, q: 0 },
    {
      ...own(1),
      ...{ version: 2, user_id: 'u-1', order_id: 'o-1', case_id: null, location_id: null, staff_id: null, till: '=7' },
      ...{ nps: 9, nps_none: 0, turned: '=1+1', turned_v1: null, one: 'Other', one_o_words: '<b>"there"</b>,\r\n@x' },
      ...{ many_x: 1, many_y: 1, m_r: '1 of 3', m_s: '3 of 3', mm_r_u: 1, mm_r_v: 1, mm_s_u: null, mm_s_v: null },
      ...{ rank_k: 2, rank_l: 1, sum_k: 100, sum_l: 0, sum_z: null },
      ...{ max_k: expect.any(Number), max_l: expect.any(Number), max_z: null },
      ...{ slide: 0.25, why: WHY, mail: 'ann@example.com', num: -12.5, day: '2026-11-22', ok: 1 },
      ...{ each_x: 4, each_y: 2, fit: 2, q: 1 },
    },
    { ...nothing, ...own(2), version: 2, language: 'fa', nps_none: 1, one: '=Here, "now"', many_x: 0, many_y: 1, ok: 0, each_y: 5, q: 0 }, // prettier-ignore
    { ...nothing, ...own(3), version: 2, state: 'partial', q: 0 },
  ]);
  const words = await rowsOf('?words=fa&where=language:fa');
  expect(words.map((one) => one['one'])).toEqual(['این‌جا']);
  expect((await rowsOf('?values=ids')).map((one) => one['one'])).toEqual([null, 'o', 'a', null]);
  // Half past eight in the evening is the next day in Tehran.
  expect((await rowsOf('?from=2026-11-22&to=2026-11-23')).map((one) => one['response_id'])).toEqual(['rsp_1']);
  expect((await rowsOf('?where=state:partial')).map((one) => one['response_id'])).toEqual(['rsp_3']);
});

const own = (i: number) => ({
  response_id: `rsp_${i}`,
  state: 'complete',
  language: 'en',
  channel: 'web',
  ending: 'end',
  started_at: `2026-11-2${i}T20:29:50.000Z`,
  ended_at: `2026-11-2${i}T20:30:00.250Z`,
  seconds: 10,
});

test('[RS21] CSV that the store writes holds what the other formats hold, made harmless', async () => {
  for (const query of ['', '?values=ids', '?words=fa']) {
    const rows = await rowsOf(query);
    const file = (await fileOf(`csv${query}`)).toString();
    const found = z.array(z.record(z.string(), z.string())).parse(parse(file, { columns: true }));
    const plain = (value: unknown): string =>
      value === null ? '' : `${value as string | number}`.replace(/^(?=[=@])/, "'");
    expect(found).toEqual(rows.map((one) => Object.fromEntries(Object.entries(one).map(([k, v]) => [k, plain(v)]))));
    expect(file.endsWith('\r\n')).toBe(true);
  }
  expect((await fileOf('csv?bom=true')).subarray(0, 3).toString('hex')).toBe('efbbbf');
});

test('[RS21] pages of lines follow on one another, each response once and in order', async () => {
  const survey = await publish(world, shop, FIRST);
  await world.house.facts.command(
    `INSERT INTO survey_responses (workspace, survey_id, version, response_id, state, ended_at, answers, hidden)
     SELECT {workspace:String}, {survey:String}, 1, concat('rsp_', leftPad(toString(number), 6, '0')), 'complete',
       toDateTime64('2026-11-01 00:00:00', 3, 'UTC') + toIntervalSecond(intDiv(number, 3)), '{"turned":7}', '{}'
     FROM numbers(25000)`,
    { workspace: shop.id, survey: survey.id },
  );
  const headers = { authorization: `Bearer ${shop.secretKey}` };
  const file = await (await world.app.request(`/api/v1/surveys/${survey.id}/responses.csv`, { headers })).text();
  const ids = file.split('\r\n').slice(1, -1).map((line) => line.slice(0, 10)); // prettier-ignore
  expect(ids).toEqual(Array.from({ length: 25_000 }, (_, i) => `rsp_${String(i).padStart(6, '0')}`));
  // A page ends where it has so many rows or bytes: each of these has 14.
  const condition = { sql: 'workspace = {workspace:String} AND survey_id = {survey:String}', params: { workspace: shop.id, survey: survey.id } }; // prettier-ignore
  const ends = async (pages: number, rows: number, bytes: number, last = 0): Promise<unknown> => {
    const after = { ended_at: `2026-11-01 ${new Date(Math.floor(last / 3) * 1_000).toISOString().slice(11, 23)}`, response_id: `rsp_${String(last).padStart(6, '0')}` }; // prettier-ignore
    const found = await selectPages(world.house.facts, condition, after, { pages, rows, bytes }, AbortSignal.timeout(60_000)); // prettier-ignore
    return [...found.ends.map(({ response_id }) => Number(response_id.slice(4))), found.more];
  };
  expect(await ends(3, 7, 1_000)).toEqual([6, 13, 20, 21, true]);
  expect(await ends(1, 12, 5 * 14)).toEqual([5, 10, 12, true]);
  expect(await ends(1, 3, 1)).toEqual([1, 2, 3, true]);
  expect(await ends(2, 7, 13, 24_998)).toEqual([24_999, false]);
  await until('the entry of its end', async () => {
    const { body } = await world.api(shop.secretKey).get('/api/v1/audit?operation=GET /api/v1/surveys');
    return JSON.stringify(body).includes('25000');
  });
});

test('[RS22] SPSS and Triple-S are told what was asked, what values stand for, and what does not apply', async () => {
  const sav = readSav(await fileOf('sav?words=fa'));
  expect(sav.title).toBe('بازدید شما');
  const by = Object.fromEntries(sav.variables.map((variable) => [variable.name, variable]));
  expect(by['nps']).toMatchObject({ label: 'توصیه؟', missing: [-9], labels: { '-9': 'Cannot say' }, measure: 'scale' });
  expect(by['one']).toMatchObject({ label: 'Where?', labels: { '1': 'این‌جا', '2': 'Other' }, measure: 'nominal' });
  expect(by['m_r']).toMatchObject({ labels: { '1': '1 of 3', '2': '2 of 3', '3': '3 of 3' }, measure: 'ordinal' });
  expect(by['nps_none']).toBeUndefined();
  // As wide as the longest text, no wider.
  expect([by['why']?.width, by['response_id']?.width]).toEqual([Buffer.byteLength(WHY), 5]);
  expect(sav.sets).toMatchObject({ many: ['many_x', 'many_y'], mm_r: ['mm_r_u', 'mm_r_v'] });
  expect(sav.rows.map((one) => [one['nps'], one['one'], one['many_x'], one['m_s'], one['fit']])).toEqual([
    [null, null, null, null, null],
    [9, 2, 1, 3, 2],
    [-9, 1, 0, null, null],
    [null, null, null, null, null],
  ]);
  expect(sav.rows[1]?.['why']).toBe(WHY);
  // By the clock of the workspace.
  const day = (Date.parse('2026-11-22') - Date.UTC(1582, 9, 14)) / 1_000;
  expect([sav.rows[1]?.['day'], sav.rows[1]?.['ended_at']]).toEqual([day, day + 0.25]);
  const parts = await zipTexts(await fileOf('sss.zip'));
  expect(Object.keys(parts)).toEqual(['Visit-2026.sss', 'Visit-2026.csv']);
  expect(parts['Visit-2026.sss']).toContain('<label>What?</label><position');
  const rows = z.array(row).parse(parse(parts['Visit-2026.csv'] ?? '', { columns: true }));
  expect(rows.map((one) => [one['nps'], one['one'], one['many'], one['turned']])).toEqual([
    ['', '', '', ''],
    ['9', '2', '11', "'=1+1"],
    ['-9', '1', '01', ''],
    ['', '', '', ''],
  ]);
});

async function keyOf(scopes: Permission[]): Promise<string> {
  return (await createKey(world.house, shop.id, { kind: 'secret', name: 'Test', scopes }, 'a test')).key;
}

test('[RS23] who may not see people gets nobody’s name; of another workspace, and unasked, nothing', async () => {
  const key = await keyOf(['surveys:read', 'responses:read']);
  const [, second] = await rowsOf('', key);
  expect(Object.keys(second ?? {}).filter((name) => ['user_id', 'order_id', 'mail'].includes(name))).toEqual([]);
  expect(JSON.stringify(second)).not.toContain('ann@');
  const api = world.api((await world.workspace()).secretKey);
  expect((await api.get(`/api/v1/surveys/${surveyId}/responses.csv`)).status).toBe(404);
  const none = world.api(await keyOf(['surveys:read']));
  expect((await none.get(`/api/v1/surveys/${surveyId}/responses.sav`)).status).toBe(403);
  const refused = await world.api(shop.secretKey).get(`/api/v1/surveys/${surveyId}/responses.csv?where=no:1`);
  expect(refused.body).toMatchObject({ status: 400, field: 'where' });
});
