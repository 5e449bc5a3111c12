import type { Choice, Localized, Question } from '../document.ts';
import { type Draft, named, valued } from './draft.ts';
import { type Coded, type LimeKind, columnsOf, kindOf, rowsOf } from './limesurvey-choices.ts';
import type { LimeQuestion } from './limesurvey-tables.ts';
import { COMMENT, OTHER, builtIn, isDay, numberOf, present, wholeOf } from './reading.ts';
import { patternOf } from './surveyjs-typed.ts';

type Base = Pick<Question, 'id' | 'title' | 'help' | 'required' | 'name'>;

/** The questions made of one; none where it cannot be carried over, which is told of. */
export function limeQuestions(question: LimeQuestion, draft: Draft, idOf: (name: string) => string): Question[] {
  const { code, attribute } = question;
  for (const [name, leave] of TOLD)
    if (attribute(name) !== '' && attribute(name) !== '0') draft.leave(leave, code, attribute(name));
  if (question.mandatory === 'S') draft.leave('required', code);
  if (question.type === 'P') draft.leave('comments', code);
  const id = idOf(code);
  const base: Base = {
    id,
    ...named(id, code),
    title: draft.titled(question.text, code, code, true),
    ...present({
      help: draft.text(question.help, code, true),
      required: question.mandatory === 'Y' ? (true as const) : undefined,
    }),
  };
  const kind = kindOf(question);
  if (kind === undefined) {
    draft.leave(question.type === '*' ? 'calculation' : 'kind', code, question.type === '*' ? '' : question.type);
    return [];
  }
  const made = one(kind, base, question, draft, idOf);
  const comment: Question[] =
    question.type === 'O' && made.length > 0
      ? [{ id: idOf(`${code}_comment`), kind: 'longText', title: builtIn(draft.languages, COMMENT) }]
      : [];
  return [...made, ...comment];
}

const TOLD = [
  ['em_validation_q', 'validation'],
  ['em_validation_sq', 'validation'],
  ['time_limit', 'timer'],
  ['random_group', 'order'],
  ['alphasort', 'order'],
  ['array_filter_exclude', 'condition'],
] as const;

function one(
  kind: LimeKind,
  base: Base,
  question: LimeQuestion,
  draft: Draft,
  idOf: (name: string) => string,
): Question[] {
  const { code, attribute } = question;
  const whole = (name: string, from = 1, to = 10_000): number | undefined => wholeOf(attribute(name), from, to);
  const order =
    attribute('random_order') === '1' || attribute('answer_order') === 'random' ? ('random' as const) : undefined;
  switch (kind) {
    case 'single':
    case 'dropdown': {
      const choices = [...listed(columnsOf(question, draft.languages), question, draft), ...otherOf(question, draft)];
      if (choices.length === 0) return nothing(code, draft);
      return [{ ...base, kind, choices: pointed(choices, question), ...present({ order }) }];
    }
    case 'multiple': {
      const alone = new Set(
        attribute('exclude_all_others')
          .split(/[;,]/u)
          .map((part) => part.trim()),
      );
      const choices = listed(rowsOf(question), question, draft, alone);
      const counts = present({ least: whole('min_answers'), most: whole('max_answers'), order });
      return [{ ...base, kind: 'multiple', choices: [...choices, ...otherOf(question, draft)], ...counts }];
    }
    case 'ranking': {
      const choices = listed(columnsOf(question, draft.languages), question, draft);
      if (choices.length === 0) return nothing(code, draft);
      return [{ ...base, kind: 'ranking', choices, ...present({ most: whole('max_answers'), order }) }];
    }
    case 'matrix':
    case 'dual': {
      const rows = listed(rowsOf(question), question, draft);
      return (kind === 'dual' ? ['0', '1'] : ['0']).flatMap((scale): Question[] => {
        const columns = columnsOf(question, draft.languages, scale);
        if (columns.length === 0 || rows.length === 0) return nothing(code, draft);
        const head = draft.text(
          question.attributeTexts(scale === '0' ? 'dualscale_headerA' : 'dualscale_headerB'),
          code,
          true,
        );
        const own = scale === '1' ? { ...base, id: idOf(`${code}#1`) } : base;
        const shape = valued(
          listed(columns, { ...question, attribute: () => '' }, draft),
          columns.map((column) => column.code),
        );
        const multiple = question.type === ':' ? (true as const) : undefined;
        return [
          {
            ...own,
            title: joined(base.title, head),
            kind: 'matrix',
            rows,
            columns: shape,
            ...present({ multiple, order }),
          },
        ];
      });
    }
    case 'each':
      return fields(base, question, draft, idOf);
    case 'rating':
      return [{ ...base, kind: 'rating', from: 1, to: 5 }];
    case 'number': {
      const decimals = attribute('num_value_int_only') === '1' ? undefined : 2;
      const [min, max] = [numberOf(attribute('min_num_value_n')), numberOf(attribute('max_num_value_n'))];
      return [
        {
          ...base,
          kind: 'number',
          ...present({ min, max, decimals, unit: draft.text(question.attributeTexts('suffix'), code, true) }),
        },
      ];
    }
    case 'date': {
      const [min, max] = [attribute('date_min'), attribute('date_max')];
      return [
        { ...base, kind: 'date', ...present({ min: isDay(min) ? min : undefined, max: isDay(max) ? max : undefined }) },
      ];
    }
    case 'shortText': {
      if (attribute('numbers_only') === '1') return [{ ...base, kind: 'number', decimals: 2 }];
      const found = question.preg === '' ? undefined : pregOf(question.preg);
      if (question.preg !== '' && found === undefined) draft.leave('pattern', code, question.preg);
      return [{ ...base, kind: 'shortText', ...present({ maxLength: whole('maximum_chars'), pattern: found }) }];
    }
    case 'longText':
      if (question.preg !== '') draft.leave('pattern', code, question.preg);
      return [{ ...base, kind: 'longText', ...present({ maxLength: whole('maximum_chars') }) }];
    case 'file':
      return [
        {
          ...base,
          kind: 'file',
          ...present({ most: whole('max_num_of_files', 1, 20), maxBytes: bytesOf(attribute('max_filesize')) }),
        },
      ];
    case 'statement':
      return [{ id: base.id, kind: 'statement', title: base.title, ...present({ help: base.help }) }];
  }
}

