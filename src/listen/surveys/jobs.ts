import { feedbackOf, prepare, type Survey, type Walk, walk } from '@touchstone/domain/survey';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { ZodError } from 'zod';
import type { FeedbackInput } from '../../core/feedback/facade.ts';
import { putFeedback } from '../../core/feedback/facade.ts';
import type { House } from '../../platform/house/house.ts';
import { handleJob, type JobHandler } from '../../platform/jobs/ports.ts';
import { holdUnit } from '../../platform/stores/units.ts';
import { type EndedResponse, putResponses } from '../responses/facade.ts';
import type { PersonSaid } from './around.ts';
import { endResponses, sweepSurveyFiles, tellFacts } from './job-kinds.ts';
import {
  claimBatch,
  endOverdue,
  finishBatch,
  putAside,
  type ResponseRow,
  tryTelling,
  WAITING,
} from './records/responses.ts';
import { type SurveyAskedRow, selectById, selectVersion } from './records/surveys.ts';
import type { SavingResponses } from './saving.ts';
import { sweepFiles } from './uploading.ts';

/** What is read at once: so many, and so much of answers as JSON. Much of what a batch takes is the same for few as for many. */
const AT_ONCE = { responses: 2_000, bytes: 8_000_000 } as const;
/**
 * While more than so many come in a second, telling them rests after each batch for so many times as long as that took: whoever
 * answers waits for what keeps answers, and nobody for what they become.
 */
const PEAK = { aSecond: 1_000, rest: 2, mostMs: 5_000 } as const;
/** So many are walked before others have their turn. */
const IN_A_TURN = 50;
const ENDED_AT_ONCE = 1_000;

export function surveyJobs(house: House, saving: SavingResponses): JobHandler[] {
  return [
    handleJob(tellFacts, (_input, { signal }) => tell(house, saving, signal)),
    handleJob(endResponses, async (_input, { signal }) => {
      const end = (): Promise<number> =>
        house.records.transaction((tx) => endOverdue(tx, house.clock.now(), ENDED_AT_ONCE));
      while (!signal.aborted && (await end()) > 0);
      await tell(house, saving, signal);
    }),
    handleJob(sweepSurveyFiles, (_input, { signal }) => sweepFiles(house, signal)),
  ];
}

/**
 * Batch by batch: its number is written down before anything of it becomes a fact, and is the token of the insert, so that
 * a batch that was cut off anywhere is brought as the same batch.
 */
async function tell(house: House, saving: SavingResponses, signal: AbortSignal): Promise<void> {
  await house.records.transaction(async (held) => {
    if (!(await tryTelling(held))) return;
    for (let more = true; more && !signal.aborted;) {
      const [since, before] = [performance.now(), saving.kept];
      more = await tellBatch(house);
      const ms = performance.now() - since;
      const isPeak = saving.kept - before > (PEAK.aSecond * ms) / 1_000;
      if (more && isPeak) {
        // Whoever stops the server waits for no rest.
        await setTimeout(Math.min(PEAK.rest * ms, PEAK.mostMs), undefined, { signal }).catch(() => undefined);
      }
    }
  });
}

/**
 * One batch, between two backups: restored amid it, what was claimed after the records were copied would be among the facts
 * and wait to be told anew under another number. False: nothing waits.
 */
function tellBatch(house: House): Promise<boolean> {
  const { records } = house;
  return records.transaction(async (tx) => {
    await holdUnit(tx);
    const { batch, again, rows, unread } = await claimBatch(records.db, AT_ONCE.responses, AT_ONCE.bytes);
    if (batch === WAITING) return false;
    await setAside(house, unread, undefined);
    await bring(house, { batch, again }, await readAll(house, rows));
    await finishBatch(records.db, batch);
    return true;
  });
}

/** What a response becomes among the facts. */
interface Told {
  readonly workspaceId: string;
  readonly answers: readonly FeedbackInput[];
  readonly ended: readonly EndedResponse[];
}

/** One that cannot be read stops no other: it is put aside before anything of the batch becomes a fact. */
async function readAll(house: House, rows: readonly ResponseRow[]): Promise<Told[]> {
  const surveys = new Map<string, Awaited<ReturnType<typeof surveyOf>>>();
  const all: Told[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % IN_A_TURN === IN_A_TURN - 1) await setImmediate();
    const key = `${row.surveyId} ${row.version}`;
    try {
      let found = surveys.get(key);
      if (found === undefined) surveys.set(key, (found = await surveyOf(house, row)));
      if (found === null) throw new Error(`There is no version ${row.version} of survey ${row.surveyId}.`);
      const walked = walkOf(found.survey, row);
      const answers = factsOf(walked, found.row, row);
      all.push({ workspaceId: row.workspaceId, answers, ended: endedOf(walked, found.row, row) });
    } catch (error) {
      // A store that does not answer is no fault of what was to be read: the batch is brought again.
      if (error instanceof StoreAway) throw error.cause;
      await setAside(house, [row.id], error);
    }
  }
  return all;
}

