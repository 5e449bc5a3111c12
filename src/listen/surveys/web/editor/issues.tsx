import { textIn, type SurveyDocument } from '@touchstone/domain/survey';
import { placeOf } from '@touchstone/domain/survey/design';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { apart, type Format, type Translate, useWords } from '../../../../platform/web/ui/index.ts';
import type { SurveyIssue } from '../../contract.ts';
import styles from './editor.module.css';

/** What the domain and the server know to tell of a document. */
const CODES = [
  'unknownTarget',
  'circularSkip',
  'unknownField',
  'unknownChoice',
  'later',
  'missingText',
  'missingTranslation',
  'splitLoop',
  'emptyRange',
  'pattern',
  'noPages',
  'noEnding',
  'noAddress',
  'unreachablePage',
  'unreachableQuestion',
  'unreachableEnding',
  'contradiction',
  'nothingToChoose',
  'shadowedSkip',
  'shadowedEnding',
  'deadEnd',
  'undecided',
  'asks-who-in-anonymous',
] as const;

interface Told {
  readonly document: SurveyDocument;
  readonly issues: readonly ToldIssue[];
  readonly goTo: (at: string) => void;
}

/** What keeps it from being published and what to look at, opened when one wants to see it. Nothing where nothing is wrong. */
export function Issues({ document, issues: all, goTo }: Told) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  // Of an empty survey its title says so.
  if (document.pages.every(({ questions }) => questions.length === 0)) return null;
  const issues = byLanguage(all);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const said = [
    ...(errors === 0 ? [] : [t('surveys.issues.errors', { count: errors })]),
    ...(errors === issues.length ? [] : [t('surveys.issues.warnings', { count: issues.length - errors })]),
  ];
  if (issues.length === 0) return null;
  return (
    <details className={styles['issues']} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>{said.join(' ')}</summary>
      {opened ? <IssueList document={document} issues={issues} goTo={goTo} /> : null}
    </details>
  );
}

export function IssueList({ document, issues, goTo }: Told) {
  const words = useWords();
  const { t } = words;
  const [most, setMost] = useState(AT_ONCE);
  // What keeps it from being published comes first: thousands of texts may be missing in a language.
  const first = issues.filter(({ severity }) => severity === 'error');
  const sorted = first.length === 0 ? issues : [...first, ...issues.filter(({ severity }) => severity !== 'error')];
  return (
    <ul className={styles['issueList']}>
      {sorted.slice(0, most).map((issue) => (
        <li key={`${issue.code} ${issue.at} ${issue.what ?? ''}`}>
          <div>
            <strong>{placeWords(document, issue.at, t)}</strong>
            <p>{issueWords(issue, words)}</p>
            {issue.because.length === 0 ? null : (
              <p className={styles['soft']}>
                {t('surveys.issues.because', {
                  places: words.format.list(issue.because.map((at) => placeWords(document, at, t))),
                })}
              </p>
            )}
            {issue.path.length === 0 ? null : (
              <p className={styles['soft']}>{t('surveys.issues.path', { path: pathWords(document, issue.path, t) })}</p>
            )}
          </div>
          <Button size="compact-sm" variant="subtle" onClick={() => goTo(issue.at)}>
            {t('surveys.issues.go')}
          </Button>
        </li>
      ))}
      {sorted.length <= most ? null : (
        <li>
          <Button size="compact-sm" variant="default" onClick={() => setMost(most + AT_ONCE)}>
            {t('surveys.texts.more', { count: sorted.length - most })}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** Issues shown at a time. */
const AT_ONCE = 50;

type ToldIssue = SurveyIssue & { readonly count?: number };

/** Texts that are missing in a language are one thing to see to. */
function byLanguage(issues: readonly SurveyIssue[]): ToldIssue[] {
  const missing = new Map<string, number>();
  for (const { code, what } of issues)
    if (code === 'missingTranslation') missing.set(what ?? '', (missing.get(what ?? '') ?? 0) + 1);
  return [
    ...issues.filter(({ code }) => code !== 'missingTranslation'),
    ...[...missing].map(([what, count]): ToldIssue => ({ severity: 'warning', code: 'missingTranslation', at: 'languages', what, count, because: [], path: [] })), // prettier-ignore
  ];
}

function issueWords(
  { code, what, count = 1 }: ToldIssue,
  { t, format }: { readonly t: Translate; readonly format: Format },
): string {
  const known = CODES.find((one) => one === code);
  if (known === undefined) return t('surveys.issue.other', { code });
  if (known === 'missingTranslation')
    return t('surveys.issue.missingTranslation', { what: format.languageName(what ?? ''), count });
  return t(`surveys.issue.${known}`, { what: what ?? '' });
}

/** `Page 2, question 3: “How was it?”` */
export function placeWords(document: SurveyDocument, at: string, t: Translate): string {
  const { page, question, ending, choice } = placeOf(document, at);
  const language = document.languages[0] ?? 'en';
  const numberOf = (list: readonly { readonly id: string }[], id: string): number =>
    list.findIndex((one) => one.id === id) + 1;
  const onPage = document.pages.find((one) => one.id === page);
  if (onPage !== undefined) {
    const number = numberOf(document.pages, onPage.id);
    const asked = onPage.questions.find((one) => one.id === question);
    if (asked === undefined) return t('surveys.place.page', { number });
    const title = short(textIn(document, asked.title, language));
    const place = { number, question: numberOf(onPage.questions, asked.id) };
    const said =
      title === ''
        ? t('surveys.place.question', place)
        : t('surveys.place.questionCalled', { ...place, title: apart(title) });
    return choice === undefined ? said : t('surveys.place.choice', { place: said, choice });
  }
  if (ending !== undefined) return t('surveys.place.ending', { number: numberOf(document.endings, ending) });
  if (at === 'languages') return t('surveys.editor.tab.texts');
  const part = PARTS.find((known) => at.startsWith(known));
  return t(`surveys.place.${part ?? 'survey'}`);
}

const PARTS = ['loops', 'quotas', 'scores', 'hidden', 'endings', 'pages', 'title'] as const;

/** Steps as pages by number; a round of a loop says whose. */
function pathWords(document: SurveyDocument, path: readonly string[], t: Translate): string {
  return path
    .map((key) => {
      const [id = '', item] = key.split('@', 2);
      const number = document.pages.findIndex((page) => page.id === id) + 1;
      const page = t('surveys.place.page', { number });
      return item === undefined ? page : `${page} (${item})`;
    })
    .join(' · ');
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
}
