import type { Condition, Ending, Page, Question, Quota } from '../document.ts';
import { type Reference, anyOf, allOf } from './condition.ts';
import { Draft, cut, shown } from './draft.ts';
import type { Expression } from './expression.ts';
import { ImportRefused, type Imported } from './left.ts';
import { columnsOf, kindOf, rowsOf } from './limesurvey-choices.ts';
import { limeQuestions } from './limesurvey-question.ts';
import {
  type LimeFile,
  type LimeGroup,
  type LimeQuestion,
  type LimeRow,
  grouped,
  groupsOf,
  textsOf,
} from './limesurvey-tables.ts';
import { mended } from './mend.ts';
import { THANK_YOU, builtIn, headed, isHttps, present, wholeOf } from './reading.ts';

/**
 * The survey of a LimeSurvey `.lss`, and what of it could not be carried over. Throws ImportRefused where it is none, or
 * larger than a survey may be.
 */
export function importLimeSurvey(file: LimeFile): Imported {
  if (file.docType !== 'Survey') throw new ImportRefused('unknown');
  return new Reader(file).whole();
}

class Reader {
  readonly draft: Draft;
  readonly groups: readonly LimeGroup[];
  readonly known = new Map<string, Reference>();
  readonly settings: LimeRow;
  readonly #ids = new Map<string, string>();
  readonly #claimed = new Set<string>();

  constructor(readonly file: LimeFile) {
    this.settings = this.rows('surveys')[0] ?? {};
    this.groups = groupsOf(file);
    const [first = 'en'] = file.languages;
    const said = this.settings['language'] ?? '';
    this.draft = new Draft(said === '' ? first : said, file.languages, 'limesurvey', (name) => this.resolve(name));
    this.draft.count({ questions: this.groups.reduce((sum, group) => sum + group.questions.length, 0) });
    for (const group of this.groups) {
      this.id(`group ${group.gid}`, `group${group.gid}`);
      for (const question of group.questions) this.know(question);
    }
  }

  rows(table: string): readonly LimeRow[] {
    return this.file.tables[table] ?? [];
  }

