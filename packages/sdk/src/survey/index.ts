export { Asking } from './asking.ts';
export { Html, html } from './html.ts';
export {
  againBody,
  contrast,
  endingBody,
  isDark,
  noticeBody,
  type PageView,
  surveyPage,
  type Theme,
  writtenBody,
} from './page.ts';
export { type Fields, type Kept, readStep } from './read.ts';
export { stepForm, type StepView } from './step.ts';
export { directionOf, fill, type Words, wordsFor } from './words/index.ts';
