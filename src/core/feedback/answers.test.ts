import { describe, expect, test } from 'vitest';
import { answerOf } from './answers.ts';
import type { AnswerEvent } from './facade.ts';

const event = (name: string, props: AnswerEvent['props'], more: Partial<AnswerEvent> = {}): AnswerEvent => ({
  ...{
    event_id: '0b0c7d5e-0000-5000-8000-000000000001',
    identity_no: 7,
    user_id: 'u',
    name,
    at: '2026-01-02 03:04:05.000',
  },
  ...{ order_id: '', case_id: '', location_id: '', staff_id: '', channel: 'web', props, journal_seq: '12' },
  ...more,
});

describe('answers out of events', () => {
  test('[FB5] a review of the Segment spec is a rating with words', () => {
    const props = { product_id: 'p1', review_id: 'r1', review_body: 'Lovely', rating: '4' };
    expect(answerOf(event('Product Reviewed', JSON.stringify(props)))).toMatchObject({
      ...{ source: 'review', instrument: 'rating', score: 4, text: 'Lovely', itemId: 'p1', identityNo: 7 },
      ...{ journalSeq: 12, channel: 'web', props: { review_id: 'r1' } },
    });
  });

  test('[FB5] a survey answer keeps its instrument, scale, choices and order', () => {
    const props = {
      instrument: 'NPS',
      score: 9,
      scale_min: 0,
      scale_max: 10,
      choices: ['price', 3],
      order_id: 'o9',
      survey_id: 's',
      survey_version: 2,
    };
    expect(answerOf(event('Survey Answered', props, { identity_no: 0 }))).toMatchObject({
      ...{
        source: 'survey',
        instrument: 'nps',
        score: 9,
        scaleMin: 0,
        scaleMax: 10,
        choices: ['price'],
        orderId: 'o9',
      },
      ...{ surveyId: 's', surveyVersion: 2, identityNo: undefined, userId: 'u' },
    });
    expect(answerOf(event('Survey Answered', props, { order_id: 'o1' }))?.orderId).toBe('o1');
  });

  test('[FB5] a version that is none is left out', () => {
    for (const odd of [1.5, -1, 2 ** 32, '1e30', 'two', null]) {
      expect(
        answerOf(event('Survey Answered', { score: 5, survey_version: odd }))?.surveyVersion,
        String(odd),
      ).toBeUndefined();
    }
    expect(answerOf(event('Survey Answered', { score: 5, surveyVersion: '3' }))?.surveyVersion).toBe(3);
  });

  test('[FB5] words alone are a text, choices alone a choice', () => {
    expect(answerOf(event('Complaint Submitted', { message: 'Broken' }))).toMatchObject({
      source: 'complaint',
      instrument: 'text',
    });
    expect(answerOf(event('Survey Answered', { choices: ['a'] }))?.instrument).toBe('choice');
  });

  test('[FB5] what says nothing, or is no answer, is none', () => {
    expect(answerOf(event('Survey Answered', { score: 'high' }))).toBeUndefined();
    expect(answerOf(event('Survey Answered', ''))).toBeUndefined();
    expect(answerOf(event('Order Completed', { score: 3 }))).toBeUndefined();
  });
});
