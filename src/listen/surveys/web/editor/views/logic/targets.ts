import { type SurveyDocument, textIn } from '@touchstone/domain/survey';
import type { Translate } from '../../../../../../platform/web/ui/index.ts';
import { apart } from '../../../../../../platform/web/ui/i18n/apart.ts';
import { shortened } from './known.ts';

/** A page or an ending by its number and what it says. */
export function sayTarget(document: SurveyDocument, id: string, language: string, t: Translate): string {
  const page = document.pages.findIndex((one) => one.id === id);
  if (page >= 0) return sayPage(document, page, language, t);
  const ending = document.endings.findIndex((one) => one.id === id);
  return ending < 0 ? t('surveys.logic.target.gone', { what: apart(id) }) : sayEnding(document, ending, language, t);
}

export function sayPage(document: SurveyDocument, number: number, language: string, t: Translate): string {
  const page = document.pages[number];
  const title = shortened(textIn(document, page?.title ?? page?.questions[0]?.title, language));
  const said = { number: number + 1, title: apart(title) };
  return title === '' ? t('surveys.logic.page', said) : t('surveys.logic.pageCalled', said);
}

export function sayEnding(document: SurveyDocument, number: number, language: string, t: Translate): string {
  const title = shortened(textIn(document, document.endings[number]?.title, language));
  const said = { number: number + 1, title: apart(title) };
  return title === '' ? t('surveys.logic.ending', said) : t('surveys.logic.endingCalled', said);
}

/** Where a skip from a page may lead: pages that stand later, and endings. */
export function targetsAfter(
  document: SurveyDocument,
  page: number,
  language: string,
  t: Translate,
): { readonly value: string; readonly label: string }[] {
  return [
    ...document.pages.flatMap(({ id }, p) =>
      p > page ? [{ value: id, label: sayPage(document, p, language, t) }] : [],
    ),
    ...document.endings.map(({ id }, e) => ({ value: id, label: sayEnding(document, e, language, t) })),
  ];
}
