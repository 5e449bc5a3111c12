import type { WebCapability } from '../../web/client/index.ts';
import type messages from '../messages.en.json';

export const directoryWeb: WebCapability<typeof messages> = {
  key: 'directory',
  pages: [
    { path: '/company', permission: 'public', load: () => import('./company-page.tsx') },
    {
      path: '/workspace/sign-in',
      permission: 'workspace:write',
      nav: { wing: 'setup', labelKey: 'directory.nav', order: 40 },
      load: () => import('./sign-in-page.tsx'),
    },
  ],
};
