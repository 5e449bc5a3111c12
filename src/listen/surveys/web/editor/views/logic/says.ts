import type { Predicate, Scalar } from '@touchstone/domain/predicate';
import { fieldOf, type SurveyDocument, textIn } from '@touchstone/domain/survey';
import type { Translate } from '../../../../../../platform/web/ui/index.ts';
import { apart } from '../../../../../../platform/web/ui/i18n/apart.ts';
import { type FieldKind, type FormOp, readPiece } from './condition.ts';
import {
  choicesOf,
  fieldFinder,
  type KnownField,
  loopSubject,
  shortened,
  type Subject,
  subjectsAt,
  titleOf,
} from './known.ts';

/** Everything there is to ask of, whatever the place: a condition is said even where it is wrong. */
const ANYWHERE = 'endings';

export interface Saying {
  readonly document: SurveyDocument;
  /** Of the survey's own texts. */
  readonly language: string;
  readonly t: Translate;
  /** The reader's, for lists and numbers. */
  readonly locale: string;
}

/** A condition as a sentence: “How likely …” is less than 7. */
export function sayCondition(predicate: Predicate, saying: Saying): string {
  return conditionSayer(saying)(predicate);
}

/** Says many conditions of one document: what they can ask of is looked up once. */
export function conditionSayer(saying: Saying): (predicate: Predicate) => string {
  let speaker: Speaker | undefined;
  return (predicate) => (speaker ??= speakerOf(saying)).say(predicate, false);
}

function speakerOf(saying: Saying): Speaker {
  const { document, language } = saying;
  const anywhere = subjectsAt(document, ANYWHERE, language);
  const loops = (document.loops ?? []).flatMap((loop) => loopSubject(document, loop.id, language));
  return new Speaker(saying, fieldFinder([...anywhere, ...loops]));
}

class Speaker {
  constructor(
    readonly saying: Saying,
    readonly fieldNamed: (field: string) => KnownField | undefined,
  ) {}

  say(predicate: Predicate, within: boolean): string {
    const { t, locale } = this.saying;
    if ('all' in predicate || 'any' in predicate) {
      const [inner, type] =
        'all' in predicate ? ([predicate.all, 'conjunction'] as const) : ([predicate.any, 'disjunction'] as const);
      if (inner.length === 0) return t('surveys.logic.say.always');
      const parts = inner.map((one) => this.say(one, inner.length > 1));
      const said = new Intl.ListFormat(locale, { type }).format(parts);
      return within && parts.length > 1 ? `(${said})` : said;
    }
    const piece = readPiece(predicate, (field) => this.kindOf(field));
    if (piece.is === 'row') return this.row(piece, this.kindOf(piece.field) ?? 'text');
    if ('not' in predicate) return t('surveys.logic.say.not', { what: this.say(predicate.not, false) });
    // What the form does not know it says all the same, of whatever field.
    const { field, op } = predicate;
    if (op === 'glob')
      return t('surveys.logic.say.glob', { field: this.field(field), value: this.value(field, predicate.value) });
    const values = op === 'exists' ? [] : op === 'in' ? predicate.value : [predicate.value];
    return this.row({ field, op, values }, 'text');
  }

  row({ field, op, values }: { field: string; op: FormOp; values: readonly Scalar[] }, kind: FieldKind): string {
    const { t, locale } = this.saying;
    const said = values.map((value) => this.value(field, value));
    const value = said.length < 2 ? (said[0] ?? '') : new Intl.ListFormat(locale, { type: 'disjunction' }).format(said);
    return t(`surveys.logic.say.${wordFor(op, kind)}`, { field: this.field(field), value });
  }

  kindOf(field: string): FieldKind | undefined {
    return this.fieldNamed(field)?.kind;
  }

  field(name: string): string {
    return sayField(name, this.saying);
  }

  value(field: string, value: Scalar): string {
    const { t, locale } = this.saying;
    const known = this.fieldNamed(field)?.values.find((one) => one.value === value);
    if (known !== undefined) return t('surveys.logic.quoted', { what: apart(known.words) });
    if (typeof value === 'boolean') return t(value ? 'surveys.logic.yes' : 'surveys.logic.no');
    if (typeof value === 'number') return new Intl.NumberFormat(locale, { maximumFractionDigits: 15 }).format(value);
    return t('surveys.logic.quoted', { what: apart(value) });
  }
}

type Listed = 'eq' | 'ne' | 'in' | 'notIn';
type Ordered = 'lt' | 'le' | 'gt' | 'ge';

/** Which words say a comparison: days come before and after, lists include, scales are less and more. */
export function wordFor(op: FormOp, kind: FieldKind): FormOp | `several.${Listed}` | `date.${Ordered}` {
  if (kind === 'several' && (op === 'eq' || op === 'ne' || op === 'in' || op === 'notIn')) return `several.${op}`;
  if (kind === 'date' && (op === 'lt' || op === 'le' || op === 'gt' || op === 'ge')) return `date.${op}`;
  return op;
}

/** What a field is called in a sentence. */
export function sayField(name: string, { document, language, t }: Saying): string {
  const field = fieldOf(name);
  if (field === undefined) return t('surveys.logic.quoted', { what: apart(name) });
  if (field.of === 'loop') return t(field.id === '' ? 'surveys.logic.field.loop' : 'surveys.logic.field.index');
  if (field.of === 'hidden') return t('surveys.logic.field.hidden', { what: apart(field.id) });
  if (field.of === 'person') return t('surveys.logic.field.person', { what: apart(field.id) });
  if (field.of === 'score') {
    const score = document.scores?.find((one) => one.id === field.id);
    const words = shortened(textIn(document, score?.name, language)) || field.id;
    return t('surveys.logic.field.score', { what: apart(words) });
  }
  const question = document.pages.flatMap((page) => page.questions).find((one) => one.id === field.id);
  const what = apart(question === undefined ? field.id : titleOf(document, question, language));
  if (field.of === 'count') return t('surveys.logic.field.count', { what });
  if (field.of !== 'answer' || field.row === undefined) return t('surveys.logic.quoted', { what });
  const row = choicesOf(document, field.id).find((one) => one.id === field.row);
  const words = shortened(textIn(document, row?.text, language)) || field.row;
  return t('surveys.logic.field.row', { what, row: apart(words) });
}

/** A whole subject in a list to choose from. */
export function saySubject(subject: Subject, t: Translate): string {
  if (subject.of === 'person') return t('surveys.logic.subject.person');
  if (subject.of === 'loop') return t('surveys.logic.field.loop');
  if (subject.of === 'answer') return subject.words;
  return t(`surveys.logic.field.${subject.of}`, { what: apart(subject.words) });
}

/** A part of it: the answer itself, a row, how many. */
export function sayPart({ part, words }: KnownField, t: Translate): string {
  return part === 'row' ? words : t(`surveys.logic.part.${part}`);
}
