import type { WebCapability } from './client/capability.ts';
import type messages from './messages.en.json';

/** The shell's own words, what a member sets for themselves, and the gallery of what pages are made of. */
export const web: WebCapability<typeof messages> = {
  key: 'web',
  pages: [
    {
      path: '/settings',
      permission: 'workspace:read',
      nav: { wing: 'setup', labelKey: 'web.settings.nav', order: 5, letter: 'y' },
      load: () => import('./shell/settings-page.tsx'),
    },
    {
      path: '/gallery',
      permission: 'workspace:read',
      labelKey: 'web.gallery',
      load: () => import('./gallery/gallery-page.tsx'),
    },
  ],
};
