import { api, type WebCapability, type WebPage } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';
import type own from './words/messages.en.json';
import type ways from './words/new/messages.en.json';
import type share from './words/share/messages.en.json';
import type views from './words/views/messages.en.json';

/** What these pages say: what the rail and ⌘K need at once, the rest in books that come with the pages (see words.ts). */
type Book = typeof messages & typeof own & typeof ways & typeof share & typeof views;

const words: WebPage['words'] = async (language) => (await import('./words.ts')).fetchSurveyWords(language);

export const surveysWeb: WebCapability<Book> = {
  key: 'surveys',
  pages: [
    {
      path: '/listen/surveys',
      permission: 'surveys:read',
      nav: { wing: 'listen', labelKey: 'surveys.nav', order: 5, letter: 'v' },
      load: () => import('./surveys-page.tsx'),
      words,
    },
    { path: '/listen/surveys/new', permission: 'surveys:write', load: () => import('./new-page.tsx'), words },
    { path: '/listen/surveys/$surveyId', permission: 'surveys:read', load: () => import('./survey-page.tsx'), words },
  ],
  palette: {
    labelKey: 'surveys.one',
    permission: 'surveys:read',
    find: async (search, signal, t) => {
      const { items } = await api.surveys.list({ search, limit: 5 }, { signal });
      return items.map(({ id, name, state }) => ({
        title: name,
        note: t(`surveys.state.${state}`),
        to: `/listen/surveys/${id}`,
      }));
    },
  },
};
