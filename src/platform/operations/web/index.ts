import type { WebCapability } from '../../web/client/index.ts';
import type messages from '../messages.en.json';

export const operationsWeb: WebCapability<typeof messages> = {
  key: 'operations',
  pages: [
    {
      path: '/operations',
      permission: 'operations:read',
      nav: { wing: 'setup', labelKey: 'operations.nav', order: 60, letter: 'o' },
      load: () => import('./operations-page.tsx'),
    },
  ],
  happenings: async () => (await import('./happenings.ts')).happeningWords,
};
