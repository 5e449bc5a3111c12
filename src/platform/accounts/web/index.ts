import type { WebCapability } from '../../web/client/index.ts';
import type messages from '../messages.en.json';

export const accountsWeb: WebCapability<typeof messages> = {
  key: 'accounts',
  pages: [
    { path: '/account', permission: 'session', labelKey: 'accounts.name', load: () => import('./account-page.tsx') },
    { path: '/reset', permission: 'public', load: () => import('./ask-page.tsx') },
    { path: '/reset/$token', permission: 'public', load: () => import('./reset-page.tsx') },
  ],
};
