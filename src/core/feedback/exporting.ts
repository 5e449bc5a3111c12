import { toFactsTime } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { Column } from '../../platform/files/tables/table.ts';
import { exportRoutes, factsPeriod, inPages, periodInput } from '../../platform/house/exporting.ts';
import type { House, Route } from '../../platform/house/house.ts';
import { placeNames } from '../catalogue/facade.ts';
import type { FeedbackItem } from './contract.ts';
import { selectFeedbackInOrder } from './facts.ts';
import { feedbackItems } from './items.ts';

const PAGE = 5_000;

function columns(nameOf: (id: string) => string): readonly Column<FeedbackItem>[] {
  return [
    { name: 'feedback_id', kind: 'text', of: (a) => a.id },
    { name: 'at', kind: 'moment', of: (a) => a.at },
    { name: 'person_id', kind: 'text', of: (a) => a.personId },
    { name: 'source', kind: 'text', of: (a) => a.source },
    { name: 'instrument', kind: 'text', of: (a) => a.instrument },
    { name: 'score', kind: 'number', of: (a) => a.score },
    { name: 'scale_min', kind: 'number', of: (a) => a.scaleMin },
    { name: 'scale_max', kind: 'number', of: (a) => a.scaleMax },
    { name: 'choices', kind: 'json', of: (a) => a.choices },
    { name: 'text', kind: 'text', of: (a) => a.text },
    { name: 'language', kind: 'text', of: (a) => a.language },
    { name: 'order_id', kind: 'text', of: (a) => a.orderId },
    { name: 'item_id', kind: 'text', of: (a) => a.itemId },
    { name: 'survey_id', kind: 'text', of: (a) => a.surveyId },
    { name: 'question_id', kind: 'text', of: (a) => a.questionId },
    { name: 'channel', kind: 'text', of: (a) => a.channel },
    { name: 'touchpoint', kind: 'text', of: (a) => nameOf(a.touchpointId) },
    { name: 'stage', kind: 'text', of: (a) => nameOf(a.stageId) },
    { name: 'verified', kind: 'boolean', of: (a) => a.verified },
    { name: 'props', kind: 'json', of: (a) => a.props },
    { name: 'origin', kind: 'text', of: (a) => a.origin },
  ];
}

/** Every answer as files, with or without words, by days; the oldest first. */
export function feedbackRoutes(house: House): Route[] {
  return exportRoutes({
    path: '/api/v1/feedback',
    permission: 'comments:read',
    audit: { look: 'answers' },
    filter: z.object(periodInput),
    open: async (asked, context, signal) => {
      const { id, zone } = context.workspace;
      const period = factsPeriod(asked, zone);
      return {
        name: 'feedback',
        zone,
        columns: columns(await placeNames(house, id)),
        rows: inPages(PAGE, async (last: FeedbackItem | undefined, limit) => {
          const after = last === undefined ? undefined : { at: toFactsTime(Date.parse(last.at)), id: last.id };
          const rows = await selectFeedbackInOrder(house.facts, id, period, { after, limit, signal });
          return feedbackItems(house, context, rows);
        }),
      };
    },
  });
}
