import {
  type Choice,
  type Question,
  type Score,
  scaleOf,
  type SurveyDocument,
  textIn,
  type Localized,
} from '@touchstone/domain/survey';

export interface PublishedDocument {
  readonly version: number;
  readonly document: SurveyDocument;
}

/** A question as it was asked last. */
export interface AskedQuestion {
  readonly question: Question;
  readonly pageId: string;
  /** The loop it is gone through in. */
  readonly loop: string | undefined;
  /** Whether the newest version asks it no more. */
  readonly removed: boolean;
  readonly document: SurveyDocument;
  /** The version since which it is answered as it is now: what was answered otherwise before counts in no figure. */
  readonly since: number;
}

/** A score of the newest version. */
export interface AskedScore {
  readonly score: Score;
  readonly name: string;
  /** The version since which it is made as now, of what is answered as now. */
  readonly since: number;
}

/** All versions of a survey as one: every question that any of them asks, in words of the newest that does. */
export class Documents {
  readonly questions = new Map<string, AskedQuestion>();
  readonly scores: readonly AskedScore[];
  readonly #language: string;

  /** @param versions the newest first */
  constructor(
    readonly versions: readonly PublishedDocument[],
    language: string,
  ) {
    const newest = versions[0]?.document;
    this.#language = languageOf(newest, language);
    for (const [age, { document }] of versions.entries()) {
      for (const page of document.pages) {
        for (const question of page.questions) {
          if (this.questions.has(question.id)) continue;
          const { id: pageId, loop } = page;
          const since = sinceWhen(versions.slice(age), question.id);
          this.questions.set(question.id, { question, pageId, loop, removed: age > 0, document, since });
        }
      }
    }
    this.scores = (newest?.scores ?? []).map((score) => ({
      score,
      name: newest === undefined ? score.id : this.say(newest, score.name),
      since: this.#scoreSince(score),
    }));
  }

  #scoreSince(score: Score): number {
    let since = this.versions[0]?.version ?? 0;
    for (const { version, document } of this.versions) {
      const then = document.scores?.find((one) => one.id === score.id);
      if (then === undefined || madeOf(then) !== madeOf(score)) break;
      since = version;
    }
    return Math.max(since, ...score.of.map((part) => this.questions.get(part.question)?.since ?? 0));
  }

  get newest(): SurveyDocument | undefined {
    return this.versions[0]?.document;
  }

  /** For conditions and axes. */
  find(id: string): { readonly question: Question; readonly looped: boolean; readonly since: number } | undefined {
    const found = this.questions.get(id);
    if (found === undefined) return undefined;
    return { question: found.question, looped: found.loop !== undefined, since: found.since };
  }

  say(document: SurveyDocument, text: Localized | undefined): string {
    return plain(textIn(document, text, this.#language));
  }

  titleOf({ question, document }: AskedQuestion): string {
    return question.name ?? this.say(document, question.title);
  }

  /** What a round of a loop was about. */
  roundOf({ loop: id, document }: AskedQuestion, item: string): string {
    const loop = document.loops?.find((one) => one.id === id);
    if (loop === undefined) return item;
    if ('items' in loop) return this.#choice(document, loop.items, item);
    const source = this.questions.get(loop.over.question);
    return source === undefined ? item : this.choiceOf(source, item);
  }

  /** A choice, row or item of a question in words, also where an older version had it, or another question it comes from. */
  choiceOf(asked: AskedQuestion, id: string): string {
    for (const { document } of [asked, ...this.versions]) {
      const found = this.#inDocument(document, asked.question.id, id, 0);
      if (found !== undefined) return found;
    }
    return id;
  }

  columnOf({ question, document }: AskedQuestion, id: string): string {
    return question.kind === 'matrix' ? this.#choice(document, question.columns, id) : id;
  }

  #inDocument(document: SurveyDocument, questionId: string, id: string, deep: number): string | undefined {
    const question = document.pages.flatMap((page) => page.questions).find((one) => one.id === questionId);
    if (question === undefined || deep > 20) return undefined;
    const own = choicesOf(question).find((choice) => choice.id === id);
    if (own !== undefined) return this.say(document, own.text);
    const carried = 'carried' in question ? question.carried : undefined;
    return carried === undefined ? undefined : this.#inDocument(document, carried.question, id, deep + 1);
  }

  #choice(document: SurveyDocument, choices: readonly Choice[], id: string): string {
    const found = choices.find((choice) => choice.id === id);
    return found === undefined ? id : this.say(document, found.text);
  }
}

/** The oldest of these versions back to which nothing changed in how a question is answered. */
function sinceWhen(versions: readonly PublishedDocument[], id: string): number {
  let since = versions[0]?.version ?? 0;
  let now: string | undefined;
  for (const { version, document } of versions) {
    const page = document.pages.find((one) => one.questions.some((question) => question.id === id));
    const question = page?.questions.find((one) => one.id === id);
    if (page === undefined || question === undefined) continue;
    const shape = shapeOf(question, page.loop !== undefined);
    if (now !== undefined && shape !== now) return since;
    now = shape;
    since = version;
  }
  return versions.at(-1)?.version ?? since;
}

function madeOf({ how, of }: Score): string {
  return JSON.stringify([how, of.map(({ question, row, weight, reversed }) => [question, row, weight, reversed])]);
}

/** What its marks mean: answers of two shapes cannot be added up. */
function shapeOf(question: Question, looped: boolean): string {
  const scale = scaleOf(question);
  const total = question.kind === 'constantSum' ? question.total : 0;
  const several = 'multiple' in question && question.multiple === true;
  return JSON.stringify([question.kind, scale?.from, scale?.to, several, total, looped]);
}

/** Choices of its own; of a matrix its rows. */
export function choicesOf(question: Question): readonly Choice[] {
  if (question.kind === 'matrix') return question.rows;
  return 'choices' in question ? question.choices : [];
}

/** A text without what is piped in: what stands for it, or three dots. */
export function plain(text: string): string {
  return text.replaceAll(/\{\{[^{}|]*(?:\|([^{}]*))?\}\}/g, (_, instead: string | undefined) => instead ?? '…');
}

function languageOf(document: SurveyDocument | undefined, wanted: string): string {
  const languages = document?.languages ?? [];
  const main = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';
  return (
    languages.find((one) => one === wanted) ??
    languages.find((one) => main(one) === main(wanted)) ??
    languages[0] ??
    'en'
  );
}
