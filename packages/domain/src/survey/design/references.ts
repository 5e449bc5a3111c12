import { fieldsOf } from '../../predicate/index.ts';
import { scaleOf } from '../check.ts';
import type { Condition, Question, SurveyDocument } from '../document.ts';
import { fieldOf } from '../fields.ts';
import { compilePattern } from '../pattern.ts';
import { pipesOf } from '../piping.ts';
import type { SurveyFinding } from './analyse.ts';
import { leavesOf } from './cells.ts';
import { type Place, conditionsOf, placeOf, textsOf } from './places.ts';

export type ReferenceCode =
  /** A page or ending that is not there. */
  | 'unknownTarget'
  /** A skip that leads back: over `path` it would go round and round. */
  | 'circularSkip'
  /** A question, hidden field, score, loop or row that is not there: `what`. */
  | 'unknownField'
  /** A choice that is not there: `what`. */
  | 'unknownChoice'
  /** It stands later, so that there is no answer yet. */
  | 'later'
  /** A text in the survey's first language is missing, or in another, `what`. */
  | 'missingText'
  | 'missingTranslation'
  /** Pages of one loop that do not stand together. */
  | 'splitLoop'
  /** A scale, range or count nothing lies in; sizes of a MaxDiff that do not fit. */
  | 'emptyRange'
  | 'pattern'
  | 'noPages'
  | 'noEnding'
  /** An ending to be sent on to, without an address. */
  | 'noAddress';

/** What refers to nothing, or to what comes later; what is missing or cannot be. */
export function referencesOf(document: SurveyDocument): SurveyFinding[] {
  return new References(document).look();
}

/** Where a question stands: number of its page, of itself in all, and its loop. */
interface Standing {
  readonly question: Question;
  readonly page: number;
  readonly order: number;
  readonly loop: string | undefined;
}

class References {
  readonly found: SurveyFinding[] = [];
  readonly questions = new Map<string, Standing>();

  constructor(readonly document: SurveyDocument) {
    document.pages.forEach((page, number) =>
      page.questions.forEach((question) =>
        this.questions.set(question.id, { question, page: number, order: this.questions.size, loop: page.loop }),
      ),
    );
  }

  look(): SurveyFinding[] {
    const { document } = this;
    if (document.pages.every((page) => page.questions.length === 0)) this.add('noPages', 'pages');
    if (document.endings.length === 0) this.add('noEnding', 'endings');
    for (const { at, condition } of conditionsOf(document)) this.condition(condition, at);
    this.targets();
    this.loops();
    document.pages.forEach((page, i) =>
      page.questions.forEach((question, k) => this.question(question, `pages[${i}].questions[${k}]`)),
    );
    this.texts();
    document.scores?.forEach((score, i) =>
      score.of.forEach(({ question, row }, k) =>
        this.field(row === undefined ? question : `${question}.${row}`, `scores[${i}].of[${k}]`, Infinity),
      ),
    );
    return this.found;
  }

  add(code: ReferenceCode, at: string, what?: string, more: Partial<SurveyFinding> = {}): void {
    this.found.push({
      severity: 'error',
      code,
      ...placeOf(this.document, at),
      ...(what === undefined ? {} : { what }),
      because: [],
      path: [],
      ...more,
    });
  }

  /** How many questions stand before a place; at a question's own skips, itself among them. */
  before(at: string): number {
    const { page, question }: Place = placeOf(this.document, at);
    if (page === undefined) return at.startsWith('loops') ? this.loopBegins(at) : at === 'title' ? 0 : Infinity;
    const own = question === undefined ? undefined : this.questions.get(question)?.order;
    if (own !== undefined) return at.includes('.skips[') ? own + 1 : own;
    const number = this.document.pages.findIndex((one) => one.id === page);
    const until = at.includes('.skips[') ? number + 1 : number;
    return [...this.questions.values()].filter((one) => one.page < until).length;
  }

  loopBegins(at: string): number {
    const loop = this.document.loops?.[Number(/\d+/u.exec(at)?.[0])];
    const first = this.document.pages.findIndex((page) => page.loop === loop?.id);
    return [...this.questions.values()].filter((one) => first < 0 || one.page < first).length;
  }

