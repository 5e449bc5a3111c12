import type { WebCapability } from '../../web/client/index.ts';
import type messages from '../messages.en.json';

export const auditWeb: WebCapability<typeof messages> = {
  key: 'audit',
  pages: [
    {
      path: '/workspace/audit',
      permission: 'audit:read',
      nav: { wing: 'setup', labelKey: 'audit.nav', order: 50, letter: 'l' },
      load: () => import('./audit-page.tsx'),
    },
  ],
};
