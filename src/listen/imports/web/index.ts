import type { WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';

export const importsWeb: WebCapability<typeof messages> = {
  key: 'imports',
  pages: [
    {
      path: '/listen/imports',
      permission: 'imports:write',
      nav: { wing: 'listen', labelKey: 'imports.nav', order: 30, letter: 'i' },
      load: () => import('./imports-page.tsx'),
    },
  ],
  happenings: async () => (await import('./happenings.ts')).happeningWords,
};
