import { INTERVALS } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { Column } from '../../platform/files/tables/table.ts';
import { exportRoutes, inPages } from '../../platform/house/exporting.ts';
import type { House, Route } from '../../platform/house/house.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import { comparisonOf, figuresOf } from './answers.ts';
import {
  type Comment,
  type Comparison,
  commentsFilter,
  field,
  type Figure,
  type GroupFigure,
  metricKey,
  otherSide,
  question,
  type ScorePart,
  type SeriesFigure,
} from './contract.ts';
import { distributionOf } from './distribution.ts';
import { againstOf, askedOf, commentsAsked, seesPeople } from './handlers.ts';
import { commentsAfter } from './lists.ts';
import type { MetricKey } from './vocabulary.ts';

const PAGE = 5_000;
const MOST_GROUPS = 500;

const FIGURE: readonly Column<Figure>[] = [
  { name: 'value', kind: 'number', of: (f) => f.value },
  { name: 'low', kind: 'number', of: (f) => f.low },
  { name: 'high', kind: 'number', of: (f) => f.high },
  { name: 'n', kind: 'number', of: (f) => f.n },
  { name: 'people', kind: 'number', of: (f) => f.people },
  { name: 'few', kind: 'boolean', of: (f) => f.few },
  { name: 'reason', kind: 'text', of: (f) => f.reason },
];

const SERIES: readonly Column<SeriesFigure>[] = [
  { name: 'at', kind: 'day', of: (f) => f.at },
  { name: 'partial', kind: 'boolean', of: (f) => f.partial },
  { name: 'group', kind: 'text', of: (f) => f.key },
  ...FIGURE,
];

const GROUPS: readonly Column<GroupFigure>[] = [
  { name: 'group', kind: 'text', of: (f) => f.key },
  { name: 'label', kind: 'text', of: (f) => f.label },
  ...FIGURE,
];

const PARTS: readonly Column<ScorePart>[] = [
  { name: 'from', kind: 'number', of: (p) => p.from },
  { name: 'to', kind: 'number', of: (p) => p.to },
  { name: 'mood', kind: 'text', of: (p) => p.mood },
  { name: 'n', kind: 'number', of: (p) => p.n },
  { name: 'people', kind: 'number', of: (p) => p.people },
  { name: 'share', kind: 'number', of: (p) => p.share },
  { name: 'low', kind: 'number', of: (p) => p.low },
  { name: 'high', kind: 'number', of: (p) => p.high },
];

/** A side of a comparison, or their difference. */
interface Side {
  readonly side: 'first' | 'second' | 'difference';
  readonly from: string | null;
  readonly to: string | null;
  readonly filter: string | null;
  readonly figure: Pick<Figure, 'value' | 'low' | 'high'> & Partial<Figure>;
  readonly verdict: string | null;
}

const SIDES: readonly Column<Side>[] = [
  { name: 'side', kind: 'text', of: (s) => s.side },
  { name: 'from', kind: 'day', of: (s) => s.from },
  { name: 'to', kind: 'day', of: (s) => s.to },
  { name: 'filter', kind: 'text', of: (s) => s.filter },
  { name: 'value', kind: 'number', of: (s) => s.figure.value },
  { name: 'low', kind: 'number', of: (s) => s.figure.low },
  { name: 'high', kind: 'number', of: (s) => s.figure.high },
  { name: 'n', kind: 'number', of: (s) => s.figure.n ?? null },
  { name: 'people', kind: 'number', of: (s) => s.figure.people ?? null },
  { name: 'few', kind: 'boolean', of: (s) => s.figure.few ?? null },
  { name: 'reason', kind: 'text', of: (s) => s.figure.reason ?? null },
  { name: 'verdict', kind: 'text', of: (s) => s.verdict },
];

function sidesOf({ first, second, difference, lineage, against }: Comparison): Side[] {
  const side = (name: Side['side'], figure: Figure, { from, to, filter }: Comparison['lineage']): Side => ({
    side: name,
    from,
    to,
    filter,
    figure,
    verdict: null,
  });
  const between: Side[] =
    difference === null
      ? []
      : [{ side: 'difference', from: null, to: null, filter: null, figure: difference, verdict: difference.verdict }];
  return [side('first', first, lineage), side('second', second, against), ...between];
}

