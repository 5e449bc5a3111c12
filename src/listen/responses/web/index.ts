import type { WebCapability } from '../../../platform/web/client/index.ts';
import type words from './words/messages.en.json';

export const responsesWeb: WebCapability<typeof words> = {
  key: 'responses',
  pages: [
    {
      path: '/listen/surveys/$surveyId/results',
      permission: 'surveys:read',
      // Of one survey, whenever it was asked.
      scoped: 'allTime',
      load: () => import('./results-page.tsx'),
    },
    { path: '/report/$reportToken', permission: 'public', load: () => import('./report-page.tsx') },
  ],
};
