import { shuffled, seeded } from '../random/index.ts';
import { type Answer, type Answers, answerKey } from './answers.ts';
import { checkAnswer, type Offer } from './check.ts';
import type { Carried, Choice, Condition, Ending, Loop, Outcome, Page, Question, Quota, Skip } from './document.ts';
import { isList, valueOf, wordsOf } from './fields.ts';
import { type Context, type Known, type Round, type ShownQuestion, readField, shownOf } from './known.ts';
import { maxDiffSets, ordered } from './order.ts';
import { type Block, listedOf, offerOf, type Survey } from './prepare.ts';

/** A page as one respondent sees it. */
export interface Step {
  /** `page`, in a round `page@item`. */
  readonly key: string;
  readonly page: Page;
  readonly round: Round | undefined;
  readonly questions: readonly ShownQuestion[];
  /** Which part of the survey lies before it, 0 to 1. Never falls on the way on. */
  readonly progress: number;
}

/** The way through a survey, as far as the answers so far tell: what is not answered counts as left open. */
export interface Walk extends Known {
  readonly steps: readonly Step[];
  /** Undefined: the pages end and no ending is for this respondent, which publishing refuses. */
  readonly ending: Ending | undefined;
  readonly outcome: Outcome;
  /** Whether one goes on to the ending's address at once: a full quota said so. */
  readonly redirects: boolean;
  /** The full quota that ended it. */
  readonly stopped: Quota | undefined;
  /** Quotas it counts for once it is complete. */
  readonly counts: readonly Quota[];
  /** Full ones among them that let it through. */
  readonly warned: readonly Quota[];
}

/** The way through a survey. Pure, ends for every document that was parsed, and never throws, whatever the answers hold. */
export function walk(survey: Survey, answers: Answers, context: Context): Walk {
  return new Walker(survey, answers, context).walk();
}

/** The step with a key; the first where there is none such any more, undefined where there is none at all. */
export function stepAt(found: Walk, key: string | undefined): Step | undefined {
  return found.steps.find((step) => step.key === key) ?? found.steps[0];
}

/** The next step, `end`, or the step itself while something in it stands in the way. */
export function nextStep(found: Walk, key: string): Step | 'end' {
  const at = found.steps.findIndex((step) => step.key === key);
  const step = found.steps[at];
  if (step !== undefined && step.questions.some((shown) => shown.problems.length > 0)) return step;
  return found.steps[at + 1] ?? 'end';
}

/** The step before; undefined at the first, and where one may not go back. */
export function previousStep(found: Walk, key: string): Step | undefined {
  if (found.survey.document.back === false) return undefined;
  return found.steps[found.steps.findIndex((step) => step.key === key) - 1];
}

/** The first step in which something stands in the way; undefined: all can be handed in. */
export function unfinishedStep(found: Walk): Step | undefined {
  return found.steps.find((step) => step.questions.some((shown) => shown.problems.length > 0));
}

/** What counts: answers to what is shown, without what was not offered. */
export function countedAnswers(found: Walk): Answers {
  const counted: Record<string, Answer> = {};
  for (const { key, answer } of found.shown.values()) if (answer !== undefined) counted[key] = answer;
  return counted;
}

/** Where the way leads on from a page: a page by its number, an ending, or just on. */
type Onward = number | Ending | undefined;

class Walker {
  readonly shown = new Map<string, ShownQuestion>();
  readonly steps: Step[] = [];
  readonly warned: Quota[] = [];
  readonly asked = new Set<string>();
  /** Questions before each page, and in all. */
  readonly before: number[] = [0];

  constructor(
    readonly survey: Survey,
    readonly answers: Answers,
    readonly context: Context,
  ) {
    for (const page of survey.document.pages)
      this.before.push((this.before.at(-1) ?? 0) + page.questions.length + 0.01);
  }