const COMMENTS: readonly Column<Comment>[] = [
  { name: 'feedback_id', kind: 'text', of: (c) => c.id },
  { name: 'at', kind: 'moment', of: (c) => c.at },
  { name: 'text', kind: 'text', of: (c) => c.text },
  { name: 'score', kind: 'number', of: (c) => c.score },
  { name: 'scale_min', kind: 'number', of: (c) => c.scaleMin },
  { name: 'scale_max', kind: 'number', of: (c) => c.scaleMax },
  { name: 'mood', kind: 'text', of: (c) => c.mood },
  { name: 'language', kind: 'text', of: (c) => c.language },
  { name: 'source', kind: 'text', of: (c) => c.source },
  { name: 'instrument', kind: 'text', of: (c) => c.instrument },
  { name: 'person_id', kind: 'text', of: (c) => c.person?.id ?? null },
  { name: 'person', kind: 'text', of: (c) => c.person?.label ?? null },
  { name: 'order_id', kind: 'text', of: (c) => c.orderId },
  { name: 'late', kind: 'boolean', of: (c) => c.late },
  { name: 'touchpoint', kind: 'text', of: (c) => c.touchpoint.name },
  { name: 'stage', kind: 'text', of: (c) => c.stage.name },
  { name: 'channel', kind: 'text', of: (c) => c.channel },
];

function metricOf(text: string | undefined): MetricKey {
  const key = metricKey.safeParse(text);
  if (key.success) return key.data;
  throw badInput('key', text, 'There is no such metric.', 'GET /api/v1/metrics lists them.');
}

/** Comments as their page finds them, and a metric's course, its groups, its scores and two sides of it compared, as files. */
export function metricsRoutes(house: House): Route[] {
  const figures = { permission: 'metrics:read', audit: { none: 'Figures of many people.' } } as const;
  return [
    ...exportRoutes({
      path: '/api/v1/comments',
      permission: 'comments:read',
      audit: { look: 'comments' },
      filter: z.object(commentsFilter),
      open: (asking, context, signal) => {
        const { workspace } = context;
        const asked = commentsAsked(house, workspace, asking);
        const sees = seesPeople(context);
        return {
          name: 'comments',
          zone: workspace.zone,
          columns: COMMENTS,
          rows: inPages(PAGE, (last: Comment | undefined, limit) =>
            commentsAfter(house, asked, asking.search, { last, limit, signal, seesPeople: sees }),
          ),
        };
      },
    }),
    ...exportRoutes({
      ...figures,
      path: '/api/v1/metrics/:key/series',
      filter: z.object({ ...question, interval: z.enum(INTERVALS), by: field.optional() }),
      open: async ({ interval, by, ...asking }, context) => {
        const key = metricOf(context.params['key']);
        const wanted = { interval, by, limit: MOST_GROUPS, seesPeople: seesPeople(context) };
        const { series } = await figuresOf(house, askedOf(context.workspace, asking), key, wanted);
        return { name: `${key}-by-${interval}`, zone: context.workspace.zone, columns: SERIES, rows: inOne(series) };
      },
    }),
    ...exportRoutes({
      ...figures,
      path: '/api/v1/metrics/:key/groups',
      filter: z.object({ ...question, by: field }),
      open: async ({ by, ...asking }, context) => {
        const key = metricOf(context.params['key']);
        const wanted = { by, limit: MOST_GROUPS, seesPeople: seesPeople(context) };
        const { groups } = await figuresOf(house, askedOf(context.workspace, asking), key, wanted);
        return { name: `${key}-by-${by}`, zone: context.workspace.zone, columns: GROUPS, rows: inOne(groups) };
      },
    }),
    ...exportRoutes({
      ...figures,
      path: '/api/v1/metrics/:key/distribution',
      filter: z.object(question),
      open: async (asking, context) => {
        const key = metricOf(context.params['key']);
        const asked = askedOf(context.workspace, asking);
        const { moods, scores } = await distributionOf(house, asked, key, seesPeople(context));
        const rows = scores.length === 0 ? moods : scores;
        return { name: `${key}-by-score`, zone: context.workspace.zone, columns: PARTS, rows: inOne(rows) };
      },
    }),
    ...exportRoutes({
      ...figures,
      path: '/api/v1/metrics/:key/compare',
      filter: z.object({ ...question, ...otherSide }),
      open: async (asking, context) => {
        const key = metricOf(context.params['key']);
        const asked = askedOf(context.workspace, asking);
        const found = await comparisonOf(house, asked, key, againstOf(asked, asking), seesPeople(context));
        return { name: `${key}-compared`, zone: context.workspace.zone, columns: SIDES, rows: inOne(sidesOf(found)) };
      },
    }),
  ];
}

async function* inOne<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows;
}
