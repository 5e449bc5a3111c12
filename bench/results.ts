import type { SurveyDocument } from '@touchstone/domain/survey';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import fill from './queries/fill-survey-responses.sql?raw';
import byHand from './queries/survey-by-hand.sql?raw';
import { openBare } from './support/bare.ts';
import { ask, type Keys, median, settle, timed } from './support/figures.ts';
import type { ReportLine } from './support/report.ts';
import { ServerProcess } from './support/server-process.ts';

const RESPONSES = 1_000_000;
const LIMIT_MS = 1_000;
const TIMES = 7;
const WARM_UPS = 2;

const said = (text: string) => ({ en: text });
const choices = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `c${i}`, text: said(`Choice ${i}`) }));
const several = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** Twenty questions: of each kind that results tell of. */
const SURVEY: SurveyDocument = {
  format: 1,
  languages: ['en'],
  title: said('A long survey'),
  hidden: [{ id: 'till' }],
  pages: [
    {
      id: 'p1',
      questions: [
        { id: 'nps', kind: 'nps', title: said('Recommend?') },
        { id: 'csat', kind: 'csat', title: said('Satisfied?') },
        { id: 'ces', kind: 'ces', title: said('Easy?') },
        { id: 'stars', kind: 'rating', from: 1, to: 5, title: said('Stars?') },
      ],
    },
    {
      id: 'p2',
      questions: several(5, (i) => ({
        id: `single${i}`,
        kind: 'single',
        choices: choices(6),
        title: said(`One of ${i}?`),
      })),
    },
    {
      id: 'p3',
      questions: several(3, (i) => ({
        id: `multi${i}`,
        kind: 'multiple',
        choices: choices(8),
        title: said(`Some of ${i}?`),
      })),
    },
    {
      id: 'p4',
      questions: [
        {
          id: 'grid',
          kind: 'matrix',
          rows: several(5, (i) => ({ id: `r${i}`, text: said(`Row ${i}`) })),
          columns: choices(5).map((choice, i) => ({ ...choice, value: i + 1 })),
          title: said('Rate all'),
        },
        { id: 'rank', kind: 'ranking', choices: choices(5), title: said('Rank all') },
        { id: 'spend', kind: 'constantSum', total: 100, choices: choices(3), title: said('Spend') },
        { id: 'best', kind: 'maxdiff', choices: choices(5), title: said('Best and worst') },
      ],
    },
    {
      id: 'p5',
      questions: [
        { id: 'dial', kind: 'slider', from: 0, to: 100, title: said('Dial') },
        { id: 'wait', kind: 'number', title: said('Minutes') },
        { id: 'why', kind: 'longText', title: said('Why?') },
        { id: 'more', kind: 'longText', title: said('More?') },
      ],
    },
  ],
  endings: [{ id: 'thanks', title: said('Thanks') }],
};

const results = z.object({ questions: z.array(z.object({ key: z.string(), answered: z.number() })) });
const anything = z.record(z.string(), z.unknown());

/** What a survey of twenty questions and a million responses found, through the API, the client included; medians. */
export const bench = {
  name: 'results',
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
        const params = { workspace: keys.workspaceId, survey };
        await facts.command(fill, { ...params, count: RESPONSES });
        await facts.command('OPTIMIZE TABLE survey_responses FINAL');
        await settle(facts);
        const at = `/surveys/${survey}/results`;
        const found = await ask(server, keys, at, results);
        if (found.questions.length !== 20 || found.questions[0]?.answered !== RESPONSES)
          throw new Error(`Not what was filled in: ${JSON.stringify(found.questions[0])}`);
        const hand = await medianOf(() => facts.query(anything, byHand, params));
        for (const [figure, path] of [
          ['all results', at],
          ['of one language', `${at}?where=language:fa`],
          ['of who recommends and chose one of two', `${at}?where=${encodeURIComponent('nps>=9;single0:c1,c2')}`],
          ['NPS by week', `${at}/series?question=nps&interval=week`],
          ['two questions beside one another', `${at}/cross?rows=single0&columns=multi0`],
          ['two groups compared', `${at}/compare?where=language:fa&againstWhere=language:en`],
          ['texts that hold a word', `${at}/texts?question=why&search=parcel%20417&limit=20`],
        ] as const) {
          const ms = await medianOf(() => ask(server, keys, path, anything));
          report({
            bench: 'results',
            figure,
            value: Math.round(ms),
            unit: 'ms',
            against: `a limit of ${LIMIT_MS} ms; counting all marks by hand takes ${Math.round(hand)} ms`,
            ratio: Math.round((ms / LIMIT_MS) * 100) / 100,
          });
        }
      } finally {
        await facts.close();
      }
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UPS + TIMES; i++) {
    const [, ms] = await timed(work);
    if (i >= WARM_UPS) times.push(ms);
  }
  return median(times);
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
