import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { notFound } from '../../platform/kernel/problem.ts';
import { feedbackContract } from './contract.ts';
import { selectFeedback } from './facts.ts';
import { feedbackItems } from './items.ts';

export function feedbackHandlers(house: House) {
  const os = implement(feedbackContract).$context<RequestContext>();
  return os.router({
    get: os.get.handler(async ({ input, context }) => {
      const row = await selectFeedback(house.facts, context.workspace.id, input.feedbackId);
      const [item] = await feedbackItems(house, context, row === undefined ? [] : [row]);
      if (item === undefined) throw notFound('answer');
      return item;
    }),
  });
}
