import type { Question } from '../document.ts';
import { named } from './draft.ts';
import { NO, YES, isHttps, numberOf, present, recordsOf, stringOf, wholeOf, writtenOf } from './reading.ts';
import { type Base, CHOOSING, type Lent, choosing, rating, worded } from './surveyjs-choosing.ts';
import { matrices, matrix } from './surveyjs-matrix.ts';
import type { Item } from './surveyjs-parts.ts';
import { lengths, stepOf, typed } from './surveyjs-typed.ts';

/** Said only where it is set and cannot be carried over. */
const SAID = {
  requiredIf: 'required',
  defaultValue: 'default',
  defaultRowValue: 'default',
  defaultValueExpression: 'calculation',
  setValueExpression: 'calculation',
  setValueIf: 'calculation',
  resetValueIf: 'calculation',
  enableIf: 'condition',
  minValueExpression: 'validation',
  maxValueExpression: 'validation',
  maskType: 'validation',
  correctAnswer: 'quiz',
  timeLimit: 'timer',
} as const;

/** The questions made of one element: most are one, a list of texts is several. None where it cannot be carried over. */
export function questionsOf(item: Item, lent: Lent): Question[] {
  const { element, type, name } = item;
  const { draft } = lent;
  for (const [key, code] of Object.entries(SAID)) {
    const value = element[key];
    if (value !== undefined && value !== '' && value !== false) draft.leave(code, name, writtenOf(value));
  }
  const id = lent.id(name);
  const isHtml = type === 'html';
  const said = type === 'html' ? lent.local(element['html']) : lent.local(element['title']);
  const base = {
    id,
    ...named(id, name),
    title: draft.titled(said, name, name, isHtml),
    ...present({
      help: draft.text(lent.local(element['description']), name),
      required: element['isRequired'] === true ? (true as const) : undefined,
    }),
  };
  const made = questionOf(base, item, lent);
  if (made === undefined) return [];
  const commented = element['showCommentArea'] === true || element['hasComment'] === true;
  const comment: Question[] = commented
    ? [
        {
          id: lent.id(`${name}-Comment`),
          kind: 'longText',
          title: draft.titled(lent.local(element['commentText']), name, 'Comment'),
        },
      ]
    : [];
  return [...[made].flat(), ...comment];
}

function questionOf(base: Base, item: Item, lent: Lent): Question | Question[] | undefined {
  const { element, type, name } = item;
  const { draft } = lent;
  if (CHOOSING.has(type)) return choosing(base, item, lent);
  switch (type) {
    case 'text':
      return typed(base, element, name, lent);
    case 'comment':
      return { ...base, kind: 'longText', ...lengths(element, name, lent) };
    case 'rating':
      return rating(base, element, name, lent);
    case 'boolean':
      return {
        ...base,
        kind: 'single',
        choices: [
          { id: 'yes', text: worded(lent, element['labelTrue'], YES, name) },
          { id: 'no', text: worded(lent, element['labelFalse'], NO, name) },
        ],
      };
    case 'matrix':
      return matrix(base, element, name, lent);
    case 'matrixdropdown':
      return matrices(base, element, name, lent);
    case 'multipletext':
      return recordsOf(element['items']).map((part) => {
        const own = `${name}.${stringOf(part['name'])}`;
        const id = lent.id(own);
        const title = draft.titled(lent.local(part['title']), own, stringOf(part['name']));
        const both = Object.fromEntries(
          Object.entries(title).map(([tag, text]) => [
            tag,
            `${base.title[tag] ?? base.title[draft.base] ?? ''} – ${text}`,
          ]),
        );
        const required = part['isRequired'] === true || base.required === true ? { required: true as const } : {};
        return typed({ id, ...named(id, own), title: both, ...required }, part, own, lent);
      });
    case 'slider': {
      const from = numberOf(element['min']) ?? 0;
      const to = numberOf(element['max']) ?? 100;
      if (element['sliderType'] === 'range') return unknown(lent, name, 'slider (range)');
      return { ...base, kind: 'slider', from, to, ...present({ step: stepOf(element) }) };
    }
    case 'file': {
      const accept = stringOf(element['acceptedTypes'])
        .split(',')
        .map((one) => one.trim())
        .filter((one) => /^[a-z]+\/([a-zA-Z0-9.+-]+|\*)$/u.test(one));
      return {
        ...base,
        kind: 'file',
        ...present({
          accept: accept.length > 0 ? accept.slice(0, 20) : undefined,
          most: element['allowMultiple'] === true ? (wholeOf(element['maxFiles'], 1, 20) ?? 20) : undefined,
          maxBytes: wholeOf(element['maxSize'], 1, 100_000_000),
        }),
      };
    }
    case 'html':
    case 'panel':
      return { id: base.id, kind: 'statement', title: base.title, ...present({ help: base.help }) };
    case 'image': {
      const picture = element['imageLink'];
      if (!isHttps(picture)) return unknown(lent, name, 'image');
      return { id: base.id, kind: 'statement', title: worded(lent, element['altText'], { en: '…' }, name), picture };
    }
    case 'expression':
      draft.leave('calculation', name, stringOf(element['expression']));
      return undefined;
    case 'paneldynamic':
    case 'matrixdynamic':
      draft.leave('repeated', name, type);
      return undefined;
    default:
      return unknown(lent, name, type);
  }
}

function unknown({ draft }: Lent, name: string, type: string): undefined {
  draft.leave('kind', name, type);
}
