import type { Question, SurveyDocument } from '@touchstone/domain/survey';
import type { Results } from '../shapes.ts';
import { choicesOf, type Documents } from './documents.ts';

type Change = Results['versions'][number]['changes'][number];

/** What a version changed of the one before, in the order of the survey; what was taken away last. */
export function changesBetween(documents: Documents, before: SurveyDocument, after: SurveyDocument): Change[] {
  const [old, now] = [placesOf(before), placesOf(after)];
  const changes: Change[] = [];
  const told = (what: Change['what'], document: SurveyDocument, { id, title }: Question): void => {
    changes.push({ what, questionId: id, title: documents.say(document, title) });
  };
  for (const [id, { question, page }] of now) {
    const was = old.get(id);
    if (was === undefined) told('added', after, question);
    else if (was.question.kind !== question.kind) told('kind', after, question);
    else {
      if (!same(was.question.title, question.title)) told('reworded', after, question);
      if (!same(choicesSaid(was.question), choicesSaid(question))) told('choices', after, question);
      if (was.page !== page) told('moved', after, question);
    }
  }
  for (const [id, { question }] of old) if (!now.has(id)) told('removed', before, question);
  return changes;
}

function placesOf({ pages }: SurveyDocument) {
  return new Map(
    pages.flatMap((page) =>
      page.questions
        .filter((question) => question.kind !== 'statement')
        .map((question) => [question.id, { question, page: page.id }] as const),
    ),
  );
}

/** What may be chosen, and the ends of scales: all that makes answers mean something else. */
function choicesSaid(question: Question): unknown {
  const own = choicesOf(question).map(({ id, text, value }) => [id, text, value]);
  const columns = question.kind === 'matrix' ? question.columns.map(({ id, text, value }) => [id, text, value]) : [];
  const ends = 'from' in question ? [question.from, question.to] : question.kind === 'csat' ? [question.points] : [];
  return [own, columns, ends];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
