import { Menu, useComputedColorScheme } from '@mantine/core';
import { LANGUAGES, LANGUAGE_NAMES } from '@touchstone/domain/languages';
import { useReader } from '../client/session.tsx';
import { useGo } from '../ui/go.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { useOtherWorkspace } from './use-other-workspace.ts';
import { usePreferences } from './use-preferences.ts';

/** The other workspaces of the reader. Loaded when it is first opened, as the other menu of the rail. */
export function WorkspaceItems() {
  const { t } = useWords();
  const { workspace, workspaces } = useReader();
  const workIn = useOtherWorkspace();
  return (
    <>
      <Menu.Label>{t('web.workspaces')}</Menu.Label>
      {workspaces
        .filter(({ id }) => id !== workspace?.id)
        .map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => workIn(id)}>
            <span dir="auto">{name}</span>
          </Menu.Item>
        ))}
    </>
  );
}

/** How one likes to read: language, light or dark, the settings; and the way out. */
export function SelfItems() {
  const { t, language } = useWords();
  const reader = useReader();
  const { prefer } = usePreferences();
  const scheme = useComputedColorScheme('light');
  const go = useGo();
  return (
    <>
      <Menu.Label>{reader.user?.email}</Menu.Label>
      {LANGUAGES.filter((l) => l !== language).map((l) => (
        <Menu.Item key={l} lang={l} onClick={() => prefer({ language: l })}>
          {LANGUAGE_NAMES[l]}
        </Menu.Item>
      ))}
      <Menu.Item onClick={() => prefer({ scheme: scheme === 'dark' ? 'light' : 'dark' })}>
        {t(scheme === 'dark' ? 'web.light' : 'web.dark')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={() => go({ to: '/settings' })}>{t('web.settings.nav')}</Menu.Item>
      <Menu.Item onClick={() => go({ to: '/account' })}>{t('web.account')}</Menu.Item>
      <Menu.Item onClick={() => void reader.signOut()}>{t('web.signOut')}</Menu.Item>
    </>
  );
}
