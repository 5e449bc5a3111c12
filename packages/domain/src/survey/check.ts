import { NOT_APPLICABLE, type UploadedFile } from './answers.ts';
import type { Choice, Question } from './document.ts';
import { SHORT, type Scale, checkNumber, checkScale, checkText, keepable } from './check-typed.ts';
import { type AnswerProblem, type Checked, OPEN, fine, wrong } from './problems.ts';

/** What a question offers to one respondent. */
export interface Offer {
  readonly question: Question;
  /** In the order they are shown. Of a matrix: its columns. */
  readonly choices: readonly Choice[];
  readonly rows: readonly Choice[];
  /** Ids of each set of a MaxDiff. */
  readonly sets: readonly (readonly string[])[];
}

/** Numbers a question is answered in; undefined where it is not answered on a scale. */
export function scaleOf(question: Question): Scale | undefined {
  if (question.kind === 'nps') return { from: 0, to: 10, step: 1 };
  if (question.kind === 'csat') return { from: 1, to: question.points ?? 5, step: 1 };
  if (question.kind === 'ces') return { from: 1, to: 7, step: 1 };
  if (question.kind === 'rating') return { from: question.from, to: question.to, step: 1 };
  return question.kind === 'slider' ? { from: question.from, to: question.to, step: question.step ?? 1 } : undefined;
}

/** How many choices have to be and may be taken, of those that are offered. Of a matrix: in each row. */
export function countsOf(question: Question, offered: number): { readonly least: number; readonly most: number } {
  if (question.kind === 'multiple') return boundsOf(question.least, question.most, offered);
  if (question.kind === 'picture' && question.multiple === true)
    return boundsOf(question.least, question.most, offered);
  return { least: 1, most: question.kind === 'matrix' && question.multiple === true ? offered : 1 };
}

function boundsOf(least = 1, most = Infinity, offered: number): { readonly least: number; readonly most: number } {
  return { least: Math.min(Math.max(least, 1), offered), most: Math.min(most, offered) };
}

/** `today` as 2026-01-31; without it nothing is too early or too late for it. Never throws, whatever `raw` is. */
export function checkAnswer(offer: Offer, raw: unknown, today?: string): Checked {
  const checked = raw === undefined || raw === null || raw === '' ? OPEN : check(offer, raw, today);
  if (checked.answer !== undefined || checked.problems.length > 0) return checked;
  const { required, kind } = offer.question;
  return required === true && kind !== 'statement' ? { problems: [{ code: 'required' }] } : OPEN;
}

function check(offer: Offer, raw: unknown, today: string | undefined): Checked {
  const { question } = offer;
  switch (question.kind) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating':
    case 'slider': {
      if (raw === NOT_APPLICABLE && question.none !== undefined) return fine(raw);
      return typeof raw === 'number' ? checkScale(raw, scaleOf(question)) : wrong('shape');
    }
    case 'number':
      return checkNumber(question, raw);
    case 'single':
    case 'dropdown':
    case 'multiple':
    case 'picture':
      return checkChosen(offer, raw);
    case 'ranking':
      return checkRanking(offer, raw, question.most);
    case 'constantSum':
      return checkSum(offer, raw, question.total);
    case 'maxdiff':
      return checkSets(offer, raw);
    case 'matrix':
      return checkMatrix(offer, raw);
    case 'shortText':
    case 'longText':
    case 'email':
    case 'phone':
    case 'date':
      return typeof raw === 'string' ? checkText(question, raw, today) : wrong('shape');
    case 'file':
      return checkFiles(question, raw);
    case 'consent':
      if (typeof raw !== 'boolean') return wrong('shape');
      return raw || question.required !== true ? fine(raw) : { answer: raw, problems: [{ code: 'required' }] };
    case 'statement':
      return OPEN;
    default:
      return wrong('shape');
  }
}

function checkChosen(offer: Offer, raw: unknown): Checked {
  if (!isRecord(raw) || !isTexts(raw['chosen'])) return wrong('shape');
  const { known, problems } = knownOf(offer.choices, raw['chosen']);
  const chosen = offer.choices.filter((choice) => known.includes(choice.id));
  const said = isRecord(raw['words']) ? raw['words'] : {};
  const words: [string, string][] = [];
  for (const choice of chosen) {
    if (choice.words !== true) continue;
    const typed = Object.hasOwn(said, choice.id) ? said[choice.id] : undefined;
    const text = typeof typed === 'string' ? keepable(typed).slice(0, SHORT) : '';
    if (text.trim() === '') problems.push({ code: 'words', part: choice.id });
    else words.push([choice.id, text]);
  }
  if (chosen.length === 0) return { problems };
  const alone = chosen.find((choice) => choice.exclusive === true);
  const { least, most } = countsOf(offer.question, offer.choices.length);
  if (alone !== undefined && chosen.length > 1) problems.push({ code: 'exclusive', part: alone.id });
  else if (chosen.length > most) problems.push({ code: 'tooMany', params: { most } });
  else if (chosen.length < least && alone === undefined) problems.push({ code: 'tooFew', params: { least } });
  const ids = chosen.map((choice) => choice.id);
  return { answer: words.length === 0 ? { chosen: ids } : { chosen: ids, words: Object.fromEntries(words) }, problems };
}

