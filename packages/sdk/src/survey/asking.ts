import {
  type Answer,
  type AnswerProblem,
  type Answers,
  type Localized,
  type ShownQuestion,
  say,
  type Walk,
} from '@touchstone/domain/survey';
import { fill, numberIn, type Word, type Words, wordsFor } from './words/index.ts';

/** One question on its way onto a page. */
export class Asking {
  readonly words: Words;
  readonly language: string;
  readonly #found: Walk;
  readonly #answers: Answers;

  constructor(
    found: Walk,
    answers: Answers,
    readonly shown: ShownQuestion,
    /** Whether what stands in the way is told. */
    readonly telling: boolean,
  ) {
    this.#found = found;
    this.#answers = answers;
    this.language = found.context.language;
    this.words = wordsFor(this.language);
  }

  get key(): string {
    return this.shown.key;
  }

  /** The name its fields begin with, and of one part of it. */
  name(...part: readonly (string | number)[]): string {
    return ['q', this.key, ...part].join('.');
  }

  id(...part: readonly (string | number)[]): string {
    return ['q', this.key, ...part].join('-');
  }

  /** What was given, whether it counts or not: nothing that was typed is taken from anybody. */
  get given(): Answer | undefined {
    return Object.hasOwn(this.#answers, this.key) ? this.#answers[this.key] : undefined;
  }

  get problems(): readonly AnswerProblem[] {
    return this.telling ? this.shown.problems : [];
  }

  /** A text of the document with answers put in. */
  say(text: Localized | undefined): string {
    return say(this.#found, text, this.shown.round);
  }

  /** Words of ours. */
  word(name: Word, values?: Readonly<Record<string, string | number>>): string {
    return fill(this.words[name], this.language, values);
  }

  number(value: number): string {
    return numberIn(this.language, value);
  }

  /** What the field is described by, for who cannot see where it stands. */
  describedBy(): string | undefined {
    const ids = [
      ...(this.shown.question.help === undefined ? [] : [this.id('help')]),
      ...(this.problems.length === 0 ? [] : [this.id('problem')]),
    ];
    return ids.length === 0 ? undefined : ids.join(' ');
  }
}
