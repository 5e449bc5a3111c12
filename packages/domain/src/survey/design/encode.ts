import { answerKey } from '../answers.ts';
import type { Carried, Choice, Condition, Loop, Question, Skip } from '../document.ts';
import { fieldOf } from '../fields.ts';
import type { Block, Survey } from '../prepare.ts';
import { type Asked, type Candidate, type Instance, instanceOf, outside } from './answers.ts';
import { type Leaf, leavesByField, satisfies } from './cells.ts';
import { type Literal, Logic } from './logic.ts';
import { conditionsOf } from './places.ts';

/** Something that has to be possible, and what it means where it is not. */
export interface Rung {
  readonly code:
    | 'unreachablePage'
    | 'unreachableQuestion'
    | 'unreachableEnding'
    | 'contradiction'
    | 'nothingToChoose'
    | 'shadowedSkip'
    | 'shadowedEnding';
  readonly at: string;
  readonly holds: Literal;
}
/** Rungs each of which stands on the one before; those of `under` first. */
export interface Ladder {
  readonly under: string | undefined;
  readonly rungs: readonly Rung[];
}

export interface Encoded {
  readonly logic: Logic;
  readonly ladders: ReadonlyMap<string, Ladder>;
  /** The pages end, and no ending is for this respondent. */
  readonly deadEnd: Literal;
  /** Steps in their order, with when they are shown. */
  readonly steps: readonly { readonly key: string; readonly page: number; readonly shown: Literal }[];
  /** Of an explaining one: what of the document each assumption stands for. */
  readonly said: ReadonlyMap<Literal, string>;
}

interface Round {
  readonly loop: string;
  readonly item: string;
  readonly index: number | undefined;
}

/** Rounds of one loop that are looked at one by one. */
const MOST_ROUNDS = 30;

/**
 * All ways through a survey at once, as statements of logic: what `walk` does for given answers, for all of them. What
 * cannot be said exactly (texts that match, sums, scores, more than 30 rounds) is left open, so that nothing possible is
 * ever called impossible.
 */
export function encode(survey: Survey, explain: boolean): Encoded {
  return new Encoder(survey, explain).encode();
}

class Encoder {
  readonly logic = new Logic();
  readonly said = new Map<Literal, string>();
  readonly ladders = new Map<
    string,
    { under: string | undefined; rungs: { code: Rung['code']; at: string; of: Literal[] }[] }
  >();
  readonly instances = new Map<string, Instance[]>();
  readonly outsiders = new Map<string, (leaf: Leaf) => Literal>();
  readonly steps: { key: string; page: number; shown: Literal }[] = [];
  readonly arrivals = new Map<number, Literal[]>();
  readonly finishes = new Map<string, Literal[]>();
  readonly leaves: ReadonlyMap<string, readonly Leaf[]>;
  readonly sources: ReadonlySet<string>;

  constructor(
    readonly survey: Survey,
    readonly explain: boolean,
  ) {
    const { document } = survey;
    this.leaves = leavesByField(conditionsOf(document).map(({ condition }) => condition));
    const carried = document.pages.flatMap((page) =>
      page.questions.flatMap((q) => ('carried' in q && q.carried !== undefined ? [q.carried] : [])),
    );
    const loops = (document.loops ?? []).flatMap((loop) => ('over' in loop ? [loop.over] : []));
    this.sources = new Set([...carried, ...loops].map(({ question }) => question));
  }

  encode(): Encoded {
    const { document, blocks } = this.survey;
    this.arrive(0, this.logic.yes);
    for (const block of blocks) {
      if (block.loop === undefined) this.plain(block);
      else this.loop(block, block.loop);
    }
    const end = this.arriving(document.pages.length);
    const deadEnd = this.endings(end);
    const ladders = new Map(
      [...this.ladders].map(([key, { under, rungs }]) => [
        key,
        { under, rungs: rungs.map(({ code, at, of }) => ({ code, at, holds: this.logic.any(of) })) },
      ]),
    );
    return { logic: this.logic, ladders, deadEnd, steps: this.steps, said: this.said };
  }

  plain(block: Block): void {
    this.arrive(block.from + 1, this.page(block.from, undefined, this.arriving(block.from)));
  }

