import type { Choice, Question, SurveyDocument } from '@touchstone/domain/survey';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import fill from './queries/fill-exported-responses.sql?raw';
import { openBare } from './support/bare.ts';
import { type Keys, settle } from './support/figures.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';

const RESPONSES = 1_000_000;
const LIMIT_A_SECOND = 100_000;
/** The other formats leave with the responses of some days. */
const SOME = 'from=2026-01-05&to=2026-01-11';

const said = (text: string) => ({ en: text });
const choices = (n: number): Choice[] => Array.from({ length: n }, (_, i) => ({ id: `c${i}`, text: said(`Choice, ${i}`) })); // prettier-ignore
const valued = (n: number): Choice[] => choices(n).map((choice, i) => ({ ...choice, value: i + 1 }));

/** Twenty, of every kind. */
const QUESTIONS: readonly Question[] = [
  { id: 'nps', kind: 'nps', title: said('Recommend?') },
  { id: 'csat', kind: 'csat', title: said('Satisfied?') },
  { id: 'ces', kind: 'ces', title: said('Easy?') },
  { id: 'stars', kind: 'rating', from: 1, to: 5, title: said('Stars?') },
  { id: 'dial', kind: 'slider', from: 0, to: 100, title: said('Dial') },
  { id: 'where', kind: 'single', choices: choices(6), title: said('Where?') },
  { id: 'how', kind: 'dropdown', choices: choices(20), title: said('How?') },
  { id: 'which', kind: 'picture', choices: choices(4), title: said('Which?') },
  { id: 'some0', kind: 'multiple', choices: choices(8), title: said('Some?') },
  { id: 'some1', kind: 'multiple', choices: choices(8), title: said('Some more?') },
  { id: 'some2', kind: 'multiple', choices: choices(8), title: said('Some others?') },
  { id: 'grid', kind: 'matrix', rows: choices(5).map((c, i) => ({ ...c, id: `r${i}` })), columns: valued(5), title: said('Rate all') }, // prettier-ignore
  { id: 'rank', kind: 'ranking', choices: choices(5), title: said('Rank all') },
  { id: 'spend', kind: 'constantSum', total: 100, choices: choices(3), title: said('Spend') },
  { id: 'best', kind: 'maxdiff', choices: choices(5), title: said('Best and worst') },
  { id: 'wait', kind: 'number', title: said('Minutes') },
  { id: 'on', kind: 'date', title: said('Day') },
  { id: 'agree', kind: 'consent', title: said('Agreed'), label: said('I agree') },
  { id: 'short', kind: 'shortText', title: said('In short?') },
  { id: 'why', kind: 'longText', title: said('Why?') },
];
const SURVEY: SurveyDocument = {
  format: 1,
  languages: ['en'],
  title: said('A long survey'),
  hidden: [{ id: 'till' }],
  pages: [{ id: 'p1', questions: QUESTIONS }],
  endings: [{ id: 'thanks', title: said('Thanks') }],
};

/** Every response of a survey of twenty questions as CSV, through the API, until its last byte has come; the others beside it. */
export const bench = {
  name: 'export',
  async run(report: (line: ReportLine) => void): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
    await chmod(folder, 0o711);
    const server = new ServerProcess(join(folder, 'data'));
    try {
      const keys = await server.init();
      await server.start();
      const survey = await publish(server, keys);
      const facts = await openBare(server.data);
      try {
        await facts.command(fill, { workspace: keys.workspaceId, survey, count: RESPONSES });
        await facts.command('OPTIMIZE TABLE survey_responses FINAL');
        await settle(facts);
      } finally {
        await facts.close();
      }
      const at = `/api/v1/surveys/${survey}/responses`;
      await take(server, keys, `${at}.csv?${SOME}`);
      const csv = await take(server, keys, `${at}.csv`);
      if (csv.lines !== RESPONSES + 1) throw new Error(`${csv.lines} lines came, not ${RESPONSES + 1}.`);
      const rate = (RESPONSES / csv.ms) * 1_000;
      const line = (figure: string, value: number, against: string, limit: number): void =>
        report({ bench: 'export', figure, value: Math.round(value), unit: 'responses/s', against, ratio: Math.round((value / limit) * 100) / 100 }); // prettier-ignore
      line(`CSV of ${RESPONSES} responses, ${Math.round(csv.bytes / 1e6)} MB`, rate, `a goal of ${LIMIT_A_SECOND}`, LIMIT_A_SECOND); // prettier-ignore
      const some = (await take(server, keys, `${at}.csv?${SOME}`)).lines - 1;
      for (const format of ['ndjson', 'xlsx', 'parquet', 'sav', 'sss.zip']) {
        const { ms } = await take(server, keys, `${at}.${format}?${SOME}`);
        line(`${format}, ${some} responses`, (some / ms) * 1_000, 'the rate of CSV', rate);
      }
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** A file to its end. */
async function take(server: ServerProcess, keys: Keys, path: string) {
  const begun = performance.now();
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${keys.secretKey}` } });
  if (!response.ok || response.body === null) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  let [bytes, lines] = [0, 0];
  for await (const chunk of response.body) {
    const part = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    bytes += part.length;
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++;
  }
  return { bytes, lines, ms: performance.now() - begun };
}

async function publish(server: ServerProcess, keys: Keys): Promise<string> {
  const send = async (path: string, body: object) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return z.object({ id: z.string(), revision: z.number() }).parse(await answer.json());
  };
  const made = await send('/surveys', { name: 'A long survey', document: SURVEY });
  await send(`/surveys/${made.id}/publish`, { revision: made.revision });
  return made.id;
}
