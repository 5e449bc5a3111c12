import type { Carried, Choice, Loop, Question, SurveyDocument } from '../document.ts';

/** Everything that could ever be chosen, rated or gone round over, whoever answers: nothing of it hangs on conditions. */
export function offeredOf(document: SurveyDocument, question: Question): readonly Choice[] {
  return offered(document, question, new Set());
}

export function loopItems(document: SurveyDocument, loop: Loop): readonly Choice[] {
  return 'items' in loop ? loop.items : carried(document, loop.over, new Set());
}

function offered(document: SurveyDocument, question: Question, asked: ReadonlySet<string>): readonly Choice[] {
  const own = question.kind === 'matrix' ? question.rows : 'choices' in question ? question.choices : [];
  const before =
    'carried' in question && question.carried !== undefined ? carried(document, question.carried, asked) : [];
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...own.filter(({ id }) => !known.has(id))];
}

/** What is carried forward out of a question: of a matrix its columns, since those are what is chosen there. */
function carried(document: SurveyDocument, { question: id }: Carried, asked: ReadonlySet<string>): readonly Choice[] {
  const source = document.pages.flatMap((page) => page.questions).find((question) => question.id === id);
  if (source === undefined || asked.has(id)) return [];
  const all = source.kind === 'matrix' ? source.columns : offered(document, source, new Set([...asked, id]));
  return all
    .filter(({ exclusive }) => exclusive !== true)
    .map(({ id, text, value }) => (value === undefined ? { id, text } : { id, text, value }));
}
