import type { SurveyRead } from '../../contract.ts';

type Code = SurveyRead['left'][number]['code'];

export interface Left {
  readonly code: Code;
  readonly things: readonly { readonly at: string; readonly what: string }[];
}

/** What was left out of a file, together by what it is. */
export function leftByCode(left: SurveyRead['left']): Left[] {
  return [...new Set(left.map(({ code }) => code))].map((code) => ({
    code,
    things: left.filter((one) => one.code === code).map(({ at, what = '' }) => ({ at, what })),
  }));
}

/** The answer of an upload as what it is. Throws where it is none. */
export function surveyReadOf(answer: unknown): SurveyRead {
  if (!isRead(answer)) throw new Error('The answer is no survey that was read.');
  return answer;
}

function isRead(answer: unknown): answer is SurveyRead {
  return (
    typeof answer === 'object' && answer !== null && 'document' in answer && 'left' in answer && 'issues' in answer
  );
}
