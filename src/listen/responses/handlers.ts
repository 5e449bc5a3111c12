import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { notFound, Problem } from '../../platform/kernel/problem.ts';
import { refuseNaming } from '../../core/fields/facade.ts';
import { readSurvey } from '../surveys/facade.ts';
import { readAsked } from './asking.ts';
import { listAxes, readAxis } from './axes.ts';
import { comparedOf } from './compared.ts';
import { responsesContract } from './contract.ts';
import { crossTable } from './facts/crossing.ts';
import { sinceVersion } from './facts/narrowing.ts';
import { seriesOf } from './over-time.ts';
import { crossOf } from './reading/crossing.ts';
import { deleteReport, selectReports } from './records.ts';
import { makeReport, reportOf, showReport } from './reports.ts';
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
      for (const { axis } of [rows, columns]) if (axis.of === 'field') refuseNaming(axis.field, context.permissions);
      const { workspace, seesPeople } = asked;
      const condition = sinceVersion(asked.condition, Math.max(rows.since, columns.since));
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
      textsOf(
        house,
        await readAsked(house, context, { ...input, single: true }),
        input,
        context.permissions.has('responses:read'),
      ),
    ),

    reports: os.reports.handler(async ({ input, context }) => {
      const { surveyId } = input;
      const workspaceId = context.workspace.id;
      if ((await readSurvey(house, workspaceId, surveyId)) === null) throw notFound('survey');
      return { items: (await selectReports(house.records.db, { workspaceId, surveyId })).map(reportOf) };
    }),

    share: os.share.handler(async ({ input, context }) => {
      // A condition that cannot be read, or that the caller may not ask, is refused now.
      const { texts } = input;
      if (texts && !context.permissions.has('comments:read')) throw noComments();
      await readAsked(house, context, { ...input, words: '', single: texts });
      const { row, url } = await makeReport(house, context.workspace, input);
      context.trail.changed('report', null, row.name);
      return { ...reportOf(row), url };
    }),

    unshare: os.unshare.handler(async ({ input, context }) => {
      const { surveyId, reportId } = input;
      const name = await deleteReport(house.records.db, { workspaceId: context.workspace.id, surveyId }, reportId);
      if (name === null) throw notFound('report');
      context.trail.changed('report', name, null);
      return { id: reportId };
    }),

    report: os.report.handler(({ input }) => showReport(house, input.token, input.words)),
  });
}

function noComments(): Problem {
  return new Problem('forbidden', 'A link that shows what was typed needs the permission comments:read.', {
    mend: 'Share the figures alone, or ask somebody who may read comments.',
    code: 'no-permission',
  });
}
