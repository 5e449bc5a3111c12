import { z } from 'zod';
import { instant, operation } from '../../platform/kernel/contract.ts';

/** One typed answer, whatever its source. Empty texts are answers without that. */
export const feedbackItem = z.object({
  id: z.uuid(),
  at: instant,
  /** Null where nobody is known, and without `people:read`. */
  personId: z.string().nullable(),
  source: z.string(),
  instrument: z.string(),
  score: z.number().nullable(),
  scaleMin: z.number().nullable(),
  scaleMax: z.number().nullable(),
  choices: z.array(z.string()),
  text: z.string(),
  language: z.string(),
  orderId: z.string(),
  itemId: z.string(),
  surveyId: z.string(),
  questionId: z.string(),
  channel: z.string(),
  touchpointId: z.string(),
  stageId: z.string(),
  verified: z.boolean(),
  props: z.record(z.string(), z.unknown()),
  /** `http`, or the id of the import that brought it. */
  origin: z.string(),
});
export type FeedbackItem = z.infer<typeof feedbackItem>;

export const feedbackContract = {
  get: operation({
    method: 'GET',
    path: '/feedback/{feedbackId}',
    audit: { look: 'answer', id: 'feedbackId' },
    permission: 'comments:read',
    summary: 'One answer, with all that is known of it',
  })
    .input(z.object({ feedbackId: z.uuid() }))
    .output(feedbackItem),
};
