import type { Interval } from '@touchstone/domain/calendar';
import { type FiguresHouse, withProblems } from './answers.ts';
import { type Asked, timesOf } from './asking.ts';
import { selectCourses } from './facts/courses.ts';
import { type Measured, selectFigures } from './facts/figures.ts';
import { hiddenParts, seriesOf } from './figures.ts';
import { type MetricDefinition, definitionOf } from './registry.ts';
import type { Course } from './telling.ts';
import type { MetricKey } from './vocabulary.ts';

/** Each metric over time: those of one source and moment in one statement, counts each in its own. */
export async function coursesOf(
  house: FiguresHouse,
  asked: Asked,
  keys: readonly MetricKey[],
  { interval, seesPeople }: { readonly interval: Interval; readonly seesPeople: boolean },
): Promise<ReadonlyMap<MetricKey, Course>> {
  const { workspace, filter } = asked;
  const scope = { workspace, filter, period: timesOf(asked.period, workspace.zone) };
  const groups = new Map<string, MetricDefinition[]>();
  for (const metric of keys.map(definitionOf)) {
    const kind = metric.measure === null ? metric.key : `${metric.source} ${metric.moment}`;
    groups.set(kind, [...(groups.get(kind) ?? []), metric]);
  }
  const select = async (metrics: readonly MetricDefinition[]): Promise<(readonly Measured[])[]> => {
    const [metric] = metrics;
    if (metric === undefined || metric.measure !== null) return selectCourses(house.facts, scope, metrics, interval);
    return [(await selectFigures(house.facts, { ...scope, metric }, { by: [], interval })) ?? []];
  };
  const found = await Promise.all(
    [...groups.values()].map(async (metrics) => {
      const measured = await withProblems(asked, () => select(metrics));
      return metrics.map((metric, i): [MetricKey, Course] => {
        const own = (measured[i] ?? []).filter((m) => m.at !== null);
        const points = new Map(own.map((m) => [m.at ?? '', m]));
        const hidden = hiddenParts(own, seesPeople);
        const series = seriesOf(asked, interval, metric, points, { hidden, key: null });
        return [metric.key, { series, measured: own, period: asked.period, interval }];
      });
    }),
  );
  return new Map(found.flat());
}
