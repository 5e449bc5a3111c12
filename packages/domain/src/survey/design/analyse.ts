import type { SurveyDocument } from '../document.ts';
import { prepare } from '../prepare.ts';
import { type Encoded, type Rung, encode } from './encode.ts';
import type { Literal } from './logic.ts';
import { type Place, placeOf } from './places.ts';
import { type ReferenceCode, referencesOf } from './references.ts';

export type FindingCode =
  | ReferenceCode
  /** Nobody ever comes here. `because`: what together sees to that. */
  | 'unreachablePage'
  | 'unreachableQuestion'
  | 'unreachableEnding'
  /** A condition that never holds where it is asked. `because`: what it contradicts. */
  | 'contradiction'
  /** A question that never has anything to choose from. */
  | 'nothingToChoose'
  /** What stands before it is always taken instead. */
  | 'shadowedSkip'
  | 'shadowedEnding'
  /** On the way `path` the pages end, and no ending is shown. */
  | 'deadEnd';

/** What an editor says of a survey before it is published. Words are made of it elsewhere. */
export interface SurveyFinding extends Place {
  /** Publishing refuses errors; warnings are shown. */
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  /** What it is about: a field, an id, a language. */
  readonly what?: string;
  /** Places that together make it so, in the order of the document. */
  readonly because: readonly Place[];
  /** Keys of the steps that lead there. */
  readonly path: readonly string[];
}

export interface Analysis {
  readonly findings: readonly SurveyFinding[];
  /** Places of which it takes too long to tell whether they can be reached. */
  readonly undecided: readonly Place[];
}

/** Conflicts one question to the solver may take, and those it takes to name reasons. */
const BUDGET = 3_000;
/** Clauses that may be looked at in all, and again to name reasons: a second's work, whatever the document holds. */
const EFFORT = 40_000_000;
/** Findings whose reasons are looked for. */
const EXPLAINED = 20;

/**
 * Everything that is wrong with a survey's ways: what refers to nothing or to what comes later, what can never be shown,
 * conditions that can never hold, ways without an end. What is called impossible is: no answers lead there. Where a
 * condition is on texts that match, sums or scores, it is taken to be possible either way, so a dead end there may be one
 * that nobody meets.
 */
export function analyse(document: SurveyDocument): Analysis {
  const findings: SurveyFinding[] = [...referencesOf(document)];
  const undecided: Place[] = [];
  const survey = prepare(document);
  const encoded = encode(survey, false);
  encoded.logic.solver.most = EFFORT;
  const possible = oracle(encoded);
  const failed = new Set<string>();
  const reasons = reasoner(() => encode(survey, true));
  for (const [key, { under, rungs }] of encoded.ladders) {
    if (under !== undefined && failed.has(under)) {
      failed.add(key);
      continue;
    }
    const parent = under === undefined ? undefined : encoded.ladders.get(under)?.rungs.at(-1)?.holds;
    let before = parent;
    for (const rung of rungs) {
      const answer = possible.ask(rung.holds);
      if (answer === undefined) undecided.push(placeOf(document, rung.at));
      if (answer !== false) {
        before = rung.holds;
        continue;
      }
      if (FATAL.has(rung.code)) failed.add(key);
      const because = reasons(key, rung).map((at) => placeOf(document, at));
      const reached = before === undefined ? undefined : possible.model(before);
      findings.push({
        severity: rung.code === 'unreachableEnding' || rung.code.startsWith('shadowed') ? 'warning' : 'error',
        code: rung.code,
        ...placeOf(document, rung.at),
        because,
        path: reached === undefined ? [] : pathOf(encoded, reached, rung.at),
      });
      break;
    }
  }
  const dead = possible.ask(encoded.deadEnd);
  if (dead === undefined) undecided.push({ at: 'endings' });
  const model = dead === true ? possible.model(encoded.deadEnd) : undefined;
  if (model !== undefined && document.endings.length > 0) {
    findings.push({ severity: 'error', code: 'deadEnd', at: 'endings', because: [], path: pathOf(encoded, model) });
  }
  return { findings, undecided };
}

interface Oracle {
  /** Whether something is possible; undefined: not found out in time. */
  readonly ask: (literal: Literal) => boolean | undefined;
  /** A way on which it is so. */
  readonly model: (literal: Literal) => readonly number[] | undefined;
}

/**
 * Most of what is asked is possible, and one way through a survey shows it of many things: so many are asked of together
 * first, by halves where they are not possible together, and alone only what is left.
 */
function oracle({ logic, ladders }: Encoded): Oracle {
  const asked = [...new Set([...ladders.values()].flatMap(({ rungs }) => rungs.map((rung) => rung.holds)))];
  const known = new Set<Literal>();
  const solve = (literals: readonly Literal[], budget: number): boolean | undefined => {
    const found = logic.solver.solve(literals, budget);
    if (found === true) for (const literal of asked) if (holds(logic.solver.model, literal)) known.add(literal);
    return found;
  };
  const cover = (literals: readonly Literal[]): void => {
    const open = literals.filter((literal) => !known.has(literal));
    if (open.length < 2 || solve(open, 100) === true) return;
    cover(open.slice(0, open.length / 2));
    cover(open.slice(open.length / 2));
  };
  solve([], BUDGET);
  for (let i = 0; i < asked.length; i += TOGETHER) cover(asked.slice(i, i + TOGETHER));
  return {
    ask: (literal) => known.has(literal) || solve([literal], BUDGET),
    model: (literal) => (solve([literal], BUDGET) === true ? logic.solver.model : undefined),
  };
}

/** How many things are asked of together. */
const TOGETHER = 64;

/** Of what stands below nothing can be said any more. */
const FATAL = new Set<Rung['code']>(['unreachablePage', 'unreachableQuestion', 'nothingToChoose', 'contradiction']);

function holds(model: readonly number[], literal: Literal): boolean {
  return (model[Math.abs(literal)] ?? 0) * Math.sign(literal) === 1;
}

/** Steps that are shown on a way, up to the page of a place. */
function pathOf({ steps }: Encoded, model: readonly number[], at = ''): string[] {
  const until = Number(/^pages\[(\d+)\]/u.exec(at)?.[1] ?? Infinity);
  return steps.filter(({ page, shown }) => page <= until && holds(model, shown)).map(({ key }) => key);
}

/** Names the places that make a rung impossible, and none of which could be left out. */
function reasoner(make: () => Encoded): (key: string, rung: Rung) => string[] {
  let encoded: Encoded | undefined;
  let left = EXPLAINED;
  return (key, { code, at }) => {
    if (left-- <= 0) return [];
    encoded ??= make();
    encoded.logic.solver.most = EFFORT;
    const { logic, said, ladders } = encoded;
    const rung = ladders.get(key)?.rungs.find((one) => one.code === code && one.at === at);
    if (rung === undefined) return [];
    const impossible = (assumed: readonly Literal[]): boolean =>
      logic.solver.solve([rung.holds, ...assumed], BUDGET) === false;
    if (!impossible([...said.keys()])) return [];
    let core = logic.solver.core.filter((literal) => said.has(literal));
    for (const literal of core.slice(0, 50)) {
      const fewer = core.filter((other) => other !== literal);
      if (core.includes(literal) && impossible(fewer)) core = logic.solver.core.filter((one) => said.has(one));
    }
    return [...said].filter(([literal]) => core.includes(literal)).map(([, place]) => place);
  };
}
