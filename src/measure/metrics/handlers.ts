import { dayAt, previousPeriod, usualInterval } from '@touchstone/domain/calendar';
import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext, Workspace } from '../../platform/kernel/context.ts';
import { readFilter } from '../../core/fields/facade.ts';
import { comparisonOf, figuresOf, restOf } from './answers.ts';
import { type Asked, readPeriod } from './asking.ts';
import { type MetricInfo, metricsContract } from './contract.ts';
import { contrastsOf, levelContrastsOf } from './contrasts.ts';
import { distributionOf } from './distribution.ts';
import { homeOf, periodOfHome } from './home.ts';
import { knownOf } from './known.ts';
import { allTimes, commentsOf, rowsOf } from './lists.ts';
import { fieldsOf } from './properties.ts';
import { type MetricDefinition, allDefinitions, endsOf, methodOf, scaleOf } from './registry.ts';

export function metricsHandlers(house: House) {
  const os = implement(metricsContract).$context<RequestContext>();
  const today = (workspace: Workspace): string => dayAt(house.clock.now().getTime(), workspace.zone);
  return os.router({
    list: os.list.handler(() => ({ items: allDefinitions().map(infoOf) })),
    extent: os.extent.handler(async ({ context: { workspace } }) => {
      const known = await knownOf(house, workspace);
      return { extent: known?.extent ?? null, outside: known?.outside ?? null, zone: workspace.zone };
    }),
    fields: os.fields.handler(async ({ context }) => ({
      items: await fieldsOf(house, context.workspace, seesPeople(context)),
    })),
    home: os.home.handler(async ({ input, context }) => {
      const { workspace } = context;
      const known = await knownOf(house, workspace);
      const usual = periodOfHome(known?.extent ?? null, today(workspace), input);
      const period = readPeriod(usual.from, usual.to);
      const asked = { workspace, period, filter: readFilter(input.filter) };
      const interval = input.interval ?? usualInterval(period);
      const isUsual = input.from === undefined && input.to === undefined;
      // All of it has nothing before it.
      const compare = isUsual && period.from === known?.extent.from ? 'none' : input.compare;
      const told = await homeOf(house, asked, known, { interval, compare, seesPeople: seesPeople(context) });
      return { ...told, ...period };
    }),
    get: os.get.handler(({ input, context }) =>
      figuresOf(house, askedOf(context.workspace, input), input.key, {
        by: input.by,
        interval: input.interval,
        tells: input.by === undefined,
        limit: input.limit,
        seesPeople: seesPeople(context),
      }),
    ),
    distribution: os.distribution.handler(({ input, context }) =>
      distributionOf(house, askedOf(context.workspace, input), input.key, seesPeople(context)),
    ),
    compare: os.compare.handler(({ input, context }) => {
      const asked = askedOf(context.workspace, input);
      return comparisonOf(house, asked, input.key, againstOf(asked, input), seesPeople(context));
    }),
    contrasts: os.contrasts.handler(async ({ input, context }) => {
      const asked = askedOf(context.workspace, input);
      const sees = seesPeople(context);
      const { by, limit } = input;
      if (by !== undefined) return levelContrastsOf(house, asked, input.key, by, { limit, seesPeople: sees });
      const { overall, lineage } = await figuresOf(house, asked, input.key, { limit: 1, seesPeople: sees });
      const { items, compared } = await contrastsOf(house, asked, input.key, {
        n: overall.n,
        limit,
        seesPeople: sees,
      });
      return { overall, lineage, items, compared };
    }),
    rows: os.rows.handler(({ input, context }) => rowsOf(house, askedOf(context.workspace, input), input.key, input)),
    comments: os.comments.handler(({ input, context }) => {
      const asked = commentsAsked(house, context.workspace, input);
      return commentsOf(house, asked, { ...input, seesPeople: seesPeople(context) });
    }),
  });
}

/** Of all times where no day is said. */
export function commentsAsked(
  house: Pick<House, 'clock'>,
  workspace: Workspace,
  input: { readonly [K in keyof Question]?: Question[K] | undefined },
): Asked {
  const { from, to } = allTimes(dayAt(house.clock.now().getTime(), workspace.zone));
  return askedOf(workspace, { from: input.from ?? from, to: input.to ?? to, filter: input.filter ?? '' });
}

export function seesPeople(context: Pick<RequestContext, 'permissions'>): boolean {
  return context.permissions.has('people:read');
}

interface Question {
  readonly from: string;
  readonly to: string;
  readonly filter: string;
}

export function askedOf(workspace: Workspace, question: Question): Asked {
  return { workspace, period: readPeriod(question.from, question.to), filter: readFilter(question.filter) };
}

/** The other side: what is given replaces its part of the question; nothing given is the period before. */
export function againstOf(
  asked: Asked,
  input: {
    readonly againstFrom?: string | undefined;
    readonly againstTo?: string | undefined;
    readonly againstFilter?: string | undefined;
  },
): Pick<Asked, 'period' | 'filter'> {
  const { againstFrom, againstTo, againstFilter } = input;
  const filter =
    againstFilter === undefined
      ? asked.filter
      : againstFilter === 'rest'
        ? restOf(asked.filter)
        : readFilter(againstFilter, 'againstFilter');
  if (againstFrom === undefined && againstTo === undefined) {
    return { period: againstFilter === undefined ? previousPeriod(asked.period) : asked.period, filter };
  }
  const period = readPeriod(againstFrom ?? asked.period.from, againstTo ?? asked.period.to, [
    'againstFrom',
    'againstTo',
  ]);
  return { period, filter };
}

function infoOf(metric: MetricDefinition): MetricInfo {
  const { key, version, unit, higherIsBetter, source, moment } = metric;
  return {
    key,
    version,
    name: `metrics.${key}.name`,
    definition: `metrics.${key}.definition`,
    unit,
    ...endsOf(metric),
    scale: scaleOf(metric),
    higherIsBetter,
    source,
    moment,
    method: methodOf(metric),
  };
}
