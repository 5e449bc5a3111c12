import type { FieldValue, Scalar } from '../predicate/index.ts';
import { answerKey } from './answers.ts';
import type { AnswerProblem } from './problems.ts';
import type { Choice } from './document.ts';
import { countOf, fieldOf, isList, valueOf } from './fields.ts';
import type { Survey } from './prepare.ts';
import { type Given, scoreOf } from './scoring.ts';

/** What is known beside the answers. */
export interface Context {
  readonly language: string;
  /** Of the response: the same seed shows the same order. */
  readonly seed: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly person?: Readonly<Record<string, Scalar | null | undefined>>;
  /** Ids of quotas that are full. */
  readonly full?: readonly string[];
  /** As 2026-01-31; without it nothing is too early or too late for today. */
  readonly today?: string;
}

/** One time through a loop. */
export interface Round {
  readonly loop: string;
  readonly item: Choice;
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

export interface ShownQuestion extends Given {
  /** `q1`, in a round `q1@item`. */
  readonly key: string;
  readonly round: Round | undefined;
  readonly problems: readonly AnswerProblem[];
}

/** What can be read of a response on its way. */
export interface Known {
  readonly survey: Survey;
  readonly context: Context;
  /** Every shown question by its key, in the order of the document. */
  readonly shown: ReadonlyMap<string, ShownQuestion>;
}

/** Reads a field of a condition, at the end of the way or within a round. */
export function readField(found: Known, name: string, round?: Round): FieldValue {
  const field = fieldOf(name);
  if (field === undefined) return undefined;
  const { survey, context } = found;
  switch (field.of) {
    case 'loop':
      return field.id === 'index' ? round?.index : round?.item.id;
    case 'hidden':
      return hiddenValue(survey, context, field.id);
    case 'person':
      return context.person !== undefined && Object.hasOwn(context.person, field.id)
        ? context.person[field.id]
        : undefined;
    case 'score': {
      const score = survey.document.scores?.find((one) => one.id === field.id);
      if (score === undefined) return undefined;
      const asked = [...new Set(score.of.map((part) => part.question))];
      return scoreOf(
        score,
        asked.flatMap((id) => shownOf(found, id)),
      ).value;
    }
    case 'count':
    case 'answer': {
      const values = shownOf(found, field.id, round).map(({ question, answer }) =>
        answer === undefined
          ? undefined
          : field.of === 'answer'
            ? valueOf(question, answer, field.row)
            : countOf(question, answer),
      );
      return values.length === 1 ? values[0] : values.flatMap((value) => (isList(value) ? value : [value]));
    }
  }
}

/** A question as it was shown: in this round, or from outside of its loop in all of them. */
export function shownOf(found: Pick<Known, 'survey' | 'shown'>, id: string, round?: Round): ShownQuestion[] {
  const placed = found.survey.questions.get(id);
  if (placed === undefined) return [];
  if (placed.loop !== undefined && placed.loop !== round?.loop)
    return [...found.shown.values()].filter((shown) => shown.question.id === id);
  const shown = found.shown.get(answerKey(id, placed.loop === undefined ? undefined : round?.item.id));
  return shown === undefined ? [] : [shown];
}

function hiddenValue(survey: Survey, { hidden }: Context, id: string): string | undefined {
  const field = survey.document.hidden?.find((one) => one.id === id);
  const value = hidden !== undefined && Object.hasOwn(hidden, id) ? hidden[id] : undefined;
  if (field === undefined) return undefined;
  const known = value === undefined || value === '' || field.values?.includes(value) === false ? undefined : value;
  return known ?? field.fallback;
}