  walk(): Walk {
    const { blocks } = this.survey;
    let stopped = this.stop(-1);
    let ending: Ending | undefined;
    for (let at = 0; at < this.survey.document.pages.length && stopped === undefined && ending === undefined;) {
      const block = blocks[this.survey.blockOf[at] ?? -1];
      if (block === undefined) break;
      const onward = this.block(block, at);
      if (typeof onward === 'object') ending = onward;
      at = typeof onward === 'number' ? onward : block.to + 1;
      stopped = this.stop(ending === undefined ? at - 1 : Infinity, ending);
    }
    if (stopped !== undefined) ending = this.endingOf(stopped.ending);
    else ending ??= this.survey.document.endings.find((one) => this.holds(one.showIf));
    const outcome = ending?.outcome ?? (stopped === undefined ? 'complete' : 'overQuota');
    const counting = stopped === undefined && outcome === 'complete';
    return {
      survey: this.survey,
      context: this.context,
      steps: this.steps,
      ending,
      outcome,
      redirects: stopped?.action === 'redirect',
      stopped,
      counts: counting ? (this.survey.document.quotas ?? []).filter((quota) => this.holds(quota.if)) : [],
      warned: this.warned,
      shown: this.shown,
    };
  }

  /** Goes through a block from a page of it on. Only the first round may begin behind the block's beginning. */
  block(block: Block, from: number): Onward {
    if (block.loop === undefined) return this.page(from, undefined, block);
    let at = from;
    for (const round of this.rounds(block.loop)) {
      while (at <= block.to) {
        const onward = this.page(at, round, block);
        if (typeof onward === 'object' || (typeof onward === 'number' && onward > block.to)) return onward;
        at = onward ?? at + 1;
      }
      at = block.from;
    }
    return undefined;
  }

  page(number: number, round: Round | undefined, block: Block): Onward {
    const page = this.survey.document.pages[number];
    if (page === undefined || !this.holds(page.showIf, round)) return undefined;
    const shown: ShownQuestion[] = [];
    let onward: Onward;
    for (const question of page.questions) {
      if (!this.holds(question.showIf, round)) continue;
      const one = this.question(question, round);
      if (one === undefined) continue;
      this.shown.set(one.key, one);
      shown.push(one);
      onward = this.skip(question.skips, number, round);
      if (onward !== undefined) break;
    }
    const key = answerKey(page.id, round?.item.id);
    const questions = page.order === 'random' ? shuffled(seeded(`${this.context.seed}/${key}`), shown) : shown;
    if (shown.length > 0)
      this.steps.push({ key, page, round, questions, progress: this.progress(number, round, block) });
    return onward ?? this.skip(page.skips, number, round);
  }

  /** The question with what it offers; undefined where it has nothing to choose from. */
  question(question: Question, round: Round | undefined): ShownQuestion | undefined {
    const key = answerKey(question.id, round?.item.id);
    const offer = this.survey.offers.get(question) ?? this.offer(question, round, `${this.context.seed}/${key}`);
    if (offer === undefined) return undefined;
    const raw = Object.hasOwn(this.answers, key) ? this.answers[key] : undefined;
    const { answer, problems } = checkAnswer(offer, raw, this.context.today);
    const { choices, rows, sets } = offer;
    return { question, choices, rows, sets, key, round, answer, problems };
  }

  offer(question: Question, round: Round | undefined, seed: string): Offer | undefined {
    const carried = 'carried' in question ? question.carried : undefined;
    const order = 'order' in question ? question.order : undefined;
    const own = listedOf(question);
    const listed = own && ordered(this.choices(carried, own, round), order, seed);
    if (question.kind === 'maxdiff') {
      const ids = (listed ?? []).map((choice) => choice.id);
      return offerOf(question, listed, [], maxDiffSets(ids, question.perSet ?? 4, question.sets, seed));
    }
    const columns = question.kind === 'matrix' ? this.choices(undefined, question.columns, round) : [];
    return offerOf(question, listed, columns, []);
  }

