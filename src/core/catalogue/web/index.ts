import type { WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';

export const catalogueWeb: WebCapability<typeof messages> = {
  key: 'catalogue',
  pages: [
    {
      path: '/understand/catalogue',
      permission: 'catalogue:read',
      nav: { wing: 'understand', labelKey: 'catalogue.nav', order: 10, letter: 't' },
      load: () => import('./catalogue-page.tsx'),
    },
  ],
  happenings: async () => (await import('./happenings.ts')).happeningWords,
};
