import { type Condition, lastPage, prepare, type SurveyDocument } from '@touchstone/domain/survey';

/** One line of a box. */
export interface FlowRow {
  readonly key: string;
  readonly is: 'question' | 'more' | 'showIf' | 'skip' | 'quota';
  /** Its place in the document. */
  readonly at: string;
  readonly condition?: Condition | undefined;
  /** Number of a question within its page; how many more there are; number of a quota. */
  readonly number?: number;
  /** The box it leads to. */
  readonly to?: string | undefined;
}

/** A page or an ending. */
export interface FlowBox {
  readonly id: string;
  readonly is: 'page' | 'ending';
  readonly at: string;
  /** Number of the page or ending. */
  readonly number: number;
  readonly rows: readonly FlowRow[];
  readonly loop: string | undefined;
}

/** A way from one box to another. */
export interface FlowWay {
  readonly from: string;
  readonly to: string;
  /** `on`: just on. `else`: the next ending, where this one is not for somebody. */
  readonly is: 'on' | 'else' | 'skip' | 'quota' | 'again';
  /** Of a skip or quota: its row. */
  readonly row?: string;
}

export interface Flow {
  readonly boxes: readonly FlowBox[];
  readonly ways: readonly FlowWay[];
}

/** Questions named in a box. */
const MOST_QUESTIONS = 5;

/** A survey as boxes in the order they are read in, and the ways between them. */
export function flowOf(document: SurveyDocument): Flow {
  const targets = new Set([...document.pages, ...document.endings].map(({ id }) => id));
  const known = (to: string | undefined): string | undefined => (to !== undefined && targets.has(to) ? to : undefined);
  const asked = quotasByPage(document);
  const pages = document.pages.map((page, p): FlowBox => {
    const here = `pages[${p}]`;
    const questions = page.questions.slice(0, MOST_QUESTIONS).map((_, q): FlowRow => {
      const at = `${here}.questions[${q}]`;
      return { key: at, is: 'question', at, number: q };
    });
    const more = page.questions.length - questions.length;
    return {
      id: page.id,
      is: 'page',
      at: here,
      number: p,
      loop: page.loop,
      rows: [
        ...(page.showIf === undefined ? [] : [showIfRow(here, page.showIf)]),
        ...questions,
        ...(more === 0 ? [] : [{ key: `${here}.more`, is: 'more' as const, at: here, number: more }]),
        ...page.questions.flatMap((question, q) =>
          (question.skips ?? []).map((skip, s) =>
            skipRow(`${here}.questions[${q}].skips[${s}]`, skip.if, known(skip.to), q),
          ),
        ),
        ...(page.skips ?? []).map((skip, s) => skipRow(`${here}.skips[${s}]`, skip.if, known(skip.to))),
        ...(asked.get(p) ?? []).map((number): FlowRow => {
          const quota = document.quotas?.[number];
          const at = `quotas[${number}]`;
          return { key: at, is: 'quota', at, number, to: quota?.action === 'warn' ? undefined : known(quota?.ending) };
        }),
      ],
    };
  });
  const endings = document.endings.map(({ id, showIf }, number): FlowBox => {
    const at = `endings[${number}]`;
    return { id, is: 'ending', at, number, loop: undefined, rows: showIf === undefined ? [] : [showIfRow(at, showIf)] };
  });
  const boxes = [...pages, ...endings];
  return { boxes, ways: [...plainWays(document), ...rowWays(boxes), ...againWays(document)] };
}

function showIfRow(at: string, condition: Condition): FlowRow {
  return { key: `${at}.showIf`, is: 'showIf', at: `${at}.showIf`, condition };
}

function skipRow(at: string, condition: Condition | undefined, to: string | undefined, number?: number): FlowRow {
  return { key: at, is: 'skip', at, condition, to, ...(number === undefined ? {} : { number }) };
}

/** Numbers of quotas by the page after which they are asked of; those of no page by the first. */
function quotasByPage(document: SurveyDocument): Map<number, number[]> {
  const survey = prepare(document);
  const found = new Map<number, number[]>();
  document.quotas?.forEach((quota, number) => {
    const page = Math.max(0, lastPage(survey, quota.if));
    found.set(page, [...(found.get(page) ?? []), number]);
  });
  return found;
}

/** From page to page and to the endings, where nothing always leads elsewhere. */
function plainWays({ pages, endings }: SurveyDocument): FlowWay[] {
  const [first] = endings;
  const on = pages.flatMap((page, p): FlowWay[] => {
    const next = pages[p + 1] ?? first;
    const always = page.showIf === undefined && (page.skips ?? []).some((skip) => skip.if === undefined);
    return next === undefined || always ? [] : [{ from: page.id, to: next.id, is: 'on' }];
  });
  const otherwise = endings.flatMap((ending, i): FlowWay[] => {
    const next = endings[i + 1];
    return ending.showIf === undefined || next === undefined ? [] : [{ from: ending.id, to: next.id, is: 'else' }];
  });
  // Endings behind one that is for everybody are reached by skips and quotas alone.
  const open = endings.findIndex((ending) => ending.showIf === undefined);
  return [...on, ...(open < 0 ? otherwise : otherwise.slice(0, open))];
}

function rowWays(boxes: readonly FlowBox[]): FlowWay[] {
  return boxes.flatMap((box) =>
    box.rows.flatMap((row): FlowWay[] =>
      row.to === undefined || (row.is !== 'skip' && row.is !== 'quota')
        ? []
        : [{ from: box.id, to: row.to, is: row.is, row: row.key }],
    ),
  );
}

/** From the last page of a loop back to its first. */
function againWays(document: SurveyDocument): FlowWay[] {
  const { blocks } = prepare(document);
  return blocks.flatMap(({ from, to, loop }): FlowWay[] => {
    const [first, last] = [document.pages[from], document.pages[to]];
    return loop === undefined || first === undefined || last === undefined
      ? []
      : [{ from: last.id, to: first.id, is: 'again' }];
  });
}

/** Boxes and ways of a path of steps (`page` or `page@item`) as analysis tells it; ways by their number. */
export function litOf(
  { boxes, ways }: Flow,
  path: readonly string[],
): { readonly boxes: ReadonlySet<string>; readonly ways: ReadonlySet<number> } {
  const ids = path.map((key) => key.split('@', 1)[0] ?? key);
  const litWays = new Set<number>();
  const light = (test: (way: FlowWay) => boolean): boolean => {
    const found = ways.findIndex(test);
    if (found >= 0) litWays.add(found);
    return found >= 0;
  };
  const placeOf = (id: string): number => boxes.findIndex((box) => box.id === id);
  ids.slice(1).forEach((to, i) => {
    const from = ids[i] ?? to;
    const direct = (is: FlowWay['is']) => (way: FlowWay) => way.from === from && way.to === to && way.is === is;
    if (light(direct('on')) || light(direct('skip')) || light(direct('again'))) return;
    // Pages between them were passed by.
    for (let at = placeOf(from); at >= 0 && at < placeOf(to); at++)
      light((way) => way.is === 'on' && way.from === boxes[at]?.id);
  });
  return { boxes: new Set(ids), ways: litWays };
}
