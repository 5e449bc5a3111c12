import type { SurveyDocument } from '@touchstone/domain/survey';

/** What somebody wrote and could not be saved when they left, and the revision it was written over. */
export interface Left {
  readonly document: SurveyDocument;
  readonly revision: number;
}

const nameOf = (surveyId: string): string => `touchstone.survey.${surveyId}`;

/** Keeps it in this window of the browser, until the survey is opened in it again. */
export function leave(surveyId: string, left: Left): void {
  try {
    sessionStorage.setItem(nameOf(surveyId), JSON.stringify(left));
  } catch {
    // The browser keeps nothing, or has no room: nothing more can be done.
  }
}

export function forget(surveyId: string): void {
  sessionStorage.removeItem(nameOf(surveyId));
}

/** What was left, once. */
export function takeLeft(surveyId: string): Left | undefined {
  const kept = sessionStorage.getItem(nameOf(surveyId));
  sessionStorage.removeItem(nameOf(surveyId));
  // It was written by `leave`, in this window.
  return kept === null ? undefined : (JSON.parse(kept) as Left);
}
