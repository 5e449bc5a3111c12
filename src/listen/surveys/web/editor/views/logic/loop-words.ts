import type { Loop, SurveyDocument } from '@touchstone/domain/survey';
import type { Translate } from '../../../../../../platform/web/ui/index.ts';
import { apart } from '../../../../../../platform/web/ui/i18n/apart.ts';
import { titleOf } from './known.ts';

/** What a loop goes round over. */
export function sayLoop(document: SurveyDocument, loop: Loop, language: string, t: Translate): string {
  if ('items' in loop) return t('surveys.logic.loop.items', { count: loop.items.length });
  const question = document.pages.flatMap((page) => page.questions).find((one) => one.id === loop.over.question);
  const what = question === undefined ? loop.over.question : titleOf(document, question, language);
  return t(`surveys.logic.loop.over.${loop.over.take}`, { what: apart(what) });
}