  /** Choices carried forward and own ones that are shown. */
  choices(carried: Carried | undefined, own: readonly Choice[], round: Round | undefined): readonly Choice[] {
    const before = carried === undefined ? [] : this.carry(carried, round);
    const known = new Set(before.map((choice) => choice.id));
    return [...before, ...own.filter((choice) => !known.has(choice.id) && this.holds(choice.showIf, round))];
  }

  carry({ question, take }: Carried, round: Round | undefined): Choice[] {
    const found = shownOf(this, question, round);
    const [source] = found;
    // Of a loop's question, only within its own round: outside there is no telling which.
    if (source === undefined || (source.round !== undefined && source.round.loop !== round?.loop)) return [];
    const value = source.answer === undefined ? [] : valueOf(source.question, source.answer);
    const taken = new Set(isList(value) ? value : []);
    const words = wordsOf(source.answer);
    return source.choices
      .filter((choice) => choice.exclusive !== true && taken.has(choice.id) === (take === 'chosen'))
      .map((choice) => carriedChoice(choice, words, this.survey));
  }

  rounds(loop: Loop): Round[] {
    const items =
      'over' in loop ? this.carry(loop.over, undefined) : loop.items.filter((item) => this.holds(item.showIf));
    const sorted = loop.order === 'random' ? shuffled(seeded(`${this.context.seed}/${loop.id}`), items) : items;
    const taken = sorted.slice(0, loop.most);
    return taken.map((item, i) => ({ loop: loop.id, item, index: i + 1, of: taken.length }));
  }

  /** Where the first skip that holds leads. One that leads back, or to nowhere, is none. */
  skip(skips: readonly Skip[] | undefined, from: number, round: Round | undefined): Onward {
    const skip = skips?.find((one) => this.holds(one.if, round));
    if (skip === undefined) return undefined;
    const page = this.survey.pages.get(skip.to);
    if (page === undefined) return this.endingOf(skip.to);
    return page > from ? page : undefined;
  }

  /** The first full quota this response is one too many for, of those whose questions are passed. */
  stop(passed: number, ending?: Ending): Quota | undefined {
    if (ending !== undefined && (ending.outcome ?? 'complete') !== 'complete') return undefined;
    for (const [after, quota] of this.survey.quotas) {
      if (after > passed || this.asked.has(quota.id)) continue;
      this.asked.add(quota.id);
      if (this.context.full?.includes(quota.id) !== true || !this.holds(quota.if)) continue;
      if (quota.action !== 'warn') return quota;
      this.warned.push(quota);
    }
    return undefined;
  }

  endingOf(id: string | undefined): Ending | undefined {
    return this.survey.document.endings.find((ending) => ending.id === id);
  }

  holds(condition: Condition | undefined, round?: Round): boolean {
    return this.survey.holds(condition, (name) => readField(this, name, round));
  }

  progress(number: number, round: Round | undefined, block: Block): number {
    const all = this.before.at(-1) ?? 1;
    const at = (page: number): number => this.before[page] ?? 0;
    if (round === undefined) return at(number) / all;
    const inside = at(number) - at(block.from);
    const wide = at(block.to + 1) - at(block.from);
    return (at(block.from) + (wide * (round.index - 1) + inside) / round.of) / all;
  }
}

function carriedChoice(choice: Choice, words: Readonly<Record<string, string>>, { document }: Survey): Choice {
  const { id, text, picture, group, value, fixed } = choice;
  const said = choice.words === true && Object.hasOwn(words, id) ? words[id] : undefined;
  return {
    id,
    text: said !== undefined ? { [document.languages[0] ?? '']: said } : text,
    ...(picture === undefined ? {} : { picture }),
    ...(group === undefined ? {} : { group }),
    ...(value === undefined ? {} : { value }),
    ...(fixed === undefined ? {} : { fixed }),
  };
}
