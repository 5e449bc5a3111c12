import type { WebCapability } from '../../web/client/index.ts';
import type messages from '../messages.en.json';

export const retentionWeb: WebCapability<typeof messages> = {
  key: 'retention',
  pages: [
    {
      path: '/workspace/retention',
      permission: 'workspace:read',
      nav: { wing: 'setup', labelKey: 'retention.nav', order: 35, letter: 'r' },
      load: () => import('./retention-page.tsx'),
    },
  ],
  happenings: async () => (await import('./happenings.ts')).happeningWords,
};
