import type { WebCapability } from '../../web/client/index.ts';
import type messages from '../messages.en.json';

export const workspacesWeb: WebCapability<typeof messages> = {
  key: 'workspaces',
  pages: [
    { path: '/setup', permission: 'public', load: () => import('./setup-page.tsx') },
    { path: '/sign-in', permission: 'public', load: () => import('./sign-in-page.tsx') },
    { path: '/invitation/$token', permission: 'public', load: () => import('./invitation-page.tsx') },
    {
      path: '/workspace/members',
      permission: 'members:read',
      nav: { wing: 'setup', labelKey: 'workspaces.members.nav', order: 10, letter: 'w' },
      load: () => import('./members-page.tsx'),
    },
    {
      path: '/workspace/keys',
      permission: 'keys:read',
      nav: { wing: 'setup', labelKey: 'workspaces.keys.nav', order: 20, letter: 'k' },
      load: () => import('./keys-page.tsx'),
    },
    {
      path: '/workspace/settings',
      permission: 'workspace:read',
      nav: { wing: 'setup', labelKey: 'workspaces.settings.nav', order: 30, letter: 's' },
      load: () => import('./settings-page.tsx'),
    },
  ],
  happenings: async () => (await import('./happenings.ts')).happeningWords,
};
