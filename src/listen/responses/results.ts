import { factsTimeToInstant } from '@touchstone/domain/calendar';
import type { House } from '../../platform/house/house.ts';
import { countOpenResponses } from '../surveys/facade.ts';
import type { Asked } from './asking.ts';
import { countMarks, countStandings, selectSpan, type Span, type Standing, sumNumbers } from './facts/counting.ts';
import { type Condition, sinceVersion } from './facts/narrowing.ts';
import type { Documents } from './reading/documents.ts';
import { type CountedSince, NOTHING_COUNTED, questionResults } from './reading/questions.ts';
import { scoreResults } from './reading/scores.ts';
import { stoppingOf } from './reading/stopping.ts';
import { sumOf, tallyOf } from './reading/tally.ts';
import { changesBetween } from './reading/versions.ts';
import type { Results } from './shapes.ts';
import { HIDDEN_BELOW_PEOPLE } from './vocabulary.ts';

export type ResultsHouse = Pick<House, 'facts' | 'records' | 'clock'>;

/** All that a survey found. */
export async function resultsOf(house: ResultsHouse, asked: Asked): Promise<Results> {
  const { workspace, survey, documents, condition, all, seesPeople } = asked;
  const [{ counted, span }, standings, open] = await Promise.all([
    countAll(house, condition, documents, seesPeople),
    countStandings(house.facts, condition),
    all ? countOpenResponses(house, workspace.id, survey.id) : null,
  ]);
  const of = (state: string): number => sumOf(standings.filter((s) => s.state === state).map((s) => s.n));
  const told = of('complete') + of('partial');
  const reason = told === 0 ? 'no-answers' : !seesPeople && span.people < HIDDEN_BELOW_PEOPLE ? 'hidden' : null;
  const head = {
    survey: { id: survey.id, name: survey.name, state: survey.state, anonymous: survey.anonymous },
    reason,
    versions: versionsOf(asked, reason === 'hidden' ? [] : standings),
  } as const;
  if (reason === 'hidden') {
    const counts = { complete: 0, partial: 0, screenedOut: 0, overQuota: 0, open: null };
    return { ...head, counts, medianSeconds: null, firstAt: null, lastAt: null, questions: [], scores: [], pages: [] };
  }
  const questions = questionResults(documents, counted, seesPeople);
  return {
    ...head,
    counts: {
      complete: of('complete'),
      partial: of('partial'),
      screenedOut: of('screenedOut'),
      overQuota: of('overQuota'),
      open,
    },
    medianSeconds: span.seconds,
    firstAt: told === 0 ? null : factsTimeToInstant(span.first),
    lastAt: told === 0 ? null : factsTimeToInstant(span.last),
    questions,
    scores: scoreResults(documents, counted, questions, seesPeople),
    pages: stoppingOf(documents, standings),
  };
}

/** What was counted, by the version since which questions are answered as they are now. */
export async function countAll(
  { facts }: Pick<House, 'facts'>,
  condition: Condition,
  { questions, scores, versions }: Documents,
  seesPeople: boolean,
): Promise<{ readonly counted: CountedSince; readonly span: Span }> {
  const first = versions.at(-1)?.version ?? 0;
  const all = new Set([first, ...[...questions.values(), ...scores].map((one) => one.since)]);
  const spanning = selectSpan(facts, condition, !seesPeople);
  const counted = await Promise.all(
    [...all].map(async (since) => {
      const some = since <= first ? condition : sinceVersion(condition, since);
      const [marks, numbers, { n, people }] = await Promise.all([
        countMarks(facts, some, !seesPeople),
        sumNumbers(facts, some, !seesPeople),
        spanning,
      ]);
      return [since, { tallies: tallyOf(marks), numbers, repeats: n - people }] as const;
    }),
  );
  const bySince = new Map(counted);
  return { counted: ({ since }) => bySince.get(since) ?? NOTHING_COUNTED, span: await spanning };
}

function versionsOf({ survey, documents }: Asked, standings: readonly Standing[]): Results['versions'] {
  return survey.versions.map(({ version, document, publishedAt }, i) => {
    const before = survey.versions[i + 1]?.document;
    return {
      version,
      publishedAt: publishedAt.toISOString(),
      responses: sumOf(standings.filter((s) => s.version === version).map((s) => s.n)),
      changes: before === undefined ? [] : changesBetween(documents, before, document),
    };
  });
}
