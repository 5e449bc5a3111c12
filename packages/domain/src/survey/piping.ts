import type { FieldValue, Scalar } from '../predicate/index.ts';
import type { Choice, Localized } from './document.ts';
import { fieldOf, isList, wordsOf } from './fields.ts';
import { type Known, type Round, type ShownQuestion, readField, shownOf } from './known.ts';
import { textIn } from './prepare.ts';

/** `{{field}}` or `{{field|what stands there when there is none}}`. */
const PIPE = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/gu;

/** The fields a text pipes in, each once. */
export function pipesOf(text: string): string[] {
  return [...new Set([...text.matchAll(PIPE)].map(([, name = '']) => name.trim()))];
}

/**
 * A text in the respondent's language with answers, traits and hidden fields put in. What is put in is not read again,
 * and none of it is HTML: whoever shows it escapes it whole.
 */
export function say(found: Known, text: Localized | undefined, round?: Round): string {
  const plain = textIn(found.survey.document, text, found.context.language);
  if (!plain.includes('{{')) return plain;
  return plain.replace(PIPE, (_, name: string, fallback: string | undefined) => {
    const said = piped(found, name.trim(), round);
    return said === '' ? (fallback ?? '').trim() : said;
  });
}

function piped(found: Known, name: string, round: Round | undefined): string {
  const field = fieldOf(name);
  const { language } = found.context;
  if (field?.of === 'loop' && field.id === '') return round === undefined ? '' : label(found, round.item);
  if (field?.of !== 'answer')
    return list(
      scalars(readField(found, name, round)).map((value) => plain(value, language)),
      language,
    );
  const parts = shownOf(found, field.id, round).flatMap((shown) => labels(found, shown, name, shown.round ?? round));
  return list(parts, language);
}

/** The words of what was answered: labels for ids, what was typed for the others. */
function labels(found: Known, shown: ShownQuestion, name: string, round: Round | undefined): string[] {
  const { answer, question, choices, rows } = shown;
  const { language } = found.context;
  const words = wordsOf(answer);
  return scalars(readField(found, name, round)).map((value) => {
    if (typeof value === 'boolean') return '';
    if (question.kind === 'date' && typeof value === 'string') return day(value, language);
    if (typeof value === 'number') return plain(value, language);
    if (Object.hasOwn(words, value)) return words[value] ?? '';
    const choice = choices.find((one) => one.id === value) ?? rows.find((one) => one.id === value);
    if (choice !== undefined) return label(found, choice);
    return 'none' in question && value === 'none' ? textIn(found.survey.document, question.none, language) : value;
  });
}

function label(found: Known, choice: Choice): string {
  return textIn(found.survey.document, choice.text, found.context.language);
}

function scalars(value: FieldValue): Scalar[] {
  const all = isList(value) ? value : [value];
  return all.flatMap((one) => (one === null || one === undefined || one === '' ? [] : [one]));
}

function plain(value: Scalar, language: string): string {
  if (typeof value !== 'number') return String(value);
  return inLanguage(language, (tag) => new Intl.NumberFormat(tag).format(value)) ?? String(value);
}

function day(value: string, language: string): string {
  return (
    inLanguage(language, (tag) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`)),
    ) ?? value
  );
}

function list(parts: readonly string[], language: string): string {
  if (parts.length < 2) return parts[0] ?? '';
  return inLanguage(language, (tag) => new Intl.ListFormat(tag).format(parts)) ?? parts.join(', ');
}

/** Tags are any text; those Intl does not take give nothing. */
function inLanguage(language: string, work: (tag: string) => string): string | undefined {
  try {
    return work(language);
  } catch {
    return undefined;
  }
}
