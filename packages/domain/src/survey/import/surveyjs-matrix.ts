import type { Question } from '../document.ts';
import { named, valued } from './draft.ts';
import { type Json, present, recordsOf, stringOf } from './reading.ts';
import { type Base, type Lent, filtered, listed } from './surveyjs-choosing.ts';
import { optionsOf } from './surveyjs-parts.ts';

export function matrix(base: Base, element: Json, name: string, lent: Lent): Question | undefined {
  const columns = optionsOf(element['columns'], 'col');
  const rows = optionsOf(element['rows'], 'row');
  if (rows.length === 0 || columns.length === 0) {
    lent.draft.leave('noChoices', name);
    return undefined;
  }
  const every = element['isAllRowRequired'] === true || element['eachRowRequired'] === true || base.required === true;
  const { required: _, ...others } = base;
  return {
    ...others,
    kind: 'matrix',
    rows: filtered(listed(rows, name, lent), element['rowsVisibleIf'], name, lent),
    columns: valued(
      listed(columns, name, lent),
      columns.map((one) => one.value),
    ),
    ...present({
      required: every ? (true as const) : undefined,
      multiple: element['cellType'] === 'checkbox' ? (true as const) : undefined,
      order: /^random$/iu.test(stringOf(element['rowOrder'] ?? element['rowsOrder'])) ? ('random' as const) : undefined,
    }),
  };
}

/** A matrix of drop-downs: for each column a matrix of its choices. */
export function matrices(base: Base, element: Json, name: string, lent: Lent): Question[] {
  const rows = optionsOf(element['rows'], 'row');
  return recordsOf(element['columns']).flatMap((column): Question[] => {
    const own = stringOf(column['name']);
    const cell = stringOf(column['cellType'] ?? element['cellType']) || 'dropdown';
    const options = optionsOf(column['choices'] ?? element['choices'], 'col');
    const known =
      cell === 'dropdown' || cell === 'radiogroup' || cell === 'checkbox' || cell === 'tagbox' || cell === 'default';
    if (!known || options.length === 0 || rows.length === 0) {
      lent.draft.leave('column', name, own);
      return [];
    }
    const title = lent.draft.titled(lent.local(column['title']), name, own);
    const id = lent.id(`${name}.${own}`);
    return [
      {
        id,
        ...named(id, `${name}.${own}`),
        kind: 'matrix',
        title: Object.fromEntries(
          Object.entries(title).map(([tag, text]) => [
            tag,
            `${base.title[tag] ?? base.title[lent.draft.base] ?? ''} – ${text}`,
          ]),
        ),
        rows: listed(rows, name, lent),
        columns: listed(options, name, lent),
        ...present({
          help: base.help,
          required: column['isRequired'] === true ? (true as const) : undefined,
          multiple: cell === 'checkbox' || cell === 'tagbox' ? (true as const) : undefined,
        }),
      },
    ];
  });
}
