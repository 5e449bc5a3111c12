import { addDays, addMonths, daysBetween } from '@touchstone/domain/calendar';
import { readOptions } from '../src/platform/cli/options.ts';
import { EXIT, terminal, UsageError } from '../src/platform/cli/terminal.ts';
import type { Command, Connection } from '../src/platform/house/house.ts';
import { type Clock, systemClock } from '../src/platform/kernel/clock.ts';
import type { DemoView } from '../src/listen/demo/contract.ts';
import { MOST_PEOPLE } from '../src/listen/demo/vocabulary.ts';
import { FILE_KINDS, FILE_NAMES, type FileName, shopFile } from './files.ts';
import type { Shop } from './rows.ts';
import { generateShop, LONGEST_STORY_DAYS } from './shop.ts';
import { COMPANY } from './words.ts';

const POLL_MS = 250;
const DEFAULT_PEOPLE = 3_000;
const MONTHS = 14;

interface ImportView {
  readonly id: string;
  readonly state: string;
  readonly problem: string | null;
  readonly counts: Readonly<Record<'rows' | 'added' | 'changed' | 'unchanged' | 'bad', number>>;
}

async function call<T>(to: Connection, path: `/${string}`, init?: RequestInit): Promise<T> {
  const response = await to.request(path, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

function json(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Uploads one file and imports it as what it is; gives the counts once it is done. */
async function load(to: Connection, name: FileName, text: string): Promise<ImportView['counts']> {
  const { uploadId } = await call<{ uploadId: string }>(to, `/api/v1/uploads?name=${name}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: text,
  });
  let job = await call<ImportView>(to, '/api/v1/imports', json({ uploadId, kind: FILE_KINDS[name] }));
  const path = `/api/v1/imports/${job.id}` as const;
  job = await call<ImportView>(to, `${path}/start`, json({}));
  while (['queued', 'running'].includes(job.state)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    job = await call<ImportView>(to, path);
  }
  if (job.state !== 'done') throw new Error(`${name}: the import is ${job.state}. ${job.problem ?? ''}`);
  return job.counts;
}

/** The last whole stories end this month: the demo is recent, and the same all month long. */
function recentPeriod(clock: Clock): { from: string; days: number } {
  const month = `${clock.now().toISOString().slice(0, 7)}-01`;
  const from = addMonths(month, -MONTHS);
  return { from, days: daysBetween(from, addDays(month, -LONGEST_STORY_DAYS)) };
}

function wholeNumber(text: string): number {
  const people = Number(text);
  if (!/^\d+$/u.test(text) || people < 1 || people > MOST_PEOPLE) {
    throw new UsageError(`--people: ${text} is no whole number of 1 to ${MOST_PEOPLE}`);
  }
  return people;
}

/** Loads the small shop as files, as anybody would load theirs. */
async function loadFiles(to: Connection, shop: Shop): Promise<number> {
  for (const name of FILE_NAMES) {
    const { added, changed, unchanged, bad } = await load(to, name, shopFile(shop, name));
    terminal.result(`${name}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${bad} bad`);
    if (bad > 0) return EXIT.failed;
  }
  return EXIT.done;
}

const STEPS: Readonly<Record<string, string>> = {
  waiting: 'Waiting for its turn',
  people: 'Customers',
  stories: 'What they did and said',
  orders: 'Orders',
};

/** Has the server make the company, and tells how far it is at every tenth. */
async function openCompany(to: Connection, body: object): Promise<number> {
  let view = await call<DemoView>(to, '/api/v1/demo/fill', json(body));
  let told = '';
  while (Object.hasOwn(STEPS, view.state)) {
    const line = `${Math.floor(view.share * 10) * 10} % · ${STEPS[view.state] ?? ''} …`;
    if (line !== told) terminal.say(line);
    told = line;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    view = await call<DemoView>(to, '/api/v1/demo');
  }
  if (view.state !== 'done') throw new Error(`The demo company is ${view.state}. ${view.problem ?? ''}`);
  const { company, people, events } = view;
  terminal.result(`${company}: ${people} people, ${events} events. What is planted in it stands in demo/TRUTHS.md.`);
  return EXIT.done;
}

/** Fills a workspace with a made-up company: the large one by a job of the server, or a small one out of files. */
export const demo = (clock: Clock = systemClock): Command => ({
  name: 'demo',
  summary: `Fill the workspace, where it is empty, with ${COMPANY}, a made-up company. A second time changes nothing. --files: a small shop, loaded as files.`,
  usage: 'demo [--files] [--people N] [--seed TEXT] [--data DIR]',
  run: async (args, _env, connect) => {
    const { values, flags } = readOptions(args, { values: ['people', 'seed', 'data'], flags: ['files'] });
    const { people: said, seed, data } = values;
    const people = said === undefined ? undefined : wholeNumber(said);
    const connection = await connect(data === undefined ? {} : { dataDir: data });
    try {
      if (!flags.has('files')) return await openCompany(connection, { people, seed });
      const shop = generateShop({ seed: seed ?? 'demo', people: people ?? DEFAULT_PEOPLE, ...recentPeriod(clock) });
      return await loadFiles(connection, shop);
    } finally {
      await connection.close();
    }
  },
});
