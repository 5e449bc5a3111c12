import { textIn } from '@touchstone/domain/survey';
import { Card } from '../../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../view.ts';

/** Pages and questions. */
export function View({ document, language }: ViewProps) {
  return document.pages.map((page) => (
    <Card key={page.id} title={textIn(document, page.title, language)}>
      <ol>
        {page.questions.map((question) => (
          <li key={question.id} dir="auto">
            {textIn(document, question.title, language)}
          </li>
        ))}
      </ol>
    </Card>
  ));
}
