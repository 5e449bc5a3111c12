import { feedbackOf, prepare, type Survey, type Walk, walk } from '@touchstone/domain/survey';
import type { FeedbackInput } from '../../core/feedback/facade.ts';
import { putFeedback } from '../../core/feedback/facade.ts';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler } from '../../platform/jobs/ports.ts';
import { type EndedResponse, putResponses } from '../responses/facade.ts';
import { endResponses, tellFacts } from './job-kinds.ts';
import { claimBatch, endOverdue, finishBatch, type ResponseRow, tryTelling, WAITING } from './records/responses.ts';
import { type SurveyRow, selectById, selectVersion } from './records/surveys.ts';

/** Together no more than some 40 MB, were each as large as it may be. */
const RESPONSES_AT_ONCE = 200;
const ENDED_AT_ONCE = 1_000;

export function surveyJobs(house: House): JobHandler[] {
  return [
    handleJob(tellFacts, (_input, { signal }) => tell(house, signal)),
    handleJob(endResponses, async (_input, { signal }) => {
      while (!signal.aborted && (await endOverdue(house.records.db, house.clock.now(), ENDED_AT_ONCE)) > 0);
      await tell(house, signal);
    }),
  ];
}

/**
 * Batch by batch: its number is written down before anything of it becomes a fact, and is the token of the insert, so that
 * a batch that was cut off anywhere is brought as the same batch.
 */
async function tell(house: House, signal: AbortSignal): Promise<void> {
  await house.records.transaction(async (held) => {
    if (!(await tryTelling(held))) return;
    while (!signal.aborted) {
      const rows = await claimBatch(house.records.db, RESPONSES_AT_ONCE);
      const batch = rows[0]?.batch ?? WAITING;
      if (batch === null || batch === WAITING) return;
      await bring(house, batch, rows);
      await finishBatch(house.records.db, batch);
    }
  });
}

async function bring(house: House, batch: number, rows: readonly ResponseRow[]): Promise<void> {
  const surveys = new Map<string, { readonly row: SurveyRow; readonly survey: Survey } | null>();
  const byWorkspace = new Map<string, { readonly answers: FeedbackInput[]; readonly ended: EndedResponse[] }>();
  for (const row of rows) {
    const key = `${row.surveyId} ${row.version}`;
    let found = surveys.get(key);
    if (found === undefined) surveys.set(key, (found = await surveyOf(house, row)));
    if (found === null) continue;
    const told = byWorkspace.get(row.workspaceId) ?? { answers: [], ended: [] };
    const walked = walkOf(found.survey, row);
    told.answers.push(...factsOf(walked, found.row, row));
    told.ended.push(...endedOf(walked, found.row, row));
    byWorkspace.set(row.workspaceId, told);
  }
  const token = `surveys:${batch}`;
  for (const [workspaceId, { answers, ended }] of byWorkspace) {
    await putFeedback(house, { id: workspaceId }, answers, { origin: 'survey', token, again: true });
    await putResponses(house, workspaceId, ended, token);
  }
}

async function surveyOf(house: House, { surveyId, version }: ResponseRow) {
  const [row, document] = await Promise.all([
    selectById(house.records.db, surveyId),
    selectVersion(house.records.db, surveyId, version),
  ]);
  return row === null || document === null ? null : { row, survey: prepare(document) };
}

function walkOf(survey: Survey, { answers, around }: ResponseRow): Walk {
  const { person, language, seed, hidden } = around;
  return walk(survey, answers, { language, seed, hidden, person: person?.traits ?? {} });
}

/**
 * The answers of one response that count, as facts: none of who was screened out or was one too many. Of an anonymous
 * survey nothing says whose they are.
 */
function factsOf(found: Walk, { settings }: Pick<SurveyRow, 'settings'>, row: ResponseRow): FeedbackInput[] {
  if (row.state !== 'complete' && row.state !== 'partial') return [];
  const { person, language, hidden } = row.around;
  const at = (row.endedAt ?? row.changedAt).toISOString().slice(0, 23).replace('T', ' ');
  const { traits: _traits, ...named } = settings.anonymous ? { traits: {} } : (person ?? { traits: {} });
  return feedbackOf(found)
    .filter((answer) => !(settings.anonymous && answer.personal))
    .map(({ questionId, itemId, loopKey, instrument, score, scaleMin, scaleMax, choices, text }) => ({
      key: ['survey', row.id, questionId, itemId, loopKey].join('\n'),
      at,
      source: 'survey',
      instrument,
      ...(score === null ? {} : { score }),
      ...(scaleMin === null ? {} : { scaleMin }),
      ...(scaleMax === null ? {} : { scaleMax }),
      choices,
      text,
      language: text === '' ? '' : language,
      ...named,
      responseId: row.id,
      surveyId: row.surveyId,
      surveyVersion: row.version,
      questionId,
      itemId,
      loopKey,
      channel: settings.channel,
      props: { ...hidden, ...(row.state === 'complete' ? {} : { response_state: row.state }) },
    }));
}

/** The response as results read it; none while it may be gone on with. */
function endedOf(found: Walk, { settings }: Pick<SurveyRow, 'settings'>, row: ResponseRow): EndedResponse[] {
  if (row.state === 'open') return [];
  const { traits: _traits, ...named } = row.around.person ?? { traits: {} };
  const { id, surveyId, version, state, ending, startedAt } = row;
  const endedAt = row.endedAt ?? row.changedAt;
  const { anonymous, channel } = settings;
  return [{ id, surveyId, version, state, ending, startedAt, endedAt, channel, found, anonymous, named }];
}
