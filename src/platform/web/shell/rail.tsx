import { UnstyledButton } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { WINGS, type WebPage, type Wing } from '../client/capability.ts';
import { useReader } from '../client/session.tsx';
import { Go } from '../ui/go.tsx';
import type { MessageKey } from '../ui/i18n/keys.ts';
import { useWords } from '../ui/i18n/language.tsx';
import { Mark } from '../ui/mark.tsx';
import { useCapabilities } from './capabilities.ts';
import { LateMenu } from '../ui/late.tsx';
import styles from './shell.module.css';

const loadMenus = () => import('./rail-menus.tsx');

export interface RailEntry {
  readonly path: string;
  readonly labelKey: MessageKey;
  readonly letter: string | undefined;
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
      .map((page) => ({ path: page.path, labelKey: page.nav.labelKey as MessageKey, letter: page.nav.letter })),
  })).filter(({ entries }) => entries.length > 0);
}

export const WING_KEYS: Readonly<Record<Exclude<Wing, 'home'>, MessageKey>> = {
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
  const here = (path: string): boolean =>
    path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
  return (
    <nav className={styles['rail']} aria-label={t('web.menu')}>
      <Brand />
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

/** The workspace one is in; whoever belongs to several goes to another from here. */
function Brand() {
  const { t } = useWords();
  const { workspace, workspaces } = useReader();
  const inside = (
    <>
      <Mark />
      <span dir="auto">{workspace?.name ?? 'Touchstone'}</span>
    </>
  );
  if (workspaces.length < 2) return <div className={styles['brand']}>{inside}</div>;
  const label = t('web.workspace.now', { name: workspace?.name ?? '' });
  return (
    <LateMenu
      load={loadMenus}
      button={(opening) => (
        <UnstyledButton className={styles['brand']} aria-label={label} aria-haspopup="menu" {...opening}>
          {inside}
          <span className={styles['more']} aria-hidden="true" />
        </UnstyledButton>
      )}
    >
      {({ WorkspaceItems }) => <WorkspaceItems />}
    </LateMenu>
  );
}

/** Who one is, and what is one's own. */
function Self() {
  const { t } = useWords();
  const { user } = useReader();
  return (
    <div className={styles['self']}>
      <LateMenu
        load={loadMenus}
        button={(opening) => (
          <UnstyledButton className={styles['entry']} w="100%" aria-haspopup="menu" {...opening}>
            {user?.name ?? t('web.you')}
          </UnstyledButton>
        )}
      >
        {({ SelfItems }) => <SelfItems />}
      </LateMenu>
    </div>
  );
}
