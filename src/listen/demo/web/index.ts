import type { WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';

export const demoWeb: WebCapability<typeof messages> = {
  key: 'demo',
  pages: [{ path: '/demo', permission: 'workspace:read', labelKey: 'demo.nav', load: () => import('./demo-page.tsx') }],
  happenings: async () => (await import('./happenings.ts')).happeningWords,
};
