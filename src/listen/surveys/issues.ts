import { isPersonal, type Question, type SurveyDocument } from '@touchstone/domain/survey';
import type { SurveyIssue, SurveySettings } from './contract.ts';

/** What keeps a document from being published, or should be looked at, under these settings. */
export function issuesOf(document: SurveyDocument, settings?: Pick<SurveySettings, 'anonymous'>): SurveyIssue[] {
  const asked = document.pages.flatMap((page, p) =>
    page.questions.map((question, q) => ({ question, at: `pages[${p}].questions[${q}]` })),
  );
  return [
    ...(document.endings.length === 0 ? [error('no-ending', 'endings', [])] : []),
    ...(asked.length === 0 ? [error('no-question', 'pages', [])] : []),
    ...asked.flatMap(({ question, at }) =>
      hindrances(question, settings?.anonymous === true).map((code) => error(code, at, [question.id])),
    ),
  ];
}

function hindrances(question: Question, anonymous: boolean): string[] {
  return [
    // Files of respondents are not taken yet.
    ...(question.kind === 'file' ? ['files-not-taken'] : []),
    ...(anonymous && isPersonal(question) ? ['asks-who-in-anonymous'] : []),
  ];
}

function error(code: string, at: string, path: readonly string[]): SurveyIssue {
  return { severity: 'error', code, at, values: {}, path: [...path] };
}