  /** Rounds one after the other; who has not begun waits at the page they came in by. */
  loop(block: Block, loop: Loop): void {
    const { logic } = this;
    let waiting = new Map<number, Literal>();
    for (let p = block.from; p <= block.to; p++) waiting.set(p, this.arriving(p));
    const inside = logic.any([...waiting.values()]);
    const rounds = this.rounds(loop);
    const shuffled = loop.order === 'random' || rounds === undefined;
    const none: (typeof rounds & object)[number] = { item: '', present: logic.free(), index: undefined };
    for (const { item, present, index } of rounds ?? [none]) {
      const round = { loop: loop.id, item, index: shuffled ? undefined : index };
      // In a drawn order any round may be the one that is reached.
      const begins = shuffled ? logic.all([present, inside, logic.free()]) : present;
      const come = new Map<number, Literal[]>([...waiting].map(([p, l]) => [p, [logic.all([l, begins])]]));
      if (shuffled) come.get(block.from)?.push(begins);
      for (let p = block.from; p <= block.to; p++) {
        const on = this.page(p, round, logic.any(come.get(p) ?? []), (to, taken) => {
          const here = come.get(to);
          if (to <= block.to && here !== undefined) here.push(taken);
          else this.arrive(to, taken);
        });
        come.set(p + 1, [...(come.get(p + 1) ?? []), on]);
      }
      const through = logic.any(come.get(block.to + 1) ?? []);
      waiting = new Map(
        [...waiting].map(([p, l]) => [p, logic.any([logic.all([l, -begins]), ...(p === block.from ? [through] : [])])]),
      );
    }
    const after = logic.any([...waiting.values()]);
    this.arrive(block.to + 1, shuffled ? logic.all([inside, logic.any([after, logic.free()])]) : after);
  }

  /** Items a loop may go round over; undefined: too many to look at one by one. */
  rounds(
    loop: Loop,
  ): readonly { readonly item: string; readonly present: Literal; readonly index: number | undefined }[] | undefined {
    const { logic } = this;
    const at = this.survey.document.loops?.indexOf(loop) ?? -1;
    const items =
      'over' in loop
        ? (this.carry(loop.over, undefined) ?? [])
        : loop.items.map((item, i) => ({
            id: item.id,
            offered: this.when(item.showIf, undefined, `loops[${at}].items[${i}].showIf`),
          }));
    if (items.length > MOST_ROUNDS) return undefined;
    if (loop.order === 'random' && loop.most !== undefined)
      return items.map(({ id, offered }) => ({
        item: id,
        present: logic.all([offered, logic.free()]),
        index: undefined,
      }));
    const most = loop.most ?? items.length;
    const fixed = items.every((item) => item.offered === logic.yes);
    return items.map(({ id, offered }, i) => {
      const before =
        i < most
          ? logic.no
          : (logic.counts(
              items.slice(0, i).map((item) => item.offered),
              most,
            )[most - 1] ?? logic.no);
      return { item: id, present: logic.all([offered, -before]), index: fixed ? i + 1 : undefined };
    });
  }

  /** A page, and how it is left for the next one. */
  page(
    number: number,
    round: Round | undefined,
    at: Literal,
    jump = (to: number, taken: Literal) => this.arrive(to, taken),
  ): Literal {
    const { logic } = this;
    const page = this.survey.document.pages[number];
    if (page === undefined) return at;
    const place = `pages[${number}]`;
    const shown = logic.all([at, this.when(page.showIf, round, `${place}.showIf`)]);
    this.rung(place, undefined, 'unreachablePage', place, at);
    if (page.showIf !== undefined) this.rung(place, undefined, 'contradiction', `${place}.showIf`, shown);
    let here = shown;
    const any: Literal[] = [];
    page.questions.forEach((question, i) => {
      const below = `${place}.questions[${i}]`;
      const asked = this.question(question, below, place, round, here);
      any.push(asked);
      here = logic.all([here, -this.skips(question.skips, `${below}.skips`, below, number, round, asked, jump)]);
    });
    this.steps.push({ key: answerKey(page.id, round?.item), page: number, shown: logic.any(any) });
    const gone = this.skips(page.skips, `${place}.skips`, place, number, round, here, jump);
    return logic.any([logic.all([at, -shown]), logic.all([here, -gone])]);
  }

