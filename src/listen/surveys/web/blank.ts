import { FORMAT, type SurveyDocument } from '@touchstone/domain/survey';

/** A survey to begin with: one empty page, and an ending. */
export function blankSurvey(title: string, language: string, thanks: string): SurveyDocument {
  return {
    format: FORMAT,
    languages: [language],
    title: { [language]: title },
    pages: [{ id: 'page1', questions: [] }],
    endings: [{ id: 'end', title: thanks === '' ? {} : { [language]: thanks } }],
  };
}
