import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { readAsked } from './asking.ts';
import { listAxes, readAxis } from './axes.ts';
import { comparedOf } from './compared.ts';
import { responsesContract } from './contract.ts';
import { crossTable } from './facts/crossing.ts';
import { seriesOf } from './over-time.ts';
import { crossOf } from './reading/crossing.ts';
import { resultsOf } from './results.ts';
import { textsOf } from './texts.ts';

export function responsesHandlers(house: House) {
  const os = implement(responsesContract).$context<RequestContext>();
  return os.router({
    results: os.results.handler(async ({ input, context }) => resultsOf(house, await readAsked(house, context, input))),

    series: os.series.handler(async ({ input, context }) =>
      seriesOf(house, await readAsked(house, context, input), input),
    ),

    cross: os.cross.handler(async ({ input, context }) => {
      const asked = await readAsked(house, context, input);
      const [rows, columns] = [readAxis(asked, input.rows, 'rows'), readAxis(asked, input.columns, 'columns')];
      const { workspace, condition, seesPeople } = asked;
      const counts = await crossTable(house.facts, { workspace, condition, rows: rows.axis, columns: columns.axis });
      return crossOf({ counts, rowLabels: rows.labels, columnLabels: columns.labels, seesPeople });
    }),

    axes: os.axes.handler(async ({ input, context }) => {
      const asked = await readAsked(house, context, { ...input, filter: '', where: '' });
      return { items: await listAxes(house, asked) };
    }),

    compare: os.compare.handler(async ({ input, context }) =>
      comparedOf(house, context, await readAsked(house, context, input), input),
    ),

    texts: os.texts.handler(async ({ input, context }) =>
      textsOf(house, await readAsked(house, context, input), input, context.permissions.has('responses:read')),
    ),
  });
}
