import { useComputedColorScheme } from '@mantine/core';
import { LANGUAGES, LANGUAGE_NAMES } from '@touchstone/domain/languages';
import { useReader } from '../client/session.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { opener } from './openers.ts';
import { useOtherWorkspace } from './use-other-workspace.ts';
import { usePreferences } from './use-preferences.ts';

/** Something that can be done from anywhere. */
export interface Action {
  readonly title: string;
  readonly note: string;
  readonly act: () => void;
}

/** What ⌘K finds beside pages and things. */
export function useActions(): readonly Action[] {
  const { t, language } = useWords();
  const { prefer } = usePreferences();
  const { workspaces, workspace, signOut } = useReader();
  const workIn = useOtherWorkspace();
  const scheme = useComputedColorScheme('light');
  const note = t('web.action.note');
  return [
    {
      title: t(scheme === 'dark' ? 'web.light' : 'web.dark'),
      act: () => prefer({ scheme: scheme === 'dark' ? 'light' : 'dark' }),
    },
    ...LANGUAGES.filter((one) => one !== language).map((one) => ({
      title: t('web.action.language', { name: LANGUAGE_NAMES[one] }),
      act: () => prefer({ language: one }),
    })),
    ...workspaces
      .filter(({ id }) => id !== workspace?.id)
      .map(({ id, name }) => ({ title: t('web.action.workspace', { name }), act: () => workIn(id) })),
    { title: t('web.keys.title'), act: () => opener('map')?.click() },
    { title: t('web.activity.title'), act: () => opener('activity')?.click() },
    { title: t('web.action.print'), act: () => window.print() },
    { title: t('web.signOut'), act: () => void signOut() },
  ].map((action) => ({ note, ...action }));
}
