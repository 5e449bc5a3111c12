import { toFactsTime } from '@touchstone/domain/calendar';
import { countedAnswers, isPersonal, scoreOf, type Step, type Walk } from '@touchstone/domain/survey';
import { identifyRows } from '../../core/feedback/facade.ts';
import type { House } from '../../platform/house/house.ts';
import { mapInTurns } from '../../platform/kernel/turns.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { deleteResponsesOf } from './facts/leaving.ts';
import { insertResponses, selectStanding, type StoredResponse } from './facts/writing.ts';
import { markedOf } from './marks.ts';
import { deleteReports } from './records.ts';

/** Who somebody is and what it is about. */
export interface NamedBy {
  readonly userId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly orderId?: string;
  readonly caseId?: string;
  readonly locationId?: string;
  readonly staffId?: string;
}

/** A response that has ended, as it was walked. */
export interface EndedResponse {
  readonly id: string;
  readonly surveyId: string;
  readonly version: number;
  readonly state: 'complete' | 'partial' | 'screenedOut' | 'overQuota';
  readonly ending: string | null;
  readonly channel: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly found: Walk;
  /** Nothing that says who answered is kept. */
  readonly anonymous: boolean;
  readonly named: NamedBy;
}

export interface PutResponses {
  readonly token: string;
  /** Whether some may stand there already: they are looked for, and left as they are. */
  readonly again?: boolean;
  /** What people who were not known before say they came from: `survey` unless said. */
  readonly origin?: string;
}

/** Writes responses among the facts, each once: repeated with the same token it changes nothing. */
export async function putResponses(
  house: Pick<House, 'facts' | 'records' | 'clock'>,
  workspaceId: string,
  responses: readonly EndedResponse[],
  { token, again = false, origin = 'survey' }: PutResponses,
): Promise<void> {
  if (responses.length === 0) return;
  const named = responses.map(({ anonymous, named: by, endedAt }) => ({
    ...(anonymous ? {} : by),
    at: toFactsTime(endedAt.getTime()),
  }));
  const numbers = await identifyRows(house, workspaceId, named, origin);
  const rows = await mapInTurns(responses, (response, i) => storedOf(workspaceId, response, numbers[i] ?? 0));
  const there = again ? await selectStanding(house.facts, rows) : new Set();
  const missing = rows.filter((row) => !there.has(row.response_id));
  await insertResponses(house.facts, missing, `${workspaceId}:${token}`);
}

/** Takes away the links to results of a survey that goes. */
export function dropReports(tx: Db, workspaceId: string, surveyId: string): Promise<void> {
  return deleteReports(tx, { workspaceId, surveyId });
}

/** Takes away all responses of a survey. Done twice, it is the same. */
export async function dropResponses(
  { facts }: Pick<House, 'facts'>,
  workspaceId: string,
  surveyId: string,
): Promise<void> {
  await deleteResponsesOf(facts, workspaceId, surveyId);
}

function storedOf(workspaceId: string, response: EndedResponse, identityNo: number): StoredResponse {
  const { found, anonymous } = response;
  const { userId = '', orderId = '', caseId = '', locationId = '', staffId = '' } = anonymous ? {} : response.named;
  const seen = stepsSeen(found, response.state);
  const told = shownIn(anonymous ? impersonal(found) : found, seen);
  const { marks, numbers, texts } = markedOf(told);
  const scored = scoresOf(told);
  const quotas = response.state === 'complete' ? found.counts.map(({ id }) => `quota:${id}`) : [];
  return {
    workspace: workspaceId,
    survey_id: response.surveyId,
    version: response.version,
    response_id: response.id,
    state: response.state,
    ending: response.ending ?? '',
    language: found.context.language,
    channel: response.channel,
    started_at: toFactsTime(response.startedAt.getTime()),
    ended_at: toFactsTime(response.endedAt.getTime()),
    identity_no: identityNo,
    user_id: userId,
    order_id: orderId,
    case_id: caseId,
    location_id: locationId,
    staff_id: staffId,
    answers: JSON.stringify(countedAnswers(told)),
    hidden: JSON.stringify(found.context.hidden ?? {}),
    last_page: lastReached(found, response.state)?.page.id ?? '',
    marks: [...marks, ...quotas],
    number_names: [...numbers, ...scored].map(([name]) => name),
    numbers: [...numbers, ...scored].map(([, value]) => value),
    text_names: texts.map(([name]) => name),
    texts: texts.map(([, text]) => text),
  };
}

/** Scores as they stood in the end, by `score.id`: no question is called score. */
function scoresOf({ survey, shown }: Walk): [name: string, value: number][] {
  return (survey.document.scores ?? []).flatMap((score): [string, number][] => {
    const { value } = scoreOf(score, [...shown.values()]);
    return value === undefined ? [] : [[`score.${score.id}`, value]];
  });
}

/** Without what says who somebody is, whether it was answered or not. */
function impersonal(found: Walk): Walk {
  return { ...found, shown: new Map([...found.shown].filter(([, { question }]) => !isPersonal(question))) };
}

/** Who left, or was stopped by a quota, has come to the page of their last answer; who did not, to the end. */
function lastReached({ steps }: Walk, state: EndedResponse['state']): Step | undefined {
  const all = state === 'complete' || state === 'screenedOut';
  return steps.findLast((step) => all || step.questions.some(({ answer }) => answer !== undefined));
}

/** The pages that somebody saw: whoever left, also the one they left at. */
function stepsSeen(found: Walk, state: EndedResponse['state']): readonly Step[] {
  const last = lastReached(found, state);
  const reached = last === undefined ? 0 : found.steps.indexOf(last) + 1;
  return found.steps.slice(0, state === 'partial' ? reached + 1 : reached);
}

/** Without the questions of pages behind: nobody was asked them. */
function shownIn(found: Walk, seen: readonly Step[]): Walk {
  if (seen.length === found.steps.length) return found;
  const keys = new Set(seen.flatMap((step) => step.questions.map(({ key }) => key)));
  return { ...found, shown: new Map([...found.shown].filter(([, { key }]) => keys.has(key))) };
}
