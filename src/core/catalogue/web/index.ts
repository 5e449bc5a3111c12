import { api, type WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';

export const catalogueWeb: WebCapability<typeof messages> = {
  key: 'catalogue',
  pages: [
    {
      path: '/understand/catalogue',
      permission: 'catalogue:read',
      nav: { wing: 'understand', labelKey: 'catalogue.nav', order: 10, letter: 't' },
      load: () => import('./catalogue-page.tsx'),
    },
  ],
  palette: {
    labelKey: 'catalogue.nav',
    permission: 'catalogue:read',
    find: async (words, signal, t) => {
      const { touchpoints, stages } = await api.catalogue.get(undefined, { signal });
      const wanted = words.toLocaleLowerCase();
      return [
        ...touchpoints.map(({ name }) => ({ title: name, note: t('catalogue.touchpoints') })),
        ...stages.map(({ name }) => ({ title: name, note: t('catalogue.stages') })),
      ]
        .filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
        .slice(0, 5)
        .map((found) => ({ ...found, to: '/understand/catalogue' }));
    },
  },
  happenings: async () => (await import('./happenings.ts')).happeningWords,
};
