import { z } from 'zod';
import { instant } from '../../platform/kernel/contract.ts';
import { field } from './shapes.ts';

/** A property one may break down or filter by: `order.payment_type`. */
export const fieldInfo = z.object({
  field,
  /** Whose property it is. `fact`: touchpoint, stage, channel. */
  of: z.enum(['fact', 'feedback', 'order', 'person']),
  name: z.string(),
  /** `text`: few or many levels; `number`; `list`. */
  kind: z.enum(['text', 'number', 'boolean', 'list']),
  /** Whether its levels make groups one can compare: not of numbers, nor where nearly everybody has a level of their own (names, addresses, days). */
  groups: z.boolean(),
  /** Frequent levels, most frequent first, at most 20; empty where they make no groups. */
  levels: z.array(z.object({ key: z.string(), label: z.string(), rows: z.number().int() })),
});
export type FieldInfo = z.infer<typeof fieldInfo>;

/** A row behind a figure. */
export const metricRow = z.object({
  id: z.string(),
  of: z.enum(['feedback', 'order']),
  at: instant,
  /** What it adds to the mean: 100, 0 or -100 for NPS, 1 or 0 for shares, the score or the days else; null where it only counts. */
  value: z.number().nullable(),
  score: z.number().nullable(),
  text: z.string(),
  person: z.object({ id: z.string(), label: z.string() }).nullable(),
  orderId: z.string().nullable(),
  touchpoint: z.string(),
  stage: z.string(),
  channel: z.string(),
});
export type MetricRow = z.infer<typeof metricRow>;

/** What somebody said, with who and about what. */
export const comment = z.object({
  id: z.string(),
  at: instant,
  text: z.string(),
  language: z.string(),
  source: z.string(),
  instrument: z.string(),
  score: z.number().nullable(),
  scaleMin: z.number().nullable(),
  scaleMax: z.number().nullable(),
  /** How the score stands on its scale; null without one. `low`: detractor or the lower half, `high`: promoter or top box. */
  mood: z.enum(['low', 'middle', 'high']).nullable(),
  /** null: nobody known, or the caller may not see people. */
  person: z.object({ id: z.string(), label: z.string() }).nullable(),
  orderId: z.string().nullable(),
  /** Of its order; null where unknown. */
  late: z.boolean().nullable(),
  /** Catalogue ids and names, "" where there is none. */
  touchpoint: z.object({ id: z.string(), name: z.string() }),
  stage: z.object({ id: z.string(), name: z.string() }),
  channel: z.string(),
});
export type Comment = z.infer<typeof comment>;
