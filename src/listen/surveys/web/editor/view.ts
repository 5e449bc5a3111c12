import type { Question, SurveyDocument } from '@touchstone/domain/survey';
import type { ComponentType } from 'react';
import type { MessageKey } from '../../../../platform/web/ui/index.ts';
import type { SurveyIssue, SurveySettings } from '../../contract.ts';

/** What every view of the editor is given. The document is never changed in place. */
export interface ViewProps {
  readonly surveyId: string;
  /** What the company calls it. */
  readonly name: string;
  readonly rename: (name: string) => Promise<void>;
  readonly document: SurveyDocument;
  /**
   * Makes `next` the document: one step that can be undone, and saved by itself. `label` says what was done, in the
   * reader's words, for the undo button. Steps of the same `as` that follow one another, such as letters typed into one
   * field, are undone together.
   */
  readonly change: (next: SurveyDocument, label: string, as?: string) => void;
  /** What is wrong with the document, as of a moment ago. */
  readonly issues: readonly SurveyIssue[];
  /** The one everything is written in: the document's first. */
  readonly language: string;
  readonly settings: SurveySettings;
  /** Saved at once; no step of undo. */
  readonly changeSettings: (next: SurveySettings) => void;
  /** Whether the reader may change anything: else all is shown and nothing offered. */
  readonly mayWrite: boolean;
  /** Opens the place of the questions that a path such as `pages[1].questions[0].choices[2]` leads to, and puts the focus there. */
  readonly goTo: (at: string) => void;
  /** Where it is answered, once it is published. */
  readonly address: string;
  /** What was published last, a number; null: nothing was. */
  readonly version: number | null;
}

/** What the file of a view exports. */
export interface View {
  readonly View: ComponentType<ViewProps>;
}

/** One of the editor's tabs; `key` stands in the address as `?view=`. */
export interface Tab {
  readonly key: string;
  readonly labelKey: MessageKey;
  readonly load: () => Promise<View>;
}

/** What the logic of one question is given, below its settings: when it is shown, and where it leads. */
export interface QuestionLogicProps extends ViewProps {
  /** Numbers of its page, and of itself on that page. */
  readonly page: number;
  readonly at: number;
  readonly question: Question;
}

/** The same of a page. */
export interface PageLogicProps extends ViewProps {
  readonly page: number;
}
