import type { AnswerProblem } from '@touchstone/domain/survey';
import type { Asking } from './asking.ts';
import type { Word } from './words/index.ts';

/** What is wrong with an answer, said so that one can mend it. */
export function problemWords(asking: Asking, problem: AnswerProblem): string {
  const { question } = asking.shown;
  if (problem.code === 'pattern' && question.kind === 'shortText' && question.patternHint !== undefined) {
    return asking.say(question.patternHint);
  }
  const values = {
    ...problem.params,
    ...(problem.part === undefined ? {} : { part: partWords(asking, problem.part) }),
  };
  return asking.word(wordOf(asking, problem), values);
}

function wordOf({ shown: { question } }: Asking, { code, part, params = {} }: AnswerProblem): Word {
  const { from, to } = params;
  if (code === 'required') {
    if (question.kind === 'consent') return 'problem.consent';
    return part === undefined ? 'problem.required' : 'problem.required.part';
  }
  if (code === 'outOfRange') {
    if (from === undefined) return 'problem.atMost';
    return to === undefined ? 'problem.atLeast' : 'problem.outOfRange';
  }
  if (code === 'date') return from === undefined && to === undefined ? 'problem.date' : 'problem.date.range';
  const isNumber = question.kind === 'number' || question.kind === 'slider';
  return code === 'shape' && isNumber ? 'problem.number' : `problem.${code}`;
}

/** A row or choice by its name, a set of a MaxDiff by its number. */
function partWords(asking: Asking, part: string): string {
  const { choices, rows, sets, question } = asking.shown;
  if (question.kind === 'maxdiff') {
    return asking.word('set', { number: Number(part) + 1, most: sets.length });
  }
  const found = rows.find((row) => row.id === part) ?? choices.find((choice) => choice.id === part);
  return found === undefined ? part : asking.say(found.text);
}