  question(question: Question, at: string, under: string, round: Round | undefined, here: Literal): Literal {
    const { logic } = this;
    const wanted = logic.all([here, this.when(question.showIf, round, `${at}.showIf`)]);
    const [name, listed] =
      question.kind === 'matrix' ? ['rows', question.rows] : ['choices', 'choices' in question ? question.choices : []];
    const candidates = this.candidates(
      listed,
      'carried' in question ? question.carried : undefined,
      round,
      `${at}.${name}`,
      at,
      wanted,
    );
    const columns =
      question.kind === 'matrix'
        ? this.candidates(question.columns, undefined, round, `${at}.columns`, at, wanted)
        : [];
    const some = [logic.any(candidates.map((c) => c.offered))];
    if (question.kind === 'matrix') some.push(logic.any(columns.map((c) => c.offered)));
    if (question.kind === 'maxdiff')
      some.push(
        logic.counts(
          candidates.map((c) => c.offered),
          2,
        )[1] ?? logic.no,
      );
    const choosing = question.kind === 'matrix' || 'choices' in question;
    const shown = choosing ? logic.all([wanted, ...some]) : wanted;
    this.rung(at, under, 'unreachableQuestion', at, here);
    if (question.showIf !== undefined) this.rung(at, under, 'contradiction', `${at}.showIf`, wanted);
    if (choosing) this.rung(at, under, 'nothingToChoose', at, shown);
    const must =
      question.required === true && question.kind !== 'statement'
        ? logic.all([shown, this.assume(`${at}.required`)])
        : logic.no;
    const instance = instanceOf(
      logic,
      question,
      round?.item,
      shown,
      must,
      candidates,
      columns,
      this.asked(question.id),
    );
    this.instances.set(question.id, [...(this.instances.get(question.id) ?? []), instance]);
    return shown;
  }

  asked(id: string): Asked {
    const rows = [...this.leaves].flatMap(([field, leaves]) =>
      field.startsWith(`${id}.`) ? [[field.slice(id.length + 1), leaves] as const] : [],
    );
    return {
      leaves: this.leaves.get(id) ?? [],
      counts: this.leaves.get(`count.${id}`) ?? [],
      rows: new Map(rows),
      carried: this.sources.has(id),
    };
  }

  candidates(
    own: readonly Choice[],
    carried: Carried | undefined,
    round: Round | undefined,
    at: string,
    under: string,
    shown: Literal,
  ): Candidate[] {
    const { logic } = this;
    const before = new Map(
      (carried === undefined ? [] : (this.carry(carried, round) ?? [])).map((c) => [c.id, c.offered]),
    );
    const ownIds = new Set(own.map((choice) => choice.id));
    const listed = own.map(({ id, showIf, exclusive }, i): Candidate => {
      const wanted = this.when(showIf, round, `${at}[${i}].showIf`);
      if (showIf !== undefined)
        this.rung(`${at}[${i}]`, under, 'contradiction', `${at}[${i}].showIf`, logic.all([shown, wanted]));
      const taken = before.get(id) ?? logic.no;
      return { id, offered: logic.any([wanted, taken]), exclusive: exclusive === true ? -taken : logic.no };
    });
    return [
      ...[...before].filter(([id]) => !ownIds.has(id)).map(([id, offered]) => ({ id, offered, exclusive: logic.no })),
      ...listed,
    ];
  }

  /** Choices of an earlier question, with when each is taken over. Exclusive ones never are. */
  carry(
    { question, take }: Carried,
    round: Round | undefined,
  ): { readonly id: string; readonly offered: Literal }[] | undefined {
    const { logic } = this;
    const placed = this.survey.questions.get(question);
    const source = this.instances
      .get(question)
      ?.find((one) => one.round === (placed?.loop === round?.loop ? round?.item : undefined));
    return source?.candidates
      .filter((c) => c.exclusive !== logic.yes)
      .map(({ id, offered, exclusive }) => {
        const chosen = source.chosen(id);
        return { id, offered: logic.all([source.shown, -exclusive, offered, take === 'chosen' ? chosen : -chosen]) };
      });
  }

  /** Whether one of the skips is taken. The first that holds is, unless it leads back or nowhere. */
  skips(
    skips: readonly Skip[] = [],
    at: string,
    under: string,
    from: number,
    round: Round | undefined,
    here: Literal,
    jump: (to: number, taken: Literal) => void,
  ): Literal {
    const { logic, survey } = this;
    let open = here;
    const all: Literal[] = [];
    skips.forEach((skip, i) => {
      const place = `${at}[${i}]`;
      const held = skip.if === undefined ? this.guard(logic.yes, place) : this.when(skip.if, round, `${place}.if`);
      const taken = logic.all([open, held]);
      if (skip.if !== undefined) this.rung(place, under, 'contradiction', `${place}.if`, logic.all([here, held]));
      if (i > 0) this.rung(place, under, 'shadowedSkip', place, taken);
      open = logic.all([open, -held]);
      const page = survey.pages.get(skip.to);
      if (page !== undefined && page > from) jump(page, taken);
      else if (page === undefined && survey.document.endings.some((ending) => ending.id === skip.to))
        this.finish(skip.to, taken);
      else return;
      all.push(taken);
    });
    return logic.any(all);
  }

