import { api, type WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';

export const exploreWeb: WebCapability<typeof messages> = {
  key: 'explore',
  pages: [
    {
      path: '/measure/explore',
      permission: 'metrics:read',
      nav: { wing: 'measure', labelKey: 'explore.nav', order: 20, letter: 'e' },
      scoped: true,
      load: () => import('./explore-page.tsx'),
    },
    {
      path: '/measure/explore/$viewId',
      permission: 'metrics:read',
      scoped: true,
      load: () => import('./saved-page.tsx'),
    },
  ],
  palette: {
    labelKey: 'explore.one',
    permission: 'metrics:read',
    find: async (words, signal) => {
      const { items } = await api.explore.list({ search: words.slice(0, 80), limit: 5 }, { signal });
      return items.map(({ id, name }) => ({ title: name, to: `/measure/explore/${id}` }));
    },
  },
};
