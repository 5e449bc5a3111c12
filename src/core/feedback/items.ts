import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { personLabels } from '../people/facade.ts';
import type { FeedbackItem } from './contract.ts';
import { type FeedbackRow, selectFeedbackOfOrder } from './facts.ts';

const propsShape = z.record(z.string(), z.unknown());

/** Answers as the API shows them, with their persons to who may see people. */
export async function feedbackItems(
  house: House,
  { workspace, permissions }: Pick<RequestContext, 'workspace' | 'permissions'>,
  rows: readonly FeedbackRow[],
): Promise<FeedbackItem[]> {
  const named = permissions.has('people:read') ? rows.map((row) => row.person_no) : [];
  const labels = await personLabels(house, workspace.id, [...new Set(named.filter((no) => no !== 0))]);
  return rows.map((row) => ({
    id: row.feedback_id,
    at: factsTimeToInstant(row.at),
    personId: labels.get(row.person_no)?.id ?? null,
    source: row.source,
    instrument: row.instrument,
    score: row.score,
    scaleMin: row.scale_min,
    scaleMax: row.scale_max,
    choices: row.choices,
    text: row.text,
    language: row.language,
    orderId: row.order_id,
    itemId: row.item_id,
    surveyId: row.survey_id,
    questionId: row.question_id,
    channel: row.channel,
    touchpointId: row.touchpoint,
    stageId: row.stage,
    verified: row.verified === 1,
    props: propsShape.parse(JSON.parse(row.props)),
    origin: row.origin,
  }));
}

/** What was answered about an order, newest first; of more than a hundred answers the newest. */
export async function answersOfOrder(
  house: House,
  context: Pick<RequestContext, 'workspace' | 'permissions'>,
  orderId: string,
): Promise<FeedbackItem[]> {
  return feedbackItems(house, context, await selectFeedbackOfOrder(house.facts, context.workspace.id, orderId));
}