  endings(end: Literal): Literal {
    const { logic, survey } = this;
    for (const [i, quota] of survey.document.quotas?.entries() ?? []) {
      const held = this.when(quota.if, undefined, `quotas[${i}].if`);
      if (quota.if !== undefined) this.rung(`quotas[${i}]`, undefined, 'contradiction', `quotas[${i}].if`, held);
      if (quota.action !== 'warn' && quota.ending !== undefined) this.finish(quota.ending, held);
    }
    let open = end;
    survey.document.endings.forEach((ending, i) => {
      const at = `endings[${i}]`;
      const held = this.when(ending.showIf, undefined, `${at}.showIf`);
      const sent = this.finishes.get(ending.id) ?? [];
      this.rung(at, undefined, 'unreachableEnding', at, logic.any([end, ...sent]));
      if (ending.showIf !== undefined)
        this.rung(at, undefined, 'contradiction', `${at}.showIf`, logic.any([logic.all([end, held]), ...sent]));
      this.rung(at, undefined, 'shadowedEnding', at, logic.any([logic.all([open, held]), ...sent]));
      open = logic.all([open, -held]);
    });
    return open;
  }

  /** Whether a condition holds here and now. */
  when(condition: Condition | undefined, round: Round | undefined, at: string): Literal {
    return condition === undefined ? this.logic.yes : this.guard(this.holds(condition, round), at);
  }

  holds(condition: Condition, round: Round | undefined): Literal {
    const { logic } = this;
    if ('all' in condition) return logic.all(condition.all.map((c) => this.holds(c, round)));
    if ('any' in condition) return logic.any(condition.any.map((c) => this.holds(c, round)));
    if ('not' in condition) return -this.holds(condition.not, round);
    if (condition.op === 'ne') return -this.leaf({ ...condition, op: 'eq' }, round);
    return this.leaf(condition, round);
  }

  leaf(leaf: Leaf, round: Round | undefined): Literal {
    const { logic, survey } = this;
    const field = fieldOf(leaf.field);
    if (field === undefined) return logic.no;
    if (field.of === 'score') return logic.free();
    if (field.of === 'loop') {
      const value = field.id === 'index' ? round?.index : round?.item;
      if (round === undefined) return logic.no;
      return value === undefined || value === '' ? logic.free() : logic.constant(satisfies(leaf, value));
    }
    if (field.of === 'hidden' || field.of === 'person') {
      const known = survey.document.hidden?.find((one) => one.id === field.id);
      if (field.of === 'hidden' && known === undefined) return logic.no;
      let ask = this.outsiders.get(leaf.field);
      if (ask === undefined) {
        ask = outside(
          logic,
          this.leaves.get(leaf.field) ?? [],
          field.of === 'hidden' ? known?.values : undefined,
          field.of === 'hidden' ? known?.fallback : undefined,
        );
        this.outsiders.set(leaf.field, ask);
      }
      return ask(leaf);
    }
    const placed = survey.questions.get(field.id);
    const all = this.instances.get(field.id) ?? [];
    const seen =
      placed?.loop !== undefined && placed.loop === round?.loop ? all.filter((one) => one.round === round.item) : all;
    return logic.any(
      seen.map((one) => one.leaf(leaf, field.of === 'answer' ? field.row : undefined, field.of === 'count')),
    );
  }

  /** In an explaining encoding: what a place says holds only while it is assumed to. */
  guard(literal: Literal, at: string): Literal {
    if (!this.explain) return literal;
    const [assumed, held] = [this.assume(at), this.logic.free()];
    this.logic.solver.add(-assumed, -held, literal);
    this.logic.solver.add(-assumed, held, -literal);
    return held;
  }

  assume(at: string): Literal {
    if (!this.explain) return this.logic.yes;
    for (const [literal, place] of this.said) if (place === at) return literal;
    const made = this.logic.free();
    this.said.set(made, at);
    return made;
  }

  arrive(page: number, literal: Literal): void {
    this.arrivals.set(page, [...(this.arrivals.get(page) ?? []), literal]);
  }

  arriving(page: number): Literal {
    return this.logic.any(this.arrivals.get(page) ?? []);
  }

  finish(ending: string, literal: Literal): void {
    this.finishes.set(ending, [...(this.finishes.get(ending) ?? []), literal]);
  }

  rung(key: string, under: string | undefined, code: Rung['code'], at: string, literal: Literal): void {
    const ladder = this.ladders.get(key) ?? { under, rungs: [] };
    this.ladders.set(key, ladder);
    const rung = ladder.rungs.find((one) => one.code === code && one.at === at);
    if (rung === undefined) ladder.rungs.push({ code, at, of: [literal] });
    else rung.of.push(literal);
  }
}
