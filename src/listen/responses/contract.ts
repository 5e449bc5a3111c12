import { INTERVALS } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { filterText } from '../../core/fields/vocabulary.ts';
import { day, instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import {
  axisShape,
  comparisonShape,
  crossShape,
  reportScope,
  reportShape,
  reportShown,
  resultsShape,
  seriesShape,
  textShape,
} from './shapes.ts';

export * from './shapes.ts';

const byId = z.object({ surveyId: z.string().max(60) });
/** A language of the texts that come back, as BCP 47; the survey's first where it has none such. */
const words = z.string().max(35).default('');
/** Which responses. Days are of the workspace's calendar, by when a response ended; `from` inclusive, `to` exclusive. */
const asked = {
  from: day.optional(),
  to: day.optional(),
  /** As everywhere: one answer of a response satisfies it. */
  filter: filterText.default(''),
  /** Of the survey's own: `q1:red,blue;language:fa;version:2;channel:web;hidden.till:7;state:complete`. */
  where: filterText.default(''),
  words,
};
const axis = z.string().min(1).max(200);
const read = { permission: 'surveys:read', audit: { none: 'Figures.' } } as const;

export const responsesContract = {
  results: operation({
    ...read,
    method: 'GET',
    path: '/surveys/{surveyId}/results',
    summary:
      'What a survey found: every question with its figures, where people stop, and what changed between versions',
    description:
      'Responses that are complete, and those that were left, as far as they went; who was screened out or was one too many is counted and in no figure. Each share has Wilson’s interval, each mean that of its scale; each response counts by itself. Figures of fewer than five people are `hidden` for who may not see single persons.',
  })
    .input(byId.extend(asked))
    .output(resultsShape),

  series: operation({
    ...read,
    method: 'GET',
    path: '/surveys/{surveyId}/results/series',
    summary: 'The score of one question over time',
  })
    .input(byId.extend({ ...asked, question: axis, interval: z.enum(INTERVALS) }))
    .output(seriesShape),

  cross: operation({
    ...read,
    method: 'GET',
    path: '/surveys/{surveyId}/results/cross',
    summary: 'Two questions, or a question and a property, beside one another: counts, shares, and what stands out',
    description:
      'An axis is `q1`, a row of a matrix `q1.row`, `language`, `version`, `channel`, `state`, `hidden.till`, or `field.` with a property that filters know: `field.person.segment`. Whether the two have to do with one another is tested by chi-square, exactly where few are expected; each part by its adjusted residual, corrected for all parts by Holm.',
  })
    .input(byId.extend({ ...asked, rows: axis, columns: axis }))
    .output(crossShape),

  axes: operation({
    ...read,
    method: 'GET',
    path: '/surveys/{surveyId}/results/axes',
    summary: 'What responses can be told apart by, with frequent levels',
  })
    .input(byId.extend({ words }))
    .output(z.object({ items: z.array(axisShape) })),

  compare: operation({
    ...read,
    method: 'GET',
    path: '/surveys/{surveyId}/results/compare',
    summary: 'Two groups of responses: every question with the interval of the difference',
    description:
      'What is given of the other side replaces its part of the first. Verdicts are corrected for having been looked for among all questions (Holm).',
  })
    .input(
      byId.extend({
        ...asked,
        againstFrom: day.optional(),
        againstTo: day.optional(),
        againstFilter: filterText.optional(),
        againstWhere: filterText.optional(),
      }),
    )
    .output(comparisonShape),

  texts: operation({
    method: 'GET',
    path: '/surveys/{surveyId}/results/texts',
    permission: 'comments:read',
    audit: { look: 'comments', id: 'surveyId' },
    summary: 'What was typed in answer to a question, the newest first',
    description: 'Every word of `search` has to be there, whatever its case and accents.',
  })
    .input(byId.extend({ ...asked, ...pageInput, question: axis, search: z.string().max(200).default('') }))
    .output(pageOf(textShape)),

  reports: operation({
    method: 'GET',
    path: '/surveys/{surveyId}/reports',
    permission: 'surveys:write',
    summary: 'Links by which anybody reads these results',
  })
    .input(byId)
    .output(z.object({ items: z.array(reportShape) })),

  share: operation({
    method: 'POST',
    path: '/surveys/{surveyId}/reports',
    permission: 'surveys:write',
    audit: { change: 'survey', id: 'surveyId' },
    status: 201,
    summary: 'Make a link by which anybody reads these results',
    description:
      'Whoever holds it sees figures as they are then, none of fewer than five people, and nothing that was typed unless `texts` says so; never whose an answer is. `url` is told once.',
  })
    .input(
      byId.extend({
        ...reportScope.shape,
        name: z
          .string()
          .trim()
          .min(1)
          .max(120)
          .regex(/^[^\ud800-\udfff\0]*$/u, 'whole characters'),
        texts: z.boolean().default(false),
        expiresAt: instant.optional(),
      }),
    )
    .output(reportShape.extend({ url: z.url() })),

  unshare: operation({
    method: 'DELETE',
    path: '/surveys/{surveyId}/reports/{reportId}',
    permission: 'surveys:write',
    audit: { change: 'survey', id: 'surveyId' },
    summary: 'Take a link away: it shows nothing from then on',
  })
    .input(byId.extend({ reportId: z.string().max(60) }))
    .output(z.object({ id: z.string() })),

  report: operation({
    method: 'POST',
    path: '/reports/read',
    permission: 'public',
    audit: { none: 'Figures, shown to who holds a link to them.' },
    perMinute: 30,
    summary: 'The results a link leads to',
  })
    .input(z.object({ token: z.string().min(1).max(100), words }))
    .output(reportShown),
};
