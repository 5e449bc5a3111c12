import { type Random, chance, integer, pick } from '../random/index.ts';
import type { Answer, Answers } from './answers.ts';
import type {
  Carried,
  Choice,
  Condition,
  Ending,
  HiddenField,
  Loop,
  Page,
  Question,
  Skip,
  SurveyDocument,
} from './document.ts';
import { type Walk, walk } from './flow.ts';
import type { Context, ShownQuestion } from './known.ts';
import { type Survey, prepare } from './prepare.ts';

/*
 * Small surveys drawn at random, and every way there is through them: what flow and analysis are held against.
 */

const TEXT = { en: 'x' };
const choicesOf = (ids: readonly string[]): Choice[] => ids.map((id) => ({ id, text: TEXT }));

/** A survey of few questions with show-ifs, skips, loops, carried choices and endings, good and bad ones. */
export function drawSurvey(random: Random): SurveyDocument {
  const hidden: HiddenField[] = chance(random, 0.4) ? [{ id: 'h', values: ['u', 'v'] }] : [];
  const pages: Page[] = [];
  const before: Question[] = [];
  const loop = drawLoop(random);
  const number = integer(random, 2, 4);
  const looped = loop === undefined ? -1 : integer(random, 1, number - 1);
  for (let p = 0; p < number; p++) {
    const source = before.find((q) => q.kind === 'multiple');
    const inLoop = p === looped && loop !== undefined && (loop === 'items' || source !== undefined);
    const questions: Question[] = [];
    const local: Question[] = [];
    for (let q = integer(random, p === 0 ? 1 : 0, 2); q > 0; q--) {
      const known = [...before, ...local];
      const skips = drawSkips(random, [...known], hidden, number, p, 0.1);
      const question = {
        ...drawQuestion(random, `q${p}${q}`, known),
        ...maybeShowIf(random, known, hidden, inLoop),
        ...skips,
      };
      questions.push(question);
      local.push(question);
    }
    pages.push({
      id: `p${p}`,
      questions,
      ...maybeShowIf(random, before, hidden, inLoop),
      ...drawSkips(random, [...before, ...local], hidden, number, p, 0.4),
      ...(inLoop ? { loop: 'l' } : {}),
    });
    before.push(...local);
  }
  return {
    format: 1,
    languages: ['en'],
    title: TEXT,
    pages,
    endings: drawEndings(random, before, hidden),
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(loop === undefined ? {} : { loops: [loopFrom(random, loop, pages)] }),
  };
}

function drawLoop(random: Random): 'items' | 'over' | undefined {
  return chance(random, 0.35) ? (chance(random, 0.5) ? 'items' : 'over') : undefined;
}

function loopFrom(random: Random, kind: 'items' | 'over', pages: readonly Page[]): Loop {
  const at = pages.findIndex((page) => page.loop === 'l');
  const source = pages
    .slice(0, Math.max(at, 0))
    .flatMap((page) => page.questions)
    .find((q) => q.kind === 'multiple');
  const most = chance(random, 0.2) ? { most: 1 } : {};
  if (kind === 'items' || source === undefined) return { id: 'l', items: choicesOf(['a', 'z']), ...most };
  return { id: 'l', over: { question: source.id, take: chance(random, 0.7) ? 'chosen' : 'unchosen' }, ...most };
}

function drawQuestion(random: Random, id: string, known: readonly Question[]): Question {
  const required = chance(random, 0.5) ? ({ required: true } as const) : {};
  const base = { id, title: TEXT, ...required };
  const source = known.find((q) => q.kind === 'multiple' || q.kind === 'single');
  const carried: { readonly carried?: Carried } =
    source !== undefined && chance(random, 0.25)
      ? { carried: { question: source.id, take: chance(random, 0.5) ? 'chosen' : 'unchosen' } }
      : {};
  const own = choicesOf(
    'carried' in carried ? (chance(random, 0.5) ? [] : ['x']) : ['a', 'b', 'c'].slice(0, integer(random, 2, 3)),
  );
  switch (integer(random, 0, 3)) {
    case 0:
      return { ...base, kind: 'rating', from: 1, to: integer(random, 2, 3) };
    case 1:
      return { ...base, kind: 'consent', label: TEXT };
    case 2: {
      const choices = own.map((c, i): Choice =>
        i === own.length - 1 && chance(random, 0.3) ? { ...c, exclusive: true } : c,
      );
      const counts = chance(random, 0.3) ? { least: 2 } : chance(random, 0.3) ? { most: 1 } : {};
      return { ...base, kind: 'multiple', choices, ...carried, ...counts };
    }
    default: {
      const choices = own.map((c, i) =>
        i === 0 && chance(random, 0.2) ? { ...c, ...maybeShowIf(random, known, [], false, 1) } : c,
      );
      return { ...base, kind: 'single', choices, ...carried };
    }
  }
}