function nothing(code: string, draft: Draft): Question[] {
  draft.leave('noChoices', code);
  return [];
}

/** Choices with the words of the file, shown where their own relevance and the filter of the question say so. */
function listed(
  coded: readonly Coded[],
  question: Pick<LimeQuestion, 'code' | 'attribute'>,
  draft: Draft,
  alone: ReadonlySet<string> = new Set(),
): Choice[] {
  const filter = question.attribute('array_filter');
  draft.count({ choices: coded.length });
  return coded.flatMap(({ code, id, text, relevance }): Choice[] => {
    const asked = [
      ...(relevance.trim() === '' ? [] : [relevance]),
      // The same choice of an earlier question has to be chosen.
      ...(filter === '' ? [] : [`${filter.trim()}_${code} == "Y"`]),
    ];
    const condition = draft.condition(asked, question.code);
    if (condition === false) return [];
    return [
      {
        id,
        text: draft.titled(text, question.code, code, true),
        ...(alone.has(code) ? { exclusive: true } : {}),
        ...(condition === true ? {} : { showIf: condition }),
      },
    ];
  });
}

function otherOf({ other, attributeTexts, code }: LimeQuestion, draft: Draft): Choice[] {
  if (!other) return [];
  const said = draft.text(attributeTexts('other_replace_text'), code, true);
  return [
    {
      id: 'other',
      text: Object.keys(said).length > 0 ? said : builtIn(draft.languages, OTHER),
      words: true,
      fixed: true,
    },
  ];
}

/** Points of an assessment as values of choices. */
function pointed(choices: readonly Choice[], { answers }: LimeQuestion): Choice[] {
  if (answers.every(({ points }) => Number(points) === 0)) return [...choices];
  const points = new Map(answers.map((answer, i) => [choices[i]?.id, wholeOf(answer.points, -1e6, 1e6)]));
  return choices.map((choice) => {
    const value = points.get(choice.id);
    return value === undefined ? choice : { ...choice, value };
  });
}

/** A list of texts or numbers: a question for each, or a sum that is divided. */
function fields(base: Base, question: LimeQuestion, draft: Draft, idOf: (name: string) => string): Question[] {
  const { code, type, attribute } = question;
  const total = wholeOf(attribute('equals_num_value'), 1, 1e9);
  if (type === 'K' && total !== undefined)
    return [{ ...base, kind: 'constantSum', total, choices: listed(rowsOf(question), question, draft) }];
  const [min, max] = [numberOf(attribute('slider_min')), numberOf(attribute('slider_max'))];
  return rowsOf(question).flatMap((row): Question[] => {
    const own = `${code}_${row.code}`;
    const condition = draft.condition(row.relevance.trim() === '' ? [] : [row.relevance], own);
    if (condition === false) return [];
    const { name: _, help: __, ...others } = base;
    const id = idOf(own);
    const each = {
      ...others,
      id,
      ...named(id, own),
      title: joined(base.title, draft.titled(row.text, own, row.code, true)),
      ...(condition === true ? {} : { showIf: condition }),
    };
    if (type === 'Q')
      return [
        { ...each, kind: 'shortText', ...present({ maxLength: wholeOf(attribute('maximum_chars'), 1, 10_000) }) },
      ];
    if (attribute('slider_layout') === '1') return [{ ...each, kind: 'slider', from: min ?? 0, to: max ?? 100 }];
    const ends = present({ min: numberOf(attribute('min_num_value_n')), max: numberOf(attribute('max_num_value_n')) });
    return [{ ...each, kind: 'number', decimals: 2, ...ends }];
  });
}

/** Two texts as one, in each language of either. */
function joined(title: Localized, more: Localized): Localized {
  const [usual = ''] = Object.values(title);
  if (Object.keys(more).length === 0) return title;
  return Object.fromEntries(
    [...new Set([...Object.keys(title), ...Object.keys(more)])].map((tag) => [
      tag,
      [title[tag] ?? usual, more[tag] ?? Object.values(more)[0] ?? ''].join(' – ').slice(0, 10_000),
    ]),
  );
}

/** A pattern between slashes. */
function pregOf(preg: string): string | undefined {
  const [, inner = ''] = /^\/(.*)\/[a-z]*$/su.exec(preg.trim()) ?? [];
  return patternOf(inner);
}

function bytesOf(kilobytes: string): number | undefined {
  return wholeOf((numberOf(kilobytes) ?? 0) * 1024, 1, 100_000_000);
}
