import { Menu, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { WINGS, type WebPage, type Wing } from '../client/capability.ts';
import { useReader } from '../client/session.tsx';
import { Go, useGo } from '../ui/go.tsx';
import { LANGUAGES, LANGUAGE_NAMES } from '@touchstone/domain/languages';
import type { MessageKey } from '../ui/i18n/keys.ts';
import { useWords } from '../ui/i18n/language.tsx';
import { Mark } from '../ui/mark.tsx';
import { useCapabilities } from './capabilities.ts';
import styles from './shell.module.css';

export interface RailEntry {
  readonly path: string;
  readonly labelKey: MessageKey;
}

/** Pages with an entry in the rail that the reader may open, by wing. */
export function useRailEntries(): readonly { readonly wing: Wing; readonly entries: readonly RailEntry[] }[] {
  const capabilities = useCapabilities();
  const { may } = useReader();
  const shown = capabilities
    .flatMap((c) => c.pages)
    .filter((page): page is WebPage & Required<Pick<WebPage, 'nav'>> => page.nav !== undefined && may(page.permission));
  return WINGS.map((wing) => ({
    wing,
    entries: shown
      .filter((page) => page.nav.wing === wing)
      .toSorted((a, b) => a.nav.order - b.nav.order)
      // Checked where the page is declared: a label is a key of its capability's own messages.
      .map((page) => ({ path: page.path, labelKey: page.nav.labelKey as MessageKey })),
  })).filter(({ entries }) => entries.length > 0);
}

const WING_KEYS: Readonly<Record<Exclude<Wing, 'home'>, MessageKey>> = {
  listen: 'web.wing.listen',
  unify: 'web.wing.unify',
  measure: 'web.wing.measure',
  understand: 'web.wing.understand',
  act: 'web.wing.act',
  setup: 'web.wing.setup',
};

export function Rail() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const { workspace } = useReader();
  const here = (path: string): boolean =>
    path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
  return (
    <nav className={styles['rail']} aria-label={t('web.menu')}>
      <div className={styles['brand']}>
        <Mark />
        {workspace?.name ?? 'Touchstone'}
      </div>
      {useRailEntries().map(({ wing, entries }) => (
        <div key={wing}>
          {wing === 'home' ? null : <h2 className={styles['wing']}>{t(WING_KEYS[wing])}</h2>}
          <ul>
            {entries.map((entry) => (
              <li key={entry.path}>
                <Go to={entry.path} className={styles['entry']} aria-current={here(entry.path) ? 'page' : undefined}>
                  {t(entry.labelKey)}
                </Go>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className={styles['rest']} />
      <Self />
    </nav>
  );
}

/** Who one is, and how one likes to read: language, light or dark, the workspace, the way out. */
function Self() {
  const { t, language, choose } = useWords();
  const reader = useReader();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const go = useGo();
  return (
    <div className={styles['self']}>
      <Menu position="top-start" width={240} shadow="md">
        <Menu.Target>
          <UnstyledButton className={styles['entry']} w="100%">
            {reader.user?.name ?? t('web.you')}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{reader.user?.email}</Menu.Label>
          {LANGUAGES.filter((l) => l !== language).map((l) => (
            <Menu.Item key={l} lang={l} onClick={() => choose(l)}>
              {LANGUAGE_NAMES[l]}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
            {t(scheme === 'dark' ? 'web.light' : 'web.dark')}
          </Menu.Item>
          {reader.workspaces.length > 1 ? <Menu.Label>{t('web.workspaces')}</Menu.Label> : null}
          {reader.workspaces
            .filter((w) => w.id !== reader.workspace?.id)
            .map((w) => (
              <Menu.Item key={w.id} onClick={() => reader.choose(w.id)}>
                {w.name}
              </Menu.Item>
            ))}
          <Menu.Divider />
          <Menu.Item onClick={() => go({ to: '/account' })}>{t('web.account')}</Menu.Item>
          <Menu.Item onClick={() => void reader.signOut()}>{t('web.signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
