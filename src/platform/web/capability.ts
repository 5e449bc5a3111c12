import type { WebCapability } from './client/capability.ts';
import type messages from './messages.en.json';

/** The shell's own words, and the gallery of what pages are made of; all other pages are those of the capabilities. */
export const web: WebCapability<typeof messages> = {
  key: 'web',
  pages: [{ path: '/gallery', permission: 'workspace:read', load: () => import('./gallery/gallery-page.tsx') }],
};