/** Those of some ids that are offered, each once. */
function knownOf(
  choices: readonly Choice[],
  ids: readonly string[],
): { readonly known: string[]; readonly problems: AnswerProblem[] } {
  const offered = new Set(choices.map((choice) => choice.id));
  const known = [...new Set(ids)].filter((id) => offered.has(id));
  const problems = ids.filter((id) => !offered.has(id)).map((part): AnswerProblem => ({ code: 'unknownChoice', part }));
  return { known, problems: problems.slice(0, 1) };
}

function checkRanking({ question, choices }: Offer, raw: unknown, most = Infinity): Checked {
  // Places as they were given: two alike, or one left out.
  if (isRecord(raw)) return wrong('places');
  if (!isTexts(raw)) return wrong('shape');
  const { known, problems } = knownOf(choices, raw);
  const wanted = Math.min(most, choices.length);
  if (known.length > wanted) problems.push({ code: 'tooMany', params: { most: wanted } });
  if (known.length === 0) return { problems };
  if (question.required === true && known.length < wanted) problems.push({ code: 'tooFew', params: { least: wanted } });
  return { answer: known.slice(0, wanted), problems };
}

function checkSum({ choices }: Offer, raw: unknown, total: number): Checked {
  if (!isRecord(raw)) return wrong('shape');
  const { problems } = knownOf(choices, Object.keys(raw));
  const given: [string, number][] = [];
  for (const { id } of choices) {
    const part = Object.hasOwn(raw, id) ? raw[id] : undefined;
    if (part === undefined || part === null || part === 0) continue;
    if (typeof part === 'number' && Number.isInteger(part) && part > 0 && part <= total) given.push([id, part]);
    else problems.push({ code: 'outOfRange', part: id, params: { from: 0, to: total } });
  }
  if (given.length === 0) return { problems };
  const sum = given.reduce((all, [, part]) => all + part, 0);
  if (sum !== total) problems.push({ code: 'sum', params: { sum, total } });
  return { answer: Object.fromEntries(given), problems };
}

function checkSets({ question, sets }: Offer, raw: unknown): Checked {
  if (!isRecord(raw)) return wrong('shape');
  const given: [string, readonly string[]][] = [];
  const problems: AnswerProblem[] = [];
  sets.forEach((set, i) => {
    const part = String(i);
    const pair = Object.hasOwn(raw, part) ? raw[part] : undefined;
    if (pair === undefined) {
      if (question.required === true) problems.push({ code: 'required', part });
      return;
    }
    const [best, worst] = isTexts(pair) && pair.length === 2 ? pair : [];
    if (best === undefined || worst === undefined || !set.includes(best) || !set.includes(worst))
      problems.push({ code: 'unknownChoice', part });
    else if (best === worst) problems.push({ code: 'same', part });
    else given.push([part, [best, worst]]);
  });
  return given.length === 0 ? { problems: problems.slice(0, 1) } : { answer: Object.fromEntries(given), problems };
}

function checkMatrix({ question, rows, choices }: Offer, raw: unknown): Checked {
  if (!isRecord(raw)) return wrong('shape');
  const { problems } = knownOf(rows, Object.keys(raw));
  const given: [string, readonly string[]][] = [];
  const { most } = countsOf(question, choices.length);
  for (const { id } of rows) {
    const cells = Object.hasOwn(raw, id) ? raw[id] : undefined;
    const { known, problems: odd } = knownOf(choices, isTexts(cells) ? cells : []);
    problems.push(...odd.map((problem) => ({ ...problem, part: id })));
    if (known.length > most) problems.push({ code: 'tooMany', part: id, params: { most } });
    if (known.length === 0 && question.required === true) problems.push({ code: 'required', part: id });
    if (known.length > 0) given.push([id, known]);
  }
  return given.length === 0 ? { problems: problems.slice(0, 1) } : { answer: Object.fromEntries(given), problems };
}

function checkFiles(question: Extract<Question, { kind: 'file' }>, raw: unknown): Checked {
  if (!Array.isArray(raw)) return wrong('shape');
  const problems: AnswerProblem[] = [];
  const files = raw.flatMap((file: unknown) => {
    if (!isRecord(file)) return [];
    const { id, name, bytes, type } = file;
    if (typeof id !== 'string' || typeof name !== 'string' || typeof bytes !== 'number' || typeof type !== 'string')
      return [];
    return [{ id, name, bytes, type }];
  });
  if (files.length < raw.length) return wrong('shape');
  const { most = 1, maxBytes = 10_000_000, accept } = question;
  const good: UploadedFile[] = [];
  for (const file of files) {
    const isOf = (wanted: string): boolean =>
      wanted.endsWith('/*') ? file.type.startsWith(wanted.slice(0, -1)) : file.type === wanted;
    if (file.bytes > maxBytes) problems.push({ code: 'fileSize', part: file.name, params: { most: maxBytes } });
    else if (accept?.some(isOf) === false) problems.push({ code: 'fileType', part: file.name });
    else if (good.length === most) problems.push({ code: 'tooMany', params: { most } });
    // Was not kept, and fits all the same: it is of a kind that is taken nowhere, or empty.
    else if (file.id === '') problems.push({ code: 'fileType', part: file.name });
    else good.push(file);
  }
  return good.length === 0 ? { problems } : { answer: good, problems };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
