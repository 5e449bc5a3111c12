import type { Condition, Ending, Page, Question, Skip } from '../document.ts';
import type { Reference } from './condition.ts';
import { Draft, cut, shown } from './draft.ts';
import { ImportRefused, type Imported } from './left.ts';
import { mended } from './mend.ts';
import {
  type Json,
  THANK_YOU,
  builtIn,
  headed,
  isHttps,
  isRecord,
  numberOf,
  present,
  recordsOf,
  stringOf,
  writtenOf,
} from './reading.ts';
import { CHOOSING, type Lent } from './surveyjs-choosing.ts';
import { questionsOf } from './surveyjs-question.ts';
import {
  type FlatPage,
  type Item,
  expressionOf,
  flatPages,
  isSurveyJs,
  optionsOf,
  referenceTo,
} from './surveyjs-parts.ts';

/**
 * The survey of a SurveyJS JSON (survey-library 1 and 2), and what of it could not be carried over. Throws ImportRefused
 * where it is none, or larger than a survey may be.
 */
export function importSurveyJs(value: unknown): Imported {
  if (!isSurveyJs(value)) throw new ImportRefused('unknown');
  return new Reader(value).whole();
}

class Reader {
  readonly draft: Draft;
  /** What names in expressions stand for, in small letters. */
  readonly known = new Map<string, Reference>();
  readonly #ids = new Map<string, string>();
  readonly #claimed = new Set<string>();
  readonly pages: readonly FlatPage[];
  readonly lent: Lent;

  constructor(readonly survey: Json) {
    const locale = stringOf(survey['locale']) || 'en';
    // A text of no language is English where there is one of the language beside it.
    const base = locale !== 'en' && speaks(survey, locale) ? 'en' : locale;
    const isTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.test(base);
    this.draft = new Draft(isTag ? base : 'en', [], 'surveyjs', (name) => this.known.get(name.toLowerCase()));
    this.lent = { draft: this.draft, id: (name) => this.claim(name), local: (of) => this.local(of) };
    this.pages = flatPages(survey, this.shownByTriggers());
    this.draft.count({ questions: this.pages.reduce((sum, page) => sum + page.items.length, 0) });
    for (const page of this.pages) {
      this.id(`page ${page.name}`, page.name);
      for (const item of page.items) this.know(item);
    }
  }

