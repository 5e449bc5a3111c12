import { type Answers, countedAnswers, isPersonal, type Survey, type Walk, walk } from '@touchstone/domain/survey';
import type { SurveyResponse } from './contract.ts';
import type { PublishedSurveys } from './published.ts';
import type { ResponseRow } from './records/responses.ts';
import type { SurveyRow } from './records/surveys.ts';

/** Responses as they count: answers to what was shown in the end. Whose they are only for who may see people. */
export async function responsesOf(
  published: PublishedSurveys,
  survey: Pick<SurveyRow, 'settings'>,
  rows: readonly ResponseRow[],
  mayKnow: boolean,
): Promise<SurveyResponse[]> {
  return Promise.all(rows.map((row) => responseOf(published, survey, row, mayKnow)));
}

async function responseOf(
  published: PublishedSurveys,
  { settings }: Pick<SurveyRow, 'settings'>,
  row: ResponseRow,
  mayKnow: boolean,
): Promise<SurveyResponse> {
  const { language, seed, hidden, person, hung } = row.around;
  const survey = await published.version(row.surveyId, row.version);
  const found =
    survey === null ? null : walk(survey, row.answers, { language, seed, hidden, person: person?.traits ?? {} });
  const answers = found === null ? {} : mayKnow ? countedAnswers(found) : impersonalAnswers(found);
  const known = mayKnow && !settings.anonymous ? person : null;
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    language,
    startedAt: row.startedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    endedAt: row.endedAt === null ? null : row.endedAt.toISOString(),
    answers,
    hidden: mayKnow ? hidden : listedHidden(survey, hidden),
    userId: known?.userId ?? null,
    orderId: known?.orderId ?? null,
    hung: hung === null ? null : mayKnow ? hung : { ...hung, orderId: undefined },
    suspect: [...row.around.suspect],
  };
}

/** Of hidden fields those of listed values: any other may hold a name or a number of somebody's. */
function listedHidden(survey: Survey | null, hidden: Readonly<Record<string, string>>): Record<string, string> {
  const listed = new Set(
    (survey?.document.hidden ?? []).flatMap(({ id, values }) => (values === undefined ? [] : [id])),
  );
  return Object.fromEntries(Object.entries(hidden).filter(([id]) => listed.has(id)));
}

/** Without what says who somebody is. */
function impersonalAnswers(found: Walk): Answers {
  const personal = new Set([...found.shown.values()].filter((s) => isPersonal(s.question)).map((s) => s.key));
  return Object.fromEntries(Object.entries(countedAnswers(found)).filter(([key]) => !personal.has(key)));
}
