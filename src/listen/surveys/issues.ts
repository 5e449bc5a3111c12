import { isPersonal, type Question, type SurveyDocument } from '@touchstone/domain/survey';
import { analyse } from '@touchstone/domain/survey/design';
import type { SurveyIssue, SurveySettings } from './contract.ts';
import type { SurveyRow } from './records/surveys.ts';

const MOST_KEPT = 200;

/** Issues of drafts, found once for each revision: a large document takes a second to look through. */
export class Issues {
  readonly #found = new Map<string, SurveyIssue[]>();

  of({ id, revision, draft, settings }: Pick<SurveyRow, 'id' | 'revision' | 'draft' | 'settings'>): SurveyIssue[] {
    const key = `${id} ${revision} ${settings.anonymous}`;
    const issues = this.#found.get(key) ?? issuesOf(draft, settings);
    this.#found.delete(key);
    this.#found.set(key, issues);
    const [oldest] = this.#found.keys();
    if (this.#found.size > MOST_KEPT && oldest !== undefined) this.#found.delete(oldest);
    return issues;
  }
}

/** What keeps a document from being published, or should be looked at, under these settings. */
export function issuesOf(document: SurveyDocument, settings?: Pick<SurveySettings, 'anonymous'>): SurveyIssue[] {
  const { findings, undecided } = analyse(document);
  const found = findings.map(({ severity, code, at, what, because, path }) => ({
    severity,
    code,
    at,
    what: what ?? null,
    because: because.map((place) => place.at),
    path: [...path],
  }));
  const open = undecided.map(({ at }) => ({ ...error('undecided', at, null), severity: 'warning' as const }));
  return [
    ...(document.endings.length === 0 ? [error('no-ending', 'endings', null)] : []),
    ...found,
    ...(settings?.anonymous === true ? asksWho(document) : []),
    ...open,
  ];
}

/** What may not be asked where nobody is to be known. */
export function asksWho(document: SurveyDocument): SurveyIssue[] {
  return hindrances(document, isPersonal, 'asks-who-in-anonymous');
}

function hindrances(document: SurveyDocument, hinders: (question: Question) => boolean, code: string): SurveyIssue[] {
  return document.pages.flatMap((page, p) =>
    page.questions.flatMap((question, q) =>
      hinders(question) ? [error(code, `pages[${p}].questions[${q}]`, question.id)] : [],
    ),
  );
}

function error(code: string, at: string, what: string | null): SurveyIssue {
  return { severity: 'error', code, at, what, because: [], path: [] };
}
