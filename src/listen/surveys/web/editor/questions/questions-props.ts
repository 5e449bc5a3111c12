import type { ViewProps } from '../view.ts';

/** What every part of the questions' view is given. */
export interface QuestionsProps extends ViewProps {
  /** Id of the page, question or ending that is open; `survey`: what holds for all. */
  readonly selected: string;
  readonly select: (id: string) => void;
  /** Number of the page a question is being added to; undefined: none is. */
  readonly adding: number | undefined;
  readonly add: (page: number) => void;
  readonly addPage: () => void;
  readonly addEnding: () => void;
  /** Tells those who do not see it. */
  readonly say: (words: string) => void;
  /** Puts the focus there once it is there. */
  readonly focusNext: (selector: string) => void;
}
