import { api, type WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';

export const peopleWeb: WebCapability<typeof messages> = {
  key: 'people',
  pages: [
    {
      path: '/unify/people',
      permission: 'people:read',
      nav: { wing: 'unify', labelKey: 'people.nav', order: 10, letter: 'p' },
      scoped: true,
      load: () => import('./people-page.tsx'),
    },
    { path: '/unify/people/$personId', permission: 'people:read', load: () => import('./person-page.tsx') },
  ],
  palette: {
    labelKey: 'people.one',
    permission: 'people:read',
    find: async (words, signal) => {
      const { items } = await api.people.list({ q: words, limit: 5 }, { signal });
      // Namesakes are told apart by what they were found by, or their address.
      return items.map(({ id, label, email, matched }) => {
        const note = matched?.value ?? (email === label ? '' : email);
        return { title: label, to: `/unify/people/${id}`, ...(note === '' ? {} : { note }) };
      });
    },
  },
};
