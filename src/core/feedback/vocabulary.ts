import { SCALES as USUAL } from '@touchstone/domain/scores';

/** What an answer was asked with. `rating`: any scale; its ends stand beside the score. `text`: words only. */
export const INSTRUMENTS = ['nps', 'csat', 'ces', 'rating', 'choice', 'text'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

/** The scale of an instrument where a row does not tell. */
export const SCALES: Readonly<Partial<Record<string, { readonly low: number; readonly high: number }>>> = USUAL;

/** Where feedback comes from. */
export const FEEDBACK_SOURCES = ['survey', 'review', 'mention', 'complaint', 'interview', 'staff', 'audit'] as const;
export type FeedbackSource = (typeof FEEDBACK_SOURCES)[number];

/** Events that carry an answer, and what kind each is. "Product Reviewed" is of the Segment spec, the others are ours. */
export const ANSWER_EVENTS: Readonly<Record<string, FeedbackSource>> = {
  'Survey Answered': 'survey',
  'Feedback Submitted': 'survey',
  'Review Submitted': 'review',
  'Product Reviewed': 'review',
  'Complaint Submitted': 'complaint',
};
