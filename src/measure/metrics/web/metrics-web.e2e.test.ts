import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type Visit } from '../../../../test/support/browser.ts';
import { startServer, type Shop, type TestServer } from '../../../../test/support/server.ts';
import { ask, inviteMember, loadDemo } from '../../../../test/support/shop.ts';
import type { Distribution, Figures, Home } from '../contract.ts';

let server: TestServer;
let browser: TestBrowser;
let shop: Shop;

beforeAll(async () => {
  server = await startServer();
  shop = await server.setup({ company: 'Lark & Lantern' });
  await loadDemo(server, shop);
  browser = await openBrowser(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Signed in, in the workspace with the demo or in the one named. */
async function signedIn(
  options: Parameters<TestBrowser['openPage']>[0] = {},
  workspaceId = shop.workspaceId,
): Promise<Visit> {
  const visit = await browser.openPage(options);
  await visit.signIn(shop);
  await visit.page.addInitScript((id) => localStorage.setItem('touchstone.workspace', id), workspaceId);
  return visit;
}

async function emptyWorkspace(): Promise<string> {
  const visit = await signedIn();
  const made = await visit.page.context().request.post('/api/v1/workspaces', {
    data: { name: 'Empty' },
    headers: { origin: server.url },
  });
  const { id }: { id: string } = await made.json();
  await visit.close();
  return id;
}

async function read<T>(path: string): Promise<T> {
  return (await ask(server, shop, path)).json();
}

/** All time, as the pages ask for it. */
async function period(): Promise<string> {
  const { extent }: { extent: { from: string; to: string } } = await read('/api/v1/metrics/extent');
  const after = new Date(Date.parse(extent.to) + 86_400_000).toISOString().slice(0, 10);
  return `from=${extent.from}&to=${after}`;
}

test('[MW1] nothing loaded yet: what belongs here, and the one step', async () => {
  const visit = await signedIn({}, await emptyWorkspace());
  await visit.go('/');
  await visit.page.getByRole('heading', { name: 'Nothing has been loaded yet.' }).waitFor();
  expect(await visit.check()).toEqual([]);
  await visit.page.getByRole('button', { name: 'Import a file' }).click();
  await visit.page.waitForURL('**/listen/imports');
  await visit.go('/listen/comments');
  await visit.page.getByRole('heading', { name: 'What customers wrote belongs here' }).waitFor();
  await visit.close();
});

/** What the heading says of the finding that Home opens with. */
function opening({ findings }: Home): RegExp {
  const size = Number(Math.abs(findings[0]?.change?.value ?? 0).toFixed(2));
  return new RegExp(`(^| )${size} points? (lower|higher)`);
}

test('[MW2] [MW3] [MW4] Home says what the API says', async () => {
  const home: Home = await read(`/api/v1/metrics/home?${await period()}`);
  const visit = await signedIn();
  await visit.go('/?period=all');
  const { page } = visit;
  expect(home.findings[0]?.direction).not.toBe('unclear');
  await page.getByRole('heading', { level: 1, name: opening(home) }).waitFor();
  const rating = home.figures.find((f) => f.metric === 'rating')?.figure;
  const value = (rating?.value ?? 0).toFixed(2);
  await page.getByText(`⁦${value} ± `, { exact: false }).first().waitFor();
  const journey = page.getByRole('table', { name: 'Your customers’ journey' });
  const stages = home.stages.filter((s) => s.key !== '');
  const [, ...told] = await journey.getByRole('row').allInnerTexts();
  expect(told.map((words) => words.split(/\t| \(/)[0])).toEqual(stages.map((s) => s.label));
  expect(told.map((words) => words.includes('assumption'))).toEqual(stages.map((s) => s.value === null));
  expect(await visit.check()).toEqual([]);
  await page.getByRole('link', { name: 'Late deliveries' }).click();
  await page.waitForURL('**/measure/metrics/late_rate?*');
  const late: Figures = await read(`/api/v1/metrics/late_rate?${await period()}`);
  await page.getByRole('heading', { level: 1, name: `${((late.overall.value ?? 0) * 100).toFixed(1)}%` }).waitFor();
  await visit.close();
});

test('[MW11] [MW12] what changed, what to look at first, and the evidence of each', async () => {
  const home: Home = await read(`/api/v1/metrics/home?${await period()}`);
  const visit = await signedIn();
  await visit.go('/?period=all');
  const { page } = visit;
  await page.getByRole('heading', { name: 'What changed, and since when' }).waitFor();
  const said = new Map<string, string>([
    ['since', 'since about'],
    ['drift', 'over the period, by about'],
    ['steady', 'No lasting change'],
    ['short', 'Too few answers, or too short a time'],
  ]);
  const course = home.findings.flatMap((f) => (f.metric === home.headline ? (said.get(f.kind) ?? []) : []));
  expect(course).toHaveLength(1);
  await page
    .getByText(course[0] ?? '')
    .first()
    .waitFor();
  const first = page.getByRole('list', { name: 'Look at these first' });
  const worse = home.findings.filter((f) => f.subject !== null && f.metric === home.headline);
  expect(await first.getByRole('listitem').count()).toBe(Math.min(5, worse.length));
  await first.getByRole('button', { name: 'Evidence' }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('Why it is said').waitFor();
  await drawer.getByText(`n ${worse[0]?.figure?.n.toLocaleString('en')}`).waitFor();
  await drawer.getByRole('heading', { name: 'In their words' }).waitFor();
  expect(await visit.check()).toEqual([]);
  await drawer.getByRole('link', { name: 'Who they are' }).click();
  await page.waitForURL('**/unify/people?*feedback.instrument*');
  const people = worse[0]?.figure?.people?.toLocaleString('en') ?? '';
  await page.getByRole('heading', { name: `${people} of `, level: 1 }).waitFor();
  await visit.close();
});

test('[MW5] [MW14] a metric by score, by a property, two groups compared, the table exported', async () => {
  const visit = await signedIn();
  const { page } = visit;
  await visit.go('/measure/metrics/rating?by=order.late&period=all');
  const answer: Figures = await read(`/api/v1/metrics/rating?by=order.late&${await period()}`);
  const table = page.getByRole('table', { name: 'By late parcel' });
  for (const group of answer.groups) {
    const name = group.key === 'true' ? 'Parcel came late' : group.key === 'false' ? 'Parcel came on time' : 'unknown';
    const row = table.getByRole('row').filter({ hasText: name });
    expect(await row.innerText()).toContain((group.value ?? 0).toFixed(2));
    expect((await row.innerText()).includes('few answers')).toBe(group.few);
  }
  const { scores }: Distribution = await read(`/api/v1/metrics/rating/distribution?${await period()}`);
  const byScore = page.getByRole('table', { name: 'Rating: answers by score' });
  expect(scores).toHaveLength(5);
  for (const { from, n, share, low, high } of scores) {
    const half = (100 * Math.max(high - share, share - low)).toFixed(1);
    const row = byScore
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: String(from), exact: true }) });
    expect(await row.innerText()).toMatch(new RegExp(`± ${half}[^]*${n.toLocaleString('en')}$`));
  }
  await page.getByLabel('Compare').selectOption('true');
  await page.getByLabel('with', { exact: true }).selectOption('false');
  await page
    .getByText(/Parcel came late less Parcel came on time: −\d\.\d\d, between −\d\.\d\d and −\d\.\d\d\./)
    .waitFor();
  await page.getByText('Clearly lower.').waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).last().click();
  expect(await visit.check()).toEqual([]);
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const csv = await readFile(await (await coming).path(), 'utf8');
  expect(csv.split('\r\n')).toHaveLength(answer.groups.length + 2);
  expect(csv).toContain('\uFEFFgroup,label,value,low,high,');
  expect(await visit.check()).toEqual([]);
  await visit.close();
});