  whole(): Imported {
    const { survey, draft } = this;
    const made = this.pages.map((page) => this.page(page));
    const pages = made.flatMap((page) => page.pages);
    const endings = this.endings();
    const placed = this.skips(pages, endings);
    for (const one of recordsOf(survey['calculatedValues']))
      draft.leave('calculation', stringOf(one['name']), stringOf(one['expression']));
    if (numberOf(survey['maxTimeToFinish'] ?? survey['timeLimit']) !== undefined) draft.leave('timer', '');
    const title = draft.titled(this.local(survey['title']), '', 'Survey');
    const [first, ...rest] = placed;
    const description = draft.text(this.local(survey['description']), '');
    const opened =
      first === undefined || first.text !== undefined || Object.keys(description).length === 0
        ? placed
        : [{ ...first, text: description }, ...rest];
    const document = draft.document({
      title,
      pages: opened,
      endings,
      ...present({
        back: survey['showPrevButton'] === false ? false : undefined,
        progress: survey['showProgressBar'] === false ? false : undefined,
      }),
    });
    const names = new Map([...this.#ids].map(([name, id]) => [id, name.replace(/^page /u, '')]));
    return {
      from: 'surveyjs',
      name: cut(title[draft.base] ?? '', 120),
      document: mended(document, draft, (id) => names.get(id) ?? id),
      anonymous: false,
      left: draft.left,
    };
  }

  /** The id of a name, the same each time. */
  id(name: string, like = name): string {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.draft.ids.give(like, 'q');
    this.#ids.set(name, id);
    return id;
  }

  /** The id of a name for the question made of it; where there was one of that name already, another. */
  claim(name: string): string {
    const id = this.id(name);
    if (!this.#claimed.has(id)) {
      this.#claimed.add(id);
      return id;
    }
    return this.draft.ids.give(name, 'q');
  }

  /** Texts by language: `default` is the language everything is written in. */
  local(value: unknown): Readonly<Record<string, string>> {
    const { base } = this.draft;
    if (typeof value === 'string') return { [base]: value };
    if (typeof value === 'number' || typeof value === 'boolean') return { [base]: String(value) };
    if (!isRecord(value)) return {};
    const { default: usual, ...others } = value;
    const said = Object.entries(others).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return { ...(typeof usual === 'string' ? { [base]: usual } : {}), ...Object.fromEntries(said) };
  }

  /** Remembers what conditions and texts may ask of an element. */
  know({ element, type, name, hidden }: Item): void {
    if (hidden) return;
    const id = this.id(name);
    const put = (said: string, reference: Reference): void => {
      if (!this.known.has(said.toLowerCase())) this.known.set(said.toLowerCase(), reference);
    };
    const names = [name, ...(typeof element['valueName'] === 'string' ? [element['valueName']] : [])];
    const several =
      type === 'checkbox' || type === 'tagbox' || (type === 'imagepicker' && element['multiSelect'] === true);
    for (const said of names) {
      if (CHOOSING.has(type)) {
        const special = ['other', 'none', 'refused', 'dontknow'].map((value) => ({
          value,
          id: value,
          text: value,
          image: undefined,
          visibleIf: '',
        }));
        const options = optionsOf(element['choices']);
        const ordered = referenceTo(id, options).ordered === true;
        put(said, { ...referenceTo(id, [...special, ...options]), ordered, many: several || type === 'ranking' });
        put(`${said}.length`, { field: `count.${id}`, ordered: true });
      } else if (type === 'boolean') {
        const [yes, no] = [writtenOf(element['valueTrue'] ?? true), writtenOf(element['valueFalse'] ?? false)];
        put(said, {
          field: id,
          truth: yes,
          choice: (value) => (value === yes ? 'yes' : value === no ? 'no' : undefined),
        });
      } else if (type === 'matrix') {
        put(said, { field: id });
        for (const row of optionsOf(element['rows'], 'row'))
          put(`${said}.${row.value}`, referenceTo(`${id}.${row.id}`, optionsOf(element['columns'], 'col')));
      } else if (type === 'matrixdropdown') {
        for (const column of recordsOf(element['columns']))
          for (const row of optionsOf(element['rows'], 'row')) {
            const own = stringOf(column['name']);
            const options = optionsOf(column['choices'] ?? element['choices'], 'col');
            put(`${said}.${row.value}.${own}`, referenceTo(`${this.id(`${name}.${own}`)}.${row.id}`, options));
          }
      } else if (type === 'multipletext') {
        for (const part of recordsOf(element['items'])) {
          const own = stringOf(part['name']);
          put(`${said}.${own}`, { field: this.id(`${name}.${own}`), ordered: true });
        }
      } else if (!WITHOUT_ANSWER.has(type)) {
        put(said, { field: id, ordered: type === 'text' || type === 'rating' || type === 'slider' });
      }
    }
    if (element['showCommentArea'] === true || element['hasComment'] === true)
      put(`${name}-comment`, { field: this.id(`${name}-Comment`) });
  }

  page({ source, name, conditions, items }: FlatPage): { readonly pages: Page[] } {
    const { draft } = this;
    const questions = items.flatMap((item): Question[] => {
      if (item.hidden) {
        draft.leave('hidden', item.name);
        return [];
      }
      const condition = draft.condition(item.conditions, item.name);
      return questionsOf(item, this.lent).flatMap((question) => shown(question, condition) ?? []);
    });
    draft.count({ questions: Math.max(0, questions.length - items.length) });
    const id = this.id(`page ${name}`, name);
    const page = shown<Page>(
      {
        id,
        questions,
        ...present({
          title: draft.text(this.local(source === this.survey ? undefined : source['title']), name),
          text: draft.text(this.local(source === this.survey ? undefined : source['description']), name),
          order: /^random$/iu.test(stringOf(source['questionsOrder'] ?? source['questionOrder']))
            ? ('random' as const)
            : undefined,
        }),
      },
      draft.condition(conditions, name),
    );
    if (page === undefined) {
      draft.leave('hidden', name);
      return { pages: [] };
    }
    const each =
      this.survey['questionsOnPageMode'] === 'questionPerPage' ||
      this.survey['questionsOnPageMode'] === 'questionOnPage';
    if (!each || questions.length < 2) return { pages: [page] };
    return {
      pages: questions.map((question, i) => ({
        ...page,
        id: i === 0 ? id : draft.ids.give(`${id}_${i + 1}`, 'page'),
        questions: [question],
      })),
    };
  }

  endings(): Ending[] {
    const { survey, draft } = this;
    const own = (html: unknown, id: string, address: unknown): Ending => {
      const text = draft.text(this.local(html), id, true);
      const usual = { title: builtIn([draft.base], THANK_YOU), ...(Object.keys(text).length === 0 ? {} : { text }) };
      const { title, text: rest } = headed(text) ?? { ...usual, text: usual.text ?? {} };
      const goes = typeof address === 'string' && address !== '';
      if (goes && !isHttps(address)) draft.leave('address', id, address);
      return {
        id: draft.ids.give(id, 'end'),
        title,
        ...present({ text: rest, redirect: isHttps(address) ? address : undefined }),
      };
    };
    const usual = own(survey['completedHtml'], 'completed', survey['navigateToUrl']);
    const conditional = [
      ...recordsOf(survey['completedHtmlOnCondition']),
      ...recordsOf(survey['navigateToUrlOnCondition']),
    ].flatMap((one, i): Ending[] => {
      const at = `completed${i + 2}`;
      const expression = stringOf(one['expression']);
      const condition = draft.condition([expression], at);
      // One whose condition cannot be said would stand before all others.
      if (typeof condition === 'boolean') return [];
      return [{ ...own(one['html'], at, one['url']), showIf: condition }];
    });
    return [...conditional, usual];
  }

  /** Triggers that skip or complete, as skips of the page where their last question stands. */
  skips(pages: readonly Page[], endings: readonly Ending[]): Page[] {
    const { draft } = this;
    const pageOf = new Map(
      pages.flatMap((page, i) => page.questions.map((question): [string, number] => [question.id, i])),
    );
    const added = new Map<number, Skip[]>();
    for (const trigger of recordsOf(this.survey['triggers'])) {
      const type = stringOf(trigger['type']).replace(/trigger$/u, '');
      if (type === 'visible') continue;
      const expression = expressionOf(trigger);
      if (type !== 'skip' && type !== 'complete') {
        draft.leave('trigger', '', `${type} ${expression}`);
        continue;
      }
      const condition = draft.condition([expression], '', 'jump');
      const asked = typeof condition === 'boolean' ? [] : fieldsIn(condition).flatMap((id) => pageOf.get(id) ?? []);
      const from = Math.max(-1, ...asked);
      const goal = type === 'complete' ? endings.at(-1)?.id : this.id(stringOf(trigger['gotoName']));
      const to = type === 'complete' ? goal : pages.find((page) => page.questions[0]?.id === goal)?.id;
      if (typeof condition === 'boolean' || from < 0 || to === undefined) {
        draft.leave('jump', stringOf(trigger['gotoName']), expression);
        continue;
      }
      added.set(from, [...(added.get(from) ?? []), { if: condition, to }]);
    }
    return pages.map((page, i) =>
      added.has(i) ? { ...page, skips: [...(page.skips ?? []), ...(added.get(i) ?? [])].slice(0, 50) } : page,
    );
  }

  /** What triggers of the first versions show: by name, the expression. */
  shownByTriggers(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const trigger of recordsOf(this.survey['triggers'])) {
      if (!stringOf(trigger['type']).startsWith('visible')) continue;
      for (const list of [trigger['questions'], trigger['pages']])
        if (Array.isArray(list))
          for (const name of list) if (typeof name === 'string') found.set(name, expressionOf(trigger));
    }
    return found;
  }
}

const WITHOUT_ANSWER = new Set([
  'html',
  'image',
  'panel',
  'expression',
  'paneldynamic',
  'matrixdynamic',
  'signaturepad',
  'imagemap',
]);

/** Questions a condition asks of. */
function fieldsIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsIn);
  if ('any' in condition) return condition.any.flatMap(fieldsIn);
  if ('not' in condition) return fieldsIn(condition.not);
  const [head = '', rest] = condition.field.split('.');
  return [head === 'count' && rest !== undefined ? rest : head];
}

/** Whether any text of it is there in a language. */
function speaks(value: unknown, tag: string, depth = 0): boolean {
  if (depth > 40 || typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => speaks(one, tag, depth + 1));
  if (isRecord(value) && 'default' in value && typeof value[tag] === 'string') return true;
  return Object.values(value).some((one) => speaks(one, tag, depth + 1));
}
