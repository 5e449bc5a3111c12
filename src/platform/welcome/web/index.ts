import type { WebCapability, WebPage } from '../../web/client/index.ts';
import { CONCEPTS } from '../../web/ui/help/concepts.ts';
import type messages from '../messages.en.json';
import type late from './words/messages.en.json';

const AT_MOST = 6;

const words: WebPage['words'] = async (language) => (await import('./words.ts')).fetchWelcomeWords(language);

/** With what each concept means. */
const meanings: WebPage['words'] = async (language) => {
  const [texts] = await Promise.all([import('../../web/ui/help/texts.ts'), words?.(language)]);
  return texts.helpTexts(language);
};

export const welcomeWeb: WebCapability<typeof messages & typeof late> = {
  key: 'welcome',
  pages: [
    {
      path: '/welcome',
      permission: 'workspace:write',
      nav: { wing: 'setup', labelKey: 'welcome.nav', order: 0 },
      load: () => import('./welcome-page.tsx'),
      words,
    },
    {
      path: '/listen/connect',
      permission: 'keys:read',
      nav: { wing: 'listen', labelKey: 'welcome.connect.nav', order: 40 },
      load: () => import('./connect-page.tsx'),
      words,
    },
    {
      path: '/glossary',
      permission: 'workspace:read',
      nav: { wing: 'understand', labelKey: 'welcome.glossary.nav', order: 90 },
      load: () => import('./glossary-page.tsx'),
      words: meanings,
    },
    {
      path: '/glossary/$term',
      permission: 'workspace:read',
      load: () => import('./glossary-page.tsx'),
      words: meanings,
    },
  ],
  palette: {
    labelKey: 'welcome.glossary.nav',
    permission: 'workspace:read',
    find: async (words, _signal, t) => {
      const wanted = words.toLocaleLowerCase();
      return CONCEPTS.map((concept) => ({ title: t(`welcome.term.${concept}`), to: `/glossary/${concept}` }))
        .filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
        .slice(0, AT_MOST);
    },
  },
};