  whole(): Imported {
    const { draft, settings } = this;
    const words = this.rows('surveys_languagesettings');
    const said = (column: string) => draft.text(textsOf(words, column, 'surveyls_language'), '', true);
    const pages = [...this.welcome(said), ...this.groups.flatMap((group) => this.pages(group))];
    const endings = [this.ending(said('surveyls_endtext'), said('surveyls_url'))];
    const quotas = this.quotas(endings);
    for (const row of this.rows('defaultvalues')) draft.leave('default', this.codeOf(row['qid'] ?? ''));
    if (settings['assessments'] === 'Y') draft.leave('quiz', '');
    const title = draft.titled(textsOf(words, 'surveyls_title', 'surveyls_language'), '', 'Survey', true);
    const document = draft.document({
      title,
      pages,
      endings,
      ...present({
        quotas: quotas.length > 0 ? quotas : undefined,
        back: settings['allowprev'] === 'N' ? false : undefined,
        progress: settings['showprogress'] === 'N' ? false : undefined,
      }),
    });
    const names = new Map([...this.#ids].map(([name, id]) => [id, name]));
    return {
      from: 'limesurvey',
      name: cut(title[draft.base] ?? '', 120),
      document: mended(document, draft, (id) => names.get(id) ?? id),
      anonymous: settings['anonymized'] === 'Y',
      left: draft.left,
    };
  }

  id(name: string, like = name): string {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.draft.ids.give(like, 'q');
    this.#ids.set(name, id);
    return id;
  }

  claim(name: string): string {
    const id = this.id(name);
    if (this.#claimed.has(id)) return this.draft.ids.give(name, 'q');
    this.#claimed.add(id);
    return id;
  }

  codeOf(qid: string): string {
    return this.groups.flatMap((group) => group.questions).find((one) => one.qid === qid)?.code ?? qid;
  }

  /** Names as ExpressionScript writes them, with what may stand behind or before them. */
  resolve(name: string): Reference | undefined {
    const plain = name.replace(/^INSERTANS:/u, '').replace(/\.(NAOK|shown|value|valueNAOK|code)$/u, '');
    const token = /^TOKEN:([A-Za-z0-9_]{1,60})$/u.exec(plain)?.[1];
    if (token !== undefined) return { field: `person.${token.toLowerCase()}` };
    return this.known.get(plain);
  }

  know(question: LimeQuestion): void {
    const { code, sgqa, other, attribute } = question;
    const kind = kindOf(question);
    if (kind === undefined || kind === 'statement' || attribute('hidden') === '1') return;
    const id = this.id(code);
    const put = (suffix: string, joint: string, reference: Reference): void => {
      for (const name of [`${code}${suffix === '' ? '' : `_${suffix}`}`, `${sgqa}${joint}`])
        if (!this.known.has(name)) this.known.set(name, reference);
    };
    const columns = (scale: string): Pick<Reference, 'choice' | 'ordered'> => {
      const list = columnsOf(question, [], scale);
      const ids = new Map([...list.map((one): [string, string] => [one.code, one.id]), ['-oth-', 'other']]);
      return {
        choice: (value) => ids.get(value),
        ordered: list.every((one) => one.id === one.code && /^\d+$/u.test(one.id)),
      };
    };
    const rows = rowsOf(question);
    if (other) put('other', 'other', { field: id, chosen: 'other' });
    if (kind === 'single' || kind === 'dropdown') put('', '', { field: id, ...columns('0') });
    else if (kind === 'multiple') {
      put('', '', { field: id, many: true });
      for (const row of rows)
        put(row.code, row.code, { field: id, chosen: row.id, outOf: rows.length + (other ? 1 : 0) });
    } else if (kind === 'matrix' && question.type !== ':') {
      for (const row of rows) put(row.code, row.code, { field: `${id}.${row.id}`, ...columns('0') });
    } else if (kind === 'dual') {
      for (const row of rows)
        for (const scale of ['0', '1'])
          put(`${row.code}_${scale}`, `${row.code}#${scale}`, {
            field: `${scale === '0' ? id : this.id(`${code}#1`)}.${row.id}`,
            ...columns(scale),
          });
    } else if (kind === 'each') {
      const divided = question.type === 'K' && wholeOf(attribute('equals_num_value'), 1, 1e9) !== undefined;
      for (const row of rows)
        put(row.code, row.code, {
          field: divided ? `${id}.${row.id}` : this.id(`${code}_${row.code}`),
          ordered: question.type === 'K',
        });
    } else
      put('', '', {
        field: id,
        ordered: kind === 'number' || kind === 'rating' || kind === 'date' || attribute('numbers_only') === '1',
      });
  }

  /** What greets, before the first question. */
  welcome(said: (column: string) => Page['text']): Page[] {
    const { draft, settings } = this;
    const text = said('surveyls_welcometext') ?? {};
    if (settings['showwelcome'] === 'N' || Object.keys(text).length === 0) return [];
    const parts = headed(text) ?? { title: text, text: {} };
    const help = present({ help: parts.text });
    const question: Question = {
      id: draft.ids.give('welcome', 'welcome'),
      kind: 'statement',
      title: parts.title,
      ...help,
    };
    return [{ id: draft.ids.give('welcome_page', 'page'), questions: [question] }];
  }

  pages(group: LimeGroup): Page[] {
    const { draft } = this;
    const id = this.id(`group ${group.gid}`);
    const at = Object.values(group.name)[0] ?? '';
    if (group.random !== '') draft.leave('order', at, group.random);
    const condition = draft.condition(group.relevance.trim() === '' ? [] : [group.relevance], at);
    const page = shown<Page>(
      {
        id,
        questions: [],
        ...present({ title: draft.text(group.name, at, true), text: draft.text(group.text, at, true) }),
      },
      condition,
    );
    if (page === undefined) {
      draft.leave('hidden', at);
      return [];
    }
    const sheets: Question[][] = [[]];
    for (const question of group.questions) {
      const made = this.questions(question);
      const own = this.settings['format'] === 'S' || question.attribute('page_break') === '1';
      if (own && (sheets.at(-1)?.length ?? 0) > 0) sheets.push([]);
      sheets.at(-1)?.push(...made);
    }
    return sheets.map((questions, i) => ({
      ...page,
      id: i === 0 ? id : draft.ids.give(`${id}_${i + 1}`, 'page'),
      questions,
    }));
  }

  questions(question: LimeQuestion): Question[] {
    const { draft } = this;
    const { code } = question;
    if (question.attribute('hidden') === '1') {
      draft.leave('hidden', code);
      return [];
    }
    const relevance = question.relevance.trim();
    const condition =
      relevance === '' || relevance === '1' ? this.conditions(question) : draft.condition([relevance], code);
    const made = limeQuestions(question, draft, (name) => this.claim(name));
    draft.count({ questions: Math.max(0, made.length - 1) });
    if (condition === false && made.length > 0) draft.leave('hidden', code);
    return made.flatMap((one) => {
      const all = allOf([condition, ...(one.showIf === undefined ? [] : [one.showIf])]);
      return shown(one, all) ?? [];
    });
  }

  /** Conditions of the first versions: of one question any, of all questions of a scenario each, any scenario. */
  conditions({ qid, code }: LimeQuestion): Condition | boolean {
    const rows = this.rows('conditions').filter((row) => row['qid'] === qid);
    if (rows.length === 0) return true;
    const scenarios = [...grouped(rows, (row) => row['scenario'] ?? '1').values()];
    const parts = scenarios.map((scenario) =>
      allOf(
        [...grouped(scenario, (row) => row['cqid'] ?? '').values()].map((same) =>
          anyOf(
            same.map((row) =>
              this.draft.said(
                comparison(row),
                `${row['cfieldname'] ?? ''} ${row['method'] ?? ''} ${row['value'] ?? ''}`,
                code,
              ),
            ),
          ),
        ),
      ),
    );
    return this.draft.kept(anyOf(parts), code);
  }

  ending(text: Page['text'] = {}, url: Page['text'] = {}): Ending {
    const { draft, settings } = this;
    const { title, text: rest } = headed(text) ?? { title: builtIn(draft.languages, THANK_YOU), text };
    const address = Object.values(url)[0] ?? '';
    const goes = settings['autoredirect'] === 'Y' && isHttps(address);
    if (address !== '' && !goes) draft.leave('address', '', address);
    return {
      id: draft.ids.give('end', 'end'),
      title,
      ...present({ text: rest, redirect: goes ? address : undefined }),
    };
  }

  quotas(endings: Ending[]): Quota[] {
    const { draft } = this;
    const members = grouped(this.rows('quota_members'), (row) => row['quota_id'] ?? '');
    const words = grouped(this.rows('quota_languagesettings'), (row) => row['quotals_quota_id'] ?? '');
    return this.rows('quota').flatMap((row): Quota[] => {
      const id = row['id'] ?? '';
      const name = row['name'] ?? '';
      const limit = wholeOf(row['qlimit'], 0, 1e9);
      if (row['active'] === '0') return [];
      const parts = [...grouped(members.get(id) ?? [], (one) => one['qid'] ?? '')].map(([qid, same]) => {
        const question = this.groups.flatMap((group) => group.questions).find((one) => one.qid === qid);
        return anyOf(same.map((one) => (question === undefined ? false : this.member(question, one['code'] ?? ''))));
      });
      const condition = draft.kept(allOf(parts), name, 'quota');
      if (limit === undefined || parts.length === 0 || typeof condition === 'boolean') {
        draft.leave('quota', name);
        return [];
      }
      const own = words.get(id) ?? [];
      const text = draft.text(textsOf(own, 'quotals_message', 'quotals_language'), name, true);
      const address = own.map((one) => one['quotals_url'] ?? '').find(isHttps);
      const goes = row['autoload_url'] === '1' && address !== undefined;
      const { title, text: rest } = headed(text) ?? { title: builtIn(draft.languages, THANK_YOU), text };
      const ending = draft.ids.give(`full_${name}`, 'full');
      if (endings.length < 50)
        endings.push({
          id: ending,
          outcome: 'overQuota',
          title,
          // Reached by its quota alone.
          ...present({ text: rest, redirect: goes ? address : undefined }),
        });
      return [
        {
          id: draft.ids.give(`quota_${name}`, 'quota'),
          name: cut(name, 200),
          limit,
          if: condition,
          action: goes ? 'redirect' : 'terminate',
          ending,
        },
      ];
    });
  }

  /** What a response of a quota has answered. */
  member(question: LimeQuestion, code: string): Condition | boolean {
    const found = this.known.get(question.code);
    const id = found?.many === true ? rowsOf(question).find((row) => row.code === code)?.id : found?.choice?.(code);
    if (found === undefined || (id === undefined && (found.many === true || found.choice !== undefined))) return false;
    return { field: found.field, op: 'eq', value: id ?? code };
  }
}

const METHODS: Readonly<Record<string, string>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

function comparison(row: LimeRow): Expression | undefined {
  const op = METHODS[(row['method'] ?? '').trim()];
  const value = (row['value'] ?? '').trim();
  if (op === undefined || value.startsWith('@')) return undefined;
  const name = (row['cfieldname'] ?? '').replace(/^\+/u, '');
  return {
    is: 'op',
    op,
    of: [
      { is: 'field', name },
      { is: 'value', value },
    ],
  };
}
