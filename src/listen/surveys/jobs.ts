import { feedbackOf, prepare, type Survey, walk } from '@touchstone/domain/survey';
import type { FeedbackInput } from '../../core/feedback/facade.ts';
import { putFeedback } from '../../core/feedback/facade.ts';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler } from '../../platform/jobs/ports.ts';
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
  const byWorkspace = new Map<string, FeedbackInput[]>();
  for (const row of rows) {
    const key = `${row.surveyId} ${row.version}`;
    let found = surveys.get(key);
    if (found === undefined) surveys.set(key, (found = await surveyOf(house, row)));
    if (found === null) continue;
    const inputs = byWorkspace.get(row.workspaceId) ?? [];
    inputs.push(...factsOf(found.survey, found.row, row));
    byWorkspace.set(row.workspaceId, inputs);
  }
  for (const [workspaceId, inputs] of byWorkspace) {
    await putFeedback(house, { id: workspaceId }, inputs, { origin: 'survey', token: `surveys:${batch}`, again: true });
  }
}

async function surveyOf(house: House, { surveyId, version }: ResponseRow) {
  const [row, document] = await Promise.all([
    selectById(house.records.db, surveyId),
    selectVersion(house.records.db, surveyId, version),
  ]);
  return row === null || document === null ? null : { row, survey: prepare(document) };
}

/** The answers of one response that count, as facts. Of an anonymous survey nothing says whose they are. */
export function factsOf(survey: Survey, { settings }: Pick<SurveyRow, 'settings'>, row: ResponseRow): FeedbackInput[] {
  const { person, language, seed, hidden } = row.around;
  const found = walk(survey, row.answers, { language, seed, hidden, person: person?.traits ?? {} });
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
