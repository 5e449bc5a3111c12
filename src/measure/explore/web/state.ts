import { INTERVALS, type Interval, isDay } from '@touchstone/domain/calendar';
import { ALL_TIME, saysPeriod, scopeIn, type Address, type ScopeSaid } from '../../../platform/web/ui/address.ts';
import { METRIC_KEYS, type MetricKey } from '../../metrics/vocabulary.ts';
import type { ViewState } from '../contract.ts';
import { AGAINST, type Against, type PeriodBefore, PERIODS_BEFORE, VIEWS, type View } from '../vocabulary.ts';

/** What the address of Explore says beside the period and filter on top. What it says wrongly is not said. */
export interface Choice {
  readonly metric: MetricKey | undefined;
  readonly view: View;
  readonly by: string | undefined;
  readonly interval: Interval | undefined;
  readonly against: Against;
  /** What the top bar compares a period with; undefined: with nothing. */
  readonly before: PeriodBefore | undefined;
  /** Of `days`: the other period, `againstTo` exclusive. */
  readonly againstFrom: string | undefined;
  readonly againstTo: string | undefined;
  /** Of `groups` and `rest`: the levels compared. */
  readonly a: string | undefined;
  readonly b: string | undefined;
  /** The saved view it was opened from. */
  readonly saved: string | undefined;
}

export function readChoice(address: Address): Choice {
  const { a, b, saved } = address;
  const by = text(address['by']);
  const [first, end] = [day(address['againstFrom']), day(address['againstTo'])];
  const isPeriod = first !== undefined && end !== undefined && first < end;
  return {
    metric: METRIC_KEYS.find((key) => key === address['metric']),
    view: VIEWS.find((view) => view === address['view']) ?? (by === undefined ? 'line' : 'groups'),
    by,
    interval: INTERVALS.find((interval) => interval === address['interval']),
    against: AGAINST.find((against) => against === address['against']) ?? 'period',
    before:
      address['compare'] === 'none' ? undefined : (PERIODS_BEFORE.find((p) => p === address['compare']) ?? 'previous'),
    againstFrom: isPeriod ? first : undefined,
    againstTo: isPeriod ? end : undefined,
    a: text(a),
    b: text(b),
    saved: text(saved),
  };
}

function text(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

function day(value: string | undefined): string | undefined {
  return value !== undefined && isDay(value) ? value : undefined;
}

/** The question as it is saved: all that shapes the answer, and nothing that only says where one is looking. */
export function stateOf(
  choice: Choice,
  asked: { readonly metric: MetricKey; readonly by: string | undefined },
  scope: Pick<ScopeSaid, 'period' | 'from' | 'to' | 'filter'>,
): ViewState {
  const compares = choice.view === 'compare';
  const byGroup = compares && (choice.against === 'groups' || choice.against === 'rest');
  const said = {
    by: asked.by,
    interval: choice.interval,
    ...periodIn(scope),
    filter: scope.filter,
    ...(compares ? { against: choice.against } : {}),
    ...(compares && choice.against === 'period' ? { compare: periodBefore(choice) } : {}),
    ...(compares && choice.against === 'days' ? { againstFrom: choice.againstFrom, againstTo: choice.againstTo } : {}),
    ...(byGroup ? { a: choice.a, b: choice.against === 'groups' ? choice.b : undefined } : {}),
  };
  const kept = Object.entries(said).filter(([, value]) => value !== undefined && value !== '');
  return { metric: asked.metric, view: choice.view, ...Object.fromEntries(kept) };
}

/** The period as it was chosen: days, all time, or none, which is the usual one whenever it is opened. */
function periodIn(said: Pick<ScopeSaid, 'period' | 'from' | 'to'>): Pick<ViewState, 'period' | 'from' | 'to'> {
  if (!saysPeriod(said)) return {};
  const { from, to } = scopeIn(said);
  if (from === undefined && to === undefined) return { period: ALL_TIME };
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** Whoever compares nothing on other pages compares with the period before here. */
export function periodBefore({ before }: Pick<Choice, 'before'>): PeriodBefore {
  return before ?? 'previous';
}

const KEYS = [
  'metric',
  'view',
  'by',
  'interval',
  'against',
  'compare',
  'againstFrom',
  'againstTo',
  'a',
  'b',
  'period',
  'from',
  'to',
  'filter',
] as const satisfies readonly (keyof ViewState)[];

/** The address of a question: the same question, the same address. */
export function linkOf(state: ViewState, saved?: string): string {
  const said = KEYS.flatMap((key): [string, string][] => {
    const value = state[key];
    return value === undefined ? [] : [[key, value]];
  });
  return `/measure/explore?${new URLSearchParams([...said, ...(saved === undefined ? [] : [['saved', saved]])]).toString()}`;
}

/** Whether two questions are one, whatever the order of their parts. */
export function isSame(a: ViewState, b: ViewState): boolean {
  return linkOf(a) === linkOf(b);
}
