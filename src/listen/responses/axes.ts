import { fieldOf, type Question, type QuestionKind, scaleOf } from '@touchstone/domain/survey';
import { Statement } from '../../core/fields/facade.ts';
import type { House } from '../../platform/house/house.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import type { Asked } from './asking.ts';
import type { Axis } from './facts/crossing.ts';
import { selectLevels } from './facts/listing.ts';
import type { Labels } from './reading/crossing.ts';
import { choicesOf } from './reading/documents.ts';
import type { AxisListed } from './shapes.ts';
import { AXES, HIDDEN_BELOW_PEOPLE } from './vocabulary.ts';

/** Kinds whose answers make groups. */
const GROUPING: readonly QuestionKind[] = [
  'nps',
  'csat',
  'ces',
  'rating',
  'single',
  'dropdown',
  'multiple',
  'picture',
  'consent',
  'matrix',
  'ranking',
];

/** Reads the name of an axis. Throws Problem for one there is not. */
export function readAxis(
  asked: Asked,
  name: string,
  place: 'rows' | 'columns',
): { axis: Axis; labels: Labels; since: number } {
  const { documents, workspace } = asked;
  const same = (level: string): string => level;
  const column = AXES.find((one) => one === name);
  if (column !== undefined)
    return { axis: { of: 'column', column }, labels: { several: false, order: [], say: same }, since: 0 };
  if (name.startsWith('hidden.')) {
    const axis = { of: 'hidden', name: name.slice('hidden.'.length) } as const;
    return { axis, labels: { several: false, order: [], say: same }, since: 0 };
  }
  if (name.startsWith('field.')) {
    const field = name.slice('field.'.length);
    if (new Statement('feedback', workspace).level(field) === undefined) throw noAxis(place, name);
    return { axis: { of: 'field', field }, labels: { several: true, order: [], say: same }, since: 0 };
  }
  const field = fieldOf(name);
  const found = field?.of === 'answer' ? documents.questions.get(field.id) : undefined;
  if (field?.of !== 'answer' || found === undefined) throw noAxis(place, name);
  const { question, loop } = found;
  const parted = question.kind === 'matrix' || question.kind === 'ranking';
  if (!GROUPING.includes(question.kind) || parted === (field.row === undefined)) throw noAxis(place, name);
  const scale = scaleOf(question);
  const points =
    scale === undefined ? [] : Array.from({ length: scale.to - scale.from + 1 }, (_, i) => String(scale.from + i));
  const order =
    question.kind === 'matrix'
      ? question.columns.map((one) => one.id)
      : question.kind === 'consent'
        ? ['yes', 'no']
        : question.kind === 'ranking'
          ? choicesOf(question).map((_, i) => String(i + 1))
          : scale === undefined
            ? choicesOf(question).map((choice) => choice.id)
            : points;
  const say = (level: string): string =>
    question.kind === 'matrix'
      ? documents.columnOf(found, level)
      : 'choices' in question && question.kind !== 'ranking'
        ? documents.choiceOf(found, level)
        : level;
  const looped = loop !== undefined;
  return {
    axis: { of: 'question', id: field.id, part: field.row, looped },
    labels: { several: looped || hasSeveral(question), order, say },
    since: found.since,
  };
}

function hasSeveral(question: Question): boolean {
  if (question.kind === 'multiple') return true;
  return (question.kind === 'picture' || question.kind === 'matrix') && question.multiple === true;
}

function noAxis(place: string, name: string) {
  return badInput(
    place,
    name,
    'Responses cannot be grouped by this.',
    'GET /api/v1/surveys/{surveyId}/results/axes lists what they can be grouped by.',
  );
}

/** What responses can be grouped by: questions with their answers, columns and hidden fields with frequent levels. */
export async function listAxes({ facts }: Pick<House, 'facts'>, asked: Asked): Promise<AxisListed[]> {
  const { documents, condition } = asked;
  const questions = [...documents.questions.values()].flatMap((one): AxisListed[] => {
    const { question } = one;
    const title = documents.titleOf(one);
    if (!GROUPING.includes(question.kind)) return [];
    const names =
      question.kind === 'matrix' || question.kind === 'ranking'
        ? choicesOf(question).map((row) => [`${question.id}.${row.id}`, `${title}: ${documents.choiceOf(one, row.id)}`])
        : [[question.id, title]];
    return names.map(([axis = '', label = '']) => {
      const { labels } = readAxis(asked, axis, 'rows');
      return { axis, kind: 'question', label, levels: labels.order.map((id) => ({ id, label: labels.say(id) })) };
    });
  });
  const hidden = new Set(documents.versions.flatMap(({ document }) => (document.hidden ?? []).map((one) => one.id)));
  const others = await Promise.all([
    ...AXES.map(async (kind): Promise<AxisListed> => {
      const levels = await selectLevels(facts, condition, { column: kind });
      return { axis: kind, kind, label: '', levels: levels.map(({ level }) => ({ id: level, label: level })) };
    }),
    ...[...hidden].map(async (name): Promise<AxisListed> => {
      const levels = await selectLevels(facts, condition, { hidden: name });
      const shown = levels.filter(({ n }) => asked.seesPeople || n >= HIDDEN_BELOW_PEOPLE);
      return {
        axis: `hidden.${name}`,
        kind: 'hidden',
        label: name,
        levels: shown.map(({ level }) => ({ id: level, label: level })),
      };
    }),
  ]);
  return [...questions, ...others];
}