function maybeShowIf(
  random: Random,
  known: readonly Question[],
  hidden: readonly HiddenField[],
  inLoop: boolean,
  probability = 0.35,
): { readonly showIf?: Condition } {
  return chance(random, probability) ? { showIf: drawCondition(random, known, hidden, inLoop) } : {};
}

function drawSkips(
  random: Random,
  known: readonly Question[],
  hidden: readonly HiddenField[],
  pages: number,
  from: number,
  probability: number,
): { readonly skips?: readonly Skip[] } {
  if (!chance(random, probability)) return {};
  const to = chance(random, 0.6)
    ? `p${integer(random, Math.min(from + 1, pages - 1), pages - 1)}`
    : pick(random, ['e0', 'e1']);
  return { skips: [chance(random, 0.2) ? { to } : { if: drawCondition(random, known, hidden, false), to }] };
}

function drawEndings(random: Random, known: readonly Question[], hidden: readonly HiddenField[]): Ending[] {
  return [0, 1].map((i) => ({
    id: `e${i}`,
    title: TEXT,
    ...maybeShowIf(random, known, hidden, false, i === 0 ? 0.6 : 0.3),
  }));
}

function drawCondition(
  random: Random,
  known: readonly Question[],
  hidden: readonly HiddenField[],
  inLoop: boolean,
  depth = 0,
): Condition {
  if (depth < 2 && chance(random, 0.45)) {
    const inner = (): Condition => drawCondition(random, known, hidden, inLoop, depth + 1);
    const shape = integer(random, 0, 2);
    return shape === 0 ? { not: inner() } : shape === 1 ? { all: [inner(), inner()] } : { any: [inner(), inner()] };
  }
  if (inLoop && chance(random, 0.3)) return { field: 'loop', op: 'eq', value: pick(random, ['a', 'b', 'z']) };
  if (known.length === 0 || (hidden.length > 0 && chance(random, 0.2)))
    return { field: 'hidden.h', op: pick(random, ['eq', 'ne'] as const), value: pick(random, ['u', 'v']) };
  const { id, kind } = pick(random, known);
  if (chance(random, 0.2)) return { field: id, op: 'exists' };
  if (kind === 'consent') return { field: id, op: pick(random, ['eq', 'ne'] as const), value: chance(random, 0.5) };
  if (kind === 'rating')
    return { field: id, op: pick(random, ['eq', 'ne', 'lt', 'ge'] as const), value: integer(random, 0, 3) };
  if (kind === 'multiple' && chance(random, 0.3))
    return { field: `count.${id}`, op: pick(random, ['ge', 'lt'] as const), value: integer(random, 1, 3) };
  return { field: id, op: pick(random, ['eq', 'ne'] as const), value: pick(random, ['a', 'b', 'c', 'x']) };
}

/** Every answer a question takes that it was offered like this; undefined where it may be left open. */
export function everyAnswer({ question, choices }: ShownQuestion): (Answer | undefined)[] {
  const open = question.required === true ? [] : [undefined];
  const ids = choices.map((choice) => choice.id);
  if (question.kind === 'rating')
    return [...open, ...Array.from({ length: question.to - question.from + 1 }, (_, i) => question.from + i)];
  if (question.kind === 'consent') return [...open, ...(question.required === true ? [true] : [true, false])];
  if (question.kind === 'multiple') return [...open, ...subsets(ids).map((chosen) => ({ chosen }))];
  return [...open, ...ids.map((id) => ({ chosen: [id] }))];
}

function subsets(ids: readonly string[]): string[][] {
  const [first, ...rest] = ids;
  if (first === undefined) return [];
  const below = subsets(rest);
  return [[first], ...below, ...below.map((ids) => [first, ...ids])];
}

/** Every way through a survey by someone who answers as it lets them, with each value of its hidden field. */
export function everyWalk(survey: Survey, look: (found: Walk, answers: Answers) => void): void {
  const contexts: Context[] =
    (survey.document.hidden ?? []).length === 0 ? [BARE] : ['u', 'v', ''].map((h) => ({ ...BARE, hidden: { h } }));
  for (const context of contexts) {
    const go = (answers: Answers, decided: ReadonlySet<string>): void => {
      const found = walk(survey, answers, context);
      const next = [...found.shown.values()].find((shown) => !decided.has(shown.key));
      if (next === undefined) {
        look(found, answers);
        return;
      }
      for (const answer of everyAnswer(next)) {
        const then = answer === undefined ? answers : { ...answers, [next.key]: answer };
        if (walk(survey, then, context).shown.get(next.key)?.problems.length === 0)
          go(then, new Set([...decided, next.key]));
      }
    };
    go({}, new Set());
  }
}

const BARE: Context = { language: 'en', seed: 's' };

/** As many surveys as wanted, each made ready. */
export function drawSurveys(random: Random, count: number): Survey[] {
  return Array.from({ length: count }, () => prepare(drawSurvey(random)));
}
