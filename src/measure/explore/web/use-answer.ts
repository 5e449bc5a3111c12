import type { Interval } from '@touchstone/domain/calendar';
import type { UseQueryResult } from '@tanstack/react-query';
import { api, type ProblemError, useRead } from '../../../platform/web/client/index.ts';
import type { Comparison, Contrasts, FieldInfo, Figures, MetricInfo } from '../../metrics/contract.ts';
import type { AskedPeriod } from '../../metrics/web/parts.ts';
import type { View } from '../vocabulary.ts';
import { SHOWS } from './question.tsx';
import type { Side } from './sides.ts';

/** Small multiples that are drawn before the reader asks for all there are. */
export const FIRST_MULTIPLES = 8;
/** Groups the API gives a series of. */
const MOST_SERIES = 20;
const MOST_GROUPS = 100;

/** What was asked, whole: an answer is drawn by its own question, not by what is being chosen meanwhile. */
export interface Question {
  readonly info: MetricInfo;
  readonly view: View;
  /** Undefined where the view shows no groups. */
  readonly by: string | undefined;
  readonly interval: Interval;
  readonly asked: AskedPeriod;
}

export interface Answer {
  readonly question: Question;
  readonly figures: Figures;
}

/** The figures of a view. */
export function useAnswer(question: Question, enabled: boolean): UseQueryResult<Answer, ProblemError> {
  const { info, view, by, interval, asked } = question;
  const { from, to, filter } = asked;
  const timed = SHOWS[view].time;
  const limit = timed ? MOST_SERIES : MOST_GROUPS;
  const input = {
    key: info.key,
    from,
    to,
    filter,
    ...(timed ? { interval } : {}),
    ...(by === undefined ? {} : { by, limit }),
  };
  return useRead(
    ['metrics', 'explored', view, input],
    async (signal) => ({ question, figures: await api.metrics.get(input, { signal }) }),
    { enabled },
  );
}

/** The course of the period compared with, drawn behind the line. */
export function useBefore(question: Question, against: { readonly from: string; readonly to: string } | undefined) {
  const { info, interval, asked, view } = question;
  const input = { key: info.key, from: against?.from ?? '', to: against?.to ?? '', filter: asked.filter, interval };
  return useRead(['metrics', 'explored-before', input], (signal) => api.metrics.get(input, { signal }), {
    enabled: view === 'line' && against !== undefined,
  });
}

/** Each group against all others, corrected for one another. */
export function useContrasts(
  question: Question,
  enabled: boolean,
): UseQueryResult<Contrasts & { readonly by: string }, ProblemError> {
  const { info, asked, by = '' } = question;
  const { from, to, filter } = asked;
  const input = { key: info.key, from, to, filter, by, limit: 100 };
  return useRead(
    ['metrics', 'explored-contrasts', input],
    async (signal) => ({ ...(await api.metrics.contrasts(input, { signal })), by }),
    { enabled },
  );
}

export interface Compared {
  readonly first: Side;
  readonly second: Side;
  readonly comparison: Comparison;
}

export function useCompared(
  info: MetricInfo,
  sides: { readonly first: Side; readonly second: Side } | undefined,
): UseQueryResult<Compared, ProblemError> {
  const { first, second } = sides ?? { first: EMPTY, second: EMPTY };
  const input = {
    key: info.key,
    ...first,
    againstFrom: second.from,
    againstTo: second.to,
    againstFilter: second.filter,
  };
  return useRead(
    ['metrics', 'explored-compare', input],
    async (signal) => ({ first, second, comparison: await api.metrics.compare(input, { signal }) }),
    { enabled: sides !== undefined },
  );
}

const EMPTY: Side = { from: '', to: '', filter: '' };

/** The property that groups are made by where none is chosen: of orders, which all lie at one stage, one of their own. */
export function usualBy(info: MetricInfo, fields: readonly FieldInfo[]): string {
  if (info.source !== 'orders') return 'stage';
  return fields.find((f) => f.of === 'order' && f.groups && f.levels.length > 1)?.field ?? 'channel';
}
