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

/** What the outline is given: it is large, and drawn anew only when one of these is other than before. */
export interface OutlineProps extends Pick<
  QuestionsProps,
  'document' | 'language' | 'mayWrite' | 'issues' | 'selected' | 'adding'
> {
  /** Everything as it is at the moment; always the same function. */
  readonly now: () => QuestionsProps;
}