  condition(condition: Condition, at: string): void {
    const before = this.before(at);
    for (const field of fieldsOf(condition)) this.field(field, at, before);
    for (const leaf of leavesOf(condition)) {
      if (leaf.op !== 'eq' && leaf.op !== 'ne' && leaf.op !== 'in') continue;
      const known = this.idsOf(leaf.field, at);
      if (known === undefined) continue;
      for (const value of [leaf.value].flat())
        if (!known.has(String(value))) this.add('unknownChoice', at, String(value));
    }
  }

  field(name: string, at: string, before: number): void {
    const field = fieldOf(name);
    const { document } = this;
    if (field?.of === 'person') return;
    if (field?.of === 'hidden' && document.hidden?.some((one) => one.id === field.id) === true) return;
    if (field?.of === 'score' && document.scores?.some((one) => one.id === field.id) === true) return;
    if (field?.of === 'loop') {
      const { page } = placeOf(document, at);
      if (document.pages.some((one) => one.id === page && one.loop !== undefined)) return;
    }
    const standing = field?.of === 'answer' || field?.of === 'count' ? this.questions.get(field.id) : undefined;
    if (field === undefined || standing === undefined) return this.add('unknownField', at, name);
    if (standing.order >= before) return this.add('later', at, name);
    const row = field.of === 'answer' ? field.row : undefined;
    const rows = row === undefined ? undefined : this.rowsOf(standing.question);
    if (row !== undefined && rows?.has(row) !== true) this.add('unknownField', at, name);
  }

  /** Ids that may be chosen; undefined where a condition on others makes sense. */
  idsOf(name: string, at: string): ReadonlySet<string> | undefined {
    const field = fieldOf(name);
    if (field?.of === 'loop' && field.id === '') {
      const { page } = placeOf(this.document, at);
      const loop = this.document.pages.find((one) => one.id === page)?.loop;
      return loop === undefined ? undefined : this.itemsOf(loop);
    }
    const question = field?.of === 'answer' ? this.questions.get(field.id)?.question : undefined;
    if (question === undefined || field?.of !== 'answer') return undefined;
    if (question.kind === 'matrix') return new Set(question.columns.map((c) => c.id));
    return 'choices' in question && field.row === undefined ? this.offered(question, new Set()) : undefined;
  }

  rowsOf(question: Question): ReadonlySet<string> | undefined {
    if (
      question.kind === 'matrix' ||
      question.kind === 'constantSum' ||
      question.kind === 'maxdiff' ||
      question.kind === 'ranking'
    )
      return this.offered(question, new Set());
    return undefined;
  }

  itemsOf(id: string): ReadonlySet<string> | undefined {
    const loop = this.document.loops?.find((one) => one.id === id);
    if (loop === undefined) return undefined;
    if ('items' in loop) return new Set(loop.items.map((item) => item.id));
    const source = this.questions.get(loop.over.question)?.question;
    return source === undefined ? undefined : this.offered(source, new Set());
  }

  /** Ids of own choices (of a matrix: rows) and of those carried forward, however often. */
  offered(question: Question, seen: ReadonlySet<string>): ReadonlySet<string> {
    const own = question.kind === 'matrix' ? question.rows : 'choices' in question ? question.choices : [];
    const from =
      'carried' in question && question.carried !== undefined && !seen.has(question.id)
        ? this.questions.get(question.carried.question)?.question
        : undefined;
    const more = from === undefined ? [] : [...this.offered(from, new Set([...seen, question.id]))];
    return new Set([...own.map((choice) => choice.id), ...more]);
  }