async function setAside({ records, log }: House, ids: readonly string[], error: unknown): Promise<void> {
  await putAside(records.db, ids);
  for (const responseId of ids) {
    log.error(
      { responseId, error: error instanceof Error ? error : undefined },
      'a response cannot be read and becomes no fact; the others do',
    );
  }
}

/** Puts a batch among the facts; one that was begun before, `again`, changes nothing of what stands there. */
async function bring(
  house: House,
  { batch, again }: { readonly batch: number; readonly again: boolean },
  all: readonly Told[],
): Promise<void> {
  const token = `surveys:${batch}`;
  for (const id of new Set(all.map(({ workspaceId }) => workspaceId))) {
    const some = all.filter(({ workspaceId }) => workspaceId === id);
    const answers = some.flatMap((told) => told.answers);
    await putFeedback(house, { id }, answers, { origin: 'survey', token, again });
    const ended = some.flatMap((told) => told.ended);
    await putResponses(house, id, ended, { token, again });
  }
}

class StoreAway extends Error {}

async function surveyOf(house: House, { surveyId, version }: ResponseRow) {
  const [row, document] = await Promise.all([
    selectById(house.records.db, surveyId),
    selectVersion(house.records.db, surveyId, version),
  ]).catch((cause: unknown) => {
    if (cause instanceof ZodError) throw cause;
    throw new StoreAway('The survey could not be read.', { cause });
  });
  return row === null || document === null ? null : { row, survey: prepare(document) };
}

/** The way through a response; where it was left, without answers of which the page said that they cannot be. */
function walkOf(survey: Survey, { answers, around, state }: ResponseRow): Walk {
  const { person, language, seed, hidden } = around;
  const found = walk(survey, answers, { language, seed, hidden, person: person?.traits ?? {} });
  if (state === 'complete') return found;
  const shown = [...found.shown].filter(([, { answer, problems }]) => answer === undefined || problems.length === 0);
  return { ...found, shown: new Map(shown) };
}

/** When it was said: what was left, at its last answer, not when the time to go on with it was over. */
function saidAt({ state, endedAt, changedAt }: ResponseRow): Date {
  return state === 'partial' ? changedAt : (endedAt ?? changedAt);
}

/**
 * The answers of one response that count, as facts: none of who was screened out or was one too many. Of an anonymous
 * survey nothing says whose they are.
 */
function factsOf(found: Walk, { settings }: Pick<SurveyAskedRow, 'settings'>, row: ResponseRow): FeedbackInput[] {
  if (row.state !== 'complete' && row.state !== 'partial') return [];
  const { language, hidden, suspect, hung } = row.around;
  const at = saidAt(row).toISOString().slice(0, 23).replace('T', ' ');
  const named = namedOf(row.around, settings.anonymous);
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
      ...(hung?.touchpoint === undefined ? {} : { touchpoint: hung.touchpoint }),
      props: {
        ...hidden,
        ...(hung?.touchpoint === undefined ? {} : { touchpoint: hung.touchpoint }),
        ...(hung?.place === undefined ? {} : { place: hung.place }),
        ...(row.state === 'complete' ? {} : { response_state: row.state }),
        ...(suspect.length === 0 ? {} : { suspect: suspect.join(' ') }),
      },
    }));
}

/** The response as results read it; none while it may be gone on with. */
function endedOf(found: Walk, { settings }: Pick<SurveyAskedRow, 'settings'>, row: ResponseRow): EndedResponse[] {
  if (row.state === 'open') return [];
  const named = namedOf(row.around, settings.anonymous);
  const { id, surveyId, version, state, ending, startedAt } = row;
  const endedAt = saidAt(row);
  const { anonymous, channel } = settings;
  return [{ id, surveyId, version, state, ending, startedAt, endedAt, channel, found, anonymous, named }];
}

/** Whose it is and what it is about, as a signed link or a code said it; of an anonymous survey where it was alone. */
function namedOf({ person, hung }: ResponseRow['around'], anonymous: boolean): Omit<PersonSaid, 'traits'> {
  const place = hung?.locationId === undefined ? {} : { locationId: hung.locationId };
  if (anonymous) return place;
  const { traits: _traits, ...named } = person ?? { traits: {} };
  return { ...place, ...(hung?.orderId === undefined ? {} : { orderId: hung.orderId }), ...named };
}
