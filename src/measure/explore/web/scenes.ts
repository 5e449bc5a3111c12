import type { Format, Translate } from '../../../platform/web/ui/index.ts';
import type { Contrasts, Figures, GroupFigure, SeriesFigure } from '../../metrics/contract.ts';
import { fromLeft } from '../../../platform/web/ui/i18n/apart.ts';
import { bucketWords, levelWords } from '../../metrics/web/facade.ts';
import { differencesOf, groupTone } from './differences.ts';
import { refTo } from './evidence-ref.ts';
import { groupsScene } from './picture/groups.ts';
import { lineScene, type LinePoint } from './picture/line.ts';
import { multiplesScene } from './picture/multiples.ts';
import { movedBy, type Scene } from './picture/scene.ts';

import type { Answer, Compared } from './use-answer.ts';
import { figureWords, foundWords } from './words.ts';

/** Rows of a picture; the table and the export hold the others. */
export const MOST_ROWS = 30;

export interface Speech {
  readonly t: Translate;
  readonly format: Format;
  readonly rtl: boolean;
}

function pointsOf(
  answer: Answer,
  key: string | null,
  { t, format }: Speech,
  before: readonly SeriesFigure[] = [],
): LinePoint[] {
  const { question, figures } = answer;
  const words = figureWords(question.info, t, format);
  return figures.series
    .filter((s) => s.key === key)
    .map((s, i) => {
      const label = bucketWords(s.at, question.interval, format);
      const other = before[i]?.value;
      const said = words.says(label, s);
      return {
        label,
        value: s.value,
        low: s.low,
        high: s.high,
        partial: s.partial,
        before: other ?? null,
        says: other === null || other === undefined ? said : `${said} · ${t('explore.before', { value: words.writer.value(other) })}`, // prettier-ignore
        ref: refTo({ at: s.at, of: s.key }),
      };
    });
}

export function linePicture(answer: Answer, speech: Speech, before?: Figures): (width: number) => Scene {
  const { info } = answer.question;
  const { writer } = figureWords(info, speech.t, speech.format);
  const points = pointsOf(answer, null, speech, before?.series);
  return (width) =>
    lineScene({ points, width, height: width < 520 ? 220 : 280, tick: writer.tick, fromZero: info.unit === 'count' });
}

export function groupsPicture(
  answer: Answer,
  contrasts: Contrasts | undefined,
  speech: Speech,
): (width: number) => Scene {
  const { t, format, rtl } = speech;
  const { question, figures } = answer;
  const { info, by = '' } = question;
  const words = figureWords(info, t, format);
  const differences = differencesOf(contrasts);
  const rows = figures.groups
    .filter((g) => g.value !== null)
    .slice(0, MOST_ROWS)
    .map((g) => ({
      label: levelWords(by, g.label, t),
      note: `${t('web.figure.n', { n: g.n })}${g.few ? ` · ${t('metrics.few')}` : ''}`,
      words: words.figure(g),
      value: g.value,
      low: g.low,
      high: g.high,
      tone: groupTone(differences.get(g.key), info),
      says: words.says(levelWords(by, g.label, t), g),
      ref: refTo({ of: g.key }),
    }));
  const { value } = figures.overall;
  const all =
    value === null || info.unit === 'count'
      ? undefined
      : { value, label: t('explore.groups.all', { value: words.writer.value(value) }) };
  return (width) => groupsScene({ rows, width, tick: words.writer.tick, bars: info.unit === 'count', all, rtl });
}

export function multiplesPicture(
  answer: Answer,
  groups: readonly GroupFigure[],
  speech: Speech,
): (width: number) => Scene {
  const { t, format, rtl } = speech;
  const { info, by = '' } = answer.question;
  const { writer } = figureWords(info, t, format);
  const items = groups.map((g) => ({
    label: levelWords(by, g.label, t),
    note: `${t('web.figure.n', { n: g.n })}${g.few ? ` · ${t('metrics.few')}` : ''}`,
    points: pointsOf(answer, g.key, speech).map((p) => ({ ...p, says: `${levelWords(by, g.label, t)} · ${p.says}` })),
  }));
  // What is counted adds up to all together, which would press each group flat.
  const counted = info.unit === 'count';
  const beside = counted ? [] : pointsOf(answer, null, speech).map((p) => p.value);
  return (width) => multiplesScene({ items, beside, width, tick: writer.tick, fromZero: counted, rtl });
}

/** The two sides on one scale, and under them their difference on one that holds zero. */
export function comparePicture(
  compared: Compared,
  answer: {
    readonly info: Answer['question']['info'];
    readonly labels: readonly [string, string];
    readonly sure: boolean;
  },
  { t, format, rtl }: Speech,
): (width: number) => Scene {
  const { info, labels, sure } = answer;
  const { first, second, difference } = compared.comparison;
  const words = figureWords(info, t, format);
  const { writer } = words;
  const sides = [first, second].map((figure, i) => ({
    label: labels[i] ?? '',
    note: `${t('web.figure.n', { n: figure.n })}${figure.few ? ` · ${t('metrics.few')}` : ''}`,
    words: words.figure(figure),
    value: figure.value,
    low: figure.low,
    high: figure.high,
    tone: 'plain' as const,
    says: words.says(labels[i] ?? '', figure),
    ref: i === 0 ? 'all' : 'other',
  }));
  const between =
    difference === null
      ? undefined
      : {
          label: t('explore.compare.difference'),
          note: sure ? '' : t('web.effects.unsure'),
          words: fromLeft(writer.signed(difference.value)),
          value: difference.value,
          low: difference.low,
          high: difference.high,
          tone: sure ? groupTone({ ...difference, pCorrected: difference.p }, info) : ('neither' as const),
          says: foundWords(info, difference, t, format),
          ref: 'all',
        };
  return (width) => {
    const shared = { width, tick: writer.tick, rtl };
    const above = groupsScene({ ...shared, rows: sides, bars: info.unit === 'count' });
    if (between === undefined) return above;
    const below = groupsScene({ ...shared, tick: writer.signed, rows: [between], bars: false, aroundZero: true });
    return stacked(above, below, 16);
  };
}

function stacked(above: Scene, below: Scene, gap: number): Scene {
  const lower = movedBy(below, 0, above.height + gap);
  return {
    width: above.width,
    height: above.height + gap + below.height,
    shapes: [...above.shapes, ...lower.shapes],
    marks: [...above.marks, ...lower.marks],
  };
}
