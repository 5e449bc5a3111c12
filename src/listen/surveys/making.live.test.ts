import { expect, afterAll, beforeAll, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { PRODUCT_FEEDBACK } from '../../../packages/domain/src/survey/import/test-data/product-feedback.ts';
import { instrumentShape, surveyShape } from './contract.ts';
import { Respondent } from './test-support.ts';

let world: World;
let shop: TestWorkspace;
beforeAll(async () => {
  world = await openWorld();
  shop = await world.workspace();
});
afterAll(() => world.close());

test('[SQ50] a ready survey is found in a language, made, published and answered', async () => {
  const api = world.api(shop.secretKey);
  const listed = await api.get('/api/v1/surveys/instruments?language=fa');
  const { items } = z.object({ items: z.array(instrumentShape) }).parse(listed.body);
  expect(items.map((one) => one.id)).toEqual(expect.arrayContaining(['nps', 'csat', 'ces', 'enps', 'five-senses']));
  for (const one of items) expect([one.name, one.measures, one.when, one.structure].join(' ')).toMatch(/[آ-ی]/u);
  const nps = items.find((one) => one.id === 'nps');
  expect(nps?.trademark).toContain('Bain & Company');
  expect(nps?.sources.join(' ')).toContain('2003');

  const path = '/api/v1/surveys/instruments/';
  expect(await api.post(`${path}nothing`, {})).toMatchObject({ status: 404 });
  expect(await api.post(`${path}nps`, { languages: ['de'] })).toMatchObject({ status: 400 });
  const team = surveyShape.parse((await api.post(`${path}enps`, { name: 'Team' })).body);
  expect(team).toMatchObject({ name: 'Team', issues: [], settings: { anonymous: true } });

  const made = await api.post(`${path}nps`, { languages: ['sl', 'en'] });
  expect(made.status).toBe(201);
  const survey = surveyShape.parse(made.body);
  expect(survey).toMatchObject({ name: 'NPS: priporočanje', issues: [], document: { languages: ['sl', 'en'] } });
  await api.post(`/api/v1/surveys/${survey.id}/publish`, { revision: survey.revision });
  const visitor = await new Respondent(world, 'sl').open(new URL(survey.address).pathname);
  expect(visitor.text).toContain('Kako verjetno je');
  await visitor.hand({ 'q.nps': '10' });
  expect(visitor.text).toContain('Kaj pri nas najbolj cenite?');
  await visitor.hand({ 'q.liked': 'Hitrost' });
  expect(visitor.text).toContain('Hvala');
});

test('[SQ51] a file of SurveyJS is read, made, published and answered; of a reader nothing is taken', async () => {
  const send = (key: string, body: string) =>
    world.app.request('/api/v1/surveys/import', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
      body,
    });
  const answer = await send(shop.secretKey, JSON.stringify(PRODUCT_FEEDBACK));
  expect(answer.status).toBe(200);
  const read = z
    .object({
      name: z.string(),
      document: z.record(z.string(), z.unknown()),
      left: z.array(z.unknown()),
      issues: z.array(z.unknown()),
    })
    .parse(await answer.json());
  expect(read).toMatchObject({ left: [], issues: [] });
  const api = world.api(shop.secretKey);
  const made = surveyShape.parse(
    (await api.post('/api/v1/surveys', { name: 'Product', document: read.document })).body,
  );
  await api.post(`/api/v1/surveys/${made.id}/publish`, { revision: made.revision });
  const visitor = await new Respondent(world, 'en').open(new URL(made.address).pathname);
  expect(visitor.text).toContain('Product does what it claims');
  await visitor.hand({ 'q.satisfaction': '5' });
  await visitor.hand({ 'q.price': 'low' });
  await visitor.hand({ 'q.email': 'someone' });
  expect(visitor.text).toContain('Thank you');

  const refused = await send(shop.secretKey, 'a;b;c');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'survey-file-unknown', field: 'file' });
  expect((await send('sk_wrong', '{}')).status).toBe(401);
  const large = await send(shop.secretKey, 'x'.repeat(8_000_001));
  expect(await large.json()).toMatchObject({ status: 413, code: 'survey-file-too-large' });
});