test('[MW5] a group of a metric leads to its own figure, and to the rows of it alone', async () => {
  const visit = await signedIn();
  const { page } = visit;
  await visit.go('/measure/metrics/rating?by=order.late&period=all');
  const late = page.getByRole('table', { name: 'By late parcel' }).getByRole('link', { name: 'Parcel came late' });
  await late.click();
  await page.waitForURL(/filter=order\.late/);
  const own: Figures = await read(`/api/v1/metrics/rating?filter=order.late%3Atrue&${await period()}`);
  const value = (own.overall.value ?? 0).toFixed(2);
  await page
    .getByRole('heading', { level: 1, name: new RegExp(`${value} ± .*from ${own.overall.n} answers`) })
    .waitFor();
  await page.getByRole('button', { name: 'Filter: Parcel came late' }).waitFor();
  await page.getByRole('button', { name: 'How we know' }).click();
  await page.getByRole('dialog').getByText(`${own.overall.n}, of ${own.overall.people} people`).waitFor();
  expect(await visit.check({ axe: false })).toEqual([]);
  await visit.close();
});

test('[MW6] how we know: definition, n, method, and rows that lead to people', async () => {
  const visit = await signedIn();
  const { page } = visit;
  await visit.go('/measure/metrics/rating?period=all');
  await page.getByRole('button', { name: 'How we know' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('Rating, version 1').waitFor();
  await drawer.getByText('Score interval with the cluster-robust variance, by person.').waitFor();
  await drawer.getByText(/^[\d,]+, of [\d,]+ people$/).waitFor();
  const person = drawer.getByRole('row').nth(1).getByRole('link').first();
  await person.waitFor();
  expect(await visit.check()).toEqual([]);
  await person.click();
  await page.waitForURL('**/unify/people/per_*');
  await visit.close();
});

test('[MW7] comments by words and score', async () => {
  const visit = await signedIn();
  const { page } = visit;
  await visit.go('/listen/comments?period=all');
  const all: { total: number; items: { text: string }[] } = await read('/api/v1/comments?limit=1');
  await page.getByRole('heading', { level: 1, name: `${all.total} comments, newest first.` }).waitFor();
  await page.getByLabel('Words in the comment').fill('parcel late');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.waitForURL('**/listen/comments?period=all&search=parcel+late');
  await page.getByLabel('Score').selectOption('low');
  await page.waitForURL('**&score=low');
  const found: { total: number } = await read('/api/v1/comments?limit=1&search=parcel+late&filter=score%3C%3D2');
  expect(found.total).toBeGreaterThan(0);
  expect(found.total).toBeLessThan(all.total);
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${found.total} comments? fits?\\.`) }).waitFor();
  const item = page.getByRole('main').getByRole('listitem').first();
  expect((await item.innerText()).toLowerCase()).toContain('parcel');
  expect(await visit.check()).toEqual([]);
  await item.getByRole('link').click();
  await page.waitForURL('**/unify/people/per_*');
  await visit.close();
});

test('[MW8] without the right to see single persons there are figures and nothing else', async () => {
  const visit = await browser.openPage();
  await visit.signIn(await inviteMember(server, shop, 'viewer'));
  const { page } = visit;
  await visit.go('/?period=all');
  const home: Home = await read(`/api/v1/metrics/home?${await period()}`);
  await page.getByRole('heading', { level: 1, name: opening(home) }).waitFor();
  expect(await page.getByText('In their words').count()).toBe(0);
  await visit.go('/measure/metrics/rating?view=lineage&period=all');
  await page.getByRole('dialog').getByText('Rating, version 1').waitFor();
  expect(await page.getByText('The rows behind it').count()).toBe(0);
  expect(await visit.check()).toEqual([]);
  await visit.close();
});