  targets(): void {
    const { document } = this;
    const number = new Map(document.pages.map((page, i) => [page.id, i]));
    const known = new Set([...number.keys(), ...document.endings.map((ending) => ending.id)]);
    document.pages.forEach((page, from) => {
      const skips = [
        ...(page.skips ?? []).map((skip, i) => ({ skip, at: `pages[${from}].skips[${i}]` })),
        ...page.questions.flatMap((q, k) =>
          (q.skips ?? []).map((skip, i) => ({ skip, at: `pages[${from}].questions[${k}].skips[${i}]` })),
        ),
      ];
      for (const { skip, at } of skips) {
        const to = number.get(skip.to);
        if (!known.has(skip.to)) this.add('unknownTarget', at, skip.to);
        else if (to !== undefined && to <= from)
          this.add('circularSkip', at, skip.to, {
            path: [...document.pages.slice(to, from + 1).map((one) => one.id), skip.to],
          });
      }
    });
    document.quotas?.forEach((quota, i) => {
      const ending = document.endings.find((one) => one.id === quota.ending);
      if (quota.action === 'warn') return;
      if (ending === undefined) this.add('unknownTarget', `quotas[${i}]`, quota.ending ?? '');
      else if (quota.action === 'redirect' && ending.redirect === undefined)
        this.add('noAddress', `quotas[${i}]`, ending.id);
    });
  }

  loops(): void {
    const { document } = this;
    const closed = new Set<string>();
    let open: string | undefined;
    document.pages.forEach(({ loop }, i) => {
      if (loop !== open && open !== undefined) closed.add(open);
      open = loop;
      if (loop === undefined) return;
      if (document.loops?.some((one) => one.id === loop) !== true) this.add('unknownField', `pages[${i}]`, loop);
      if (closed.has(loop)) this.add('splitLoop', `pages[${i}]`, loop);
    });
    document.loops?.forEach((loop, i) => {
      if ('over' in loop)
        this.carried(loop.over.question, `loops[${i}].over`, this.loopBegins(`loops[${i}]`), undefined);
    });
  }

  carried(id: string, at: string, before: number, loop: string | undefined): void {
    const source = this.questions.get(id);
    if (source === undefined || !CARRIED.has(source.question.kind)) this.add('unknownField', at, id);
    else if (source.order >= before || (source.loop !== undefined && source.loop !== loop)) this.add('later', at, id);
  }

  question(question: Question, at: string): void {
    const standing = this.questions.get(question.id);
    if ('carried' in question && question.carried !== undefined)
      this.carried(question.carried.question, `${at}.carried`, standing?.order ?? 0, standing?.loop);
    const scale = scaleOf(question);
    const ranges: (readonly [number | string | undefined, number | string | undefined])[] = [
      [scale === undefined ? undefined : scale.from + scale.step, scale?.to],
      'min' in question ? [question.min, question.max] : [undefined, undefined],
      'least' in question ? [question.least, question.most] : [undefined, undefined],
      'minLength' in question ? [question.minLength, question.maxLength] : [undefined, undefined],
    ];
    const empty = ranges.some(
      ([low, high]) => low !== undefined && high !== undefined && low !== 'today' && high !== 'today' && low > high,
    );
    if (empty) this.add('emptyRange', at);
    if ('choices' in question && question.choices.length === 0 && question.carried === undefined)
      this.add('emptyRange', at);
    if (
      question.kind === 'matrix' &&
      (question.columns.length === 0 || (question.rows.length === 0 && question.carried === undefined))
    )
      this.add('emptyRange', at);
    if (
      question.kind === 'shortText' &&
      question.pattern !== undefined &&
      compilePattern(question.pattern) === undefined
    )
      this.add('pattern', `${at}.pattern`, question.pattern);
  }

  texts(): void {
    const [first = '', ...others] = this.document.languages;
    for (const { at, text } of textsOf(this.document)) {
      const said = (tag: string): boolean => (Object.hasOwn(text, tag) ? (text[tag] ?? '').trim() : '') !== '';
      // Empty in every language is meant to be.
      if (!said(first) && (/\.(title|label|text|name)$|^title$/u.test(at) ? !isPageText(at) : others.some(said)))
        this.add('missingText', at);
      if (said(first))
        for (const tag of others) if (!said(tag)) this.add('missingTranslation', at, tag, { severity: 'warning' });
      const before = this.before(at);
      for (const name of new Set(Object.values(text).flatMap(pipesOf))) this.field(name, at, before);
    }
  }
}

const CARRIED = new Set<Question['kind']>(['single', 'multiple', 'dropdown', 'picture', 'ranking', 'constantSum']);

/** Titles and texts of pages and endings may be left empty; those of questions and choices may not. */
function isPageText(at: string): boolean {
  return /^(pages|endings)\[\d+\]\.(title|text)$/u.test(at);
}
