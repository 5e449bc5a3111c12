import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, type ReactNode } from 'react';
import { useWords } from '../ui/i18n/language.tsx';
import { Activity } from './activity.tsx';
import { useAhead } from './ahead.ts';
import { FilterControl } from './filter.tsx';
import { Keys } from './keys.tsx';
import { useScoped } from './page-here.ts';
import { Palette } from './palette.tsx';
import { Printed } from './printed.tsx';
import { PeriodControl } from './period.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { useOnMove } from './use-on-move.ts';

const RailDrawer = lazy(async () => ({ default: (await import('./rail-drawer.tsx')).RailDrawer }));

/** The rail of the loop, the period and filter on top, and the page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const scoped = useScoped();
  const [opened, { open, close }] = useDisclosure(false);
  useOnMove(close);
  useAhead();
  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#page">
        {t('web.skip')}
      </a>
      <div className={styles['side']}>
        <Rail />
      </div>
      <Keys />
      {opened ? (
        <Suspense>
          <RailDrawer onClose={close} />
        </Suspense>
      ) : null}
      <div className={styles['body']}>
        <header className={styles['top']}>
          <Burger className={styles['burger']} size="sm" opened={opened} onClick={open} aria-label={t('web.menu')} />
          {scoped ? (
            <div className={styles['scope']}>
              <PeriodControl />
              <FilterControl />
            </div>
          ) : null}
          <span className={styles['grow']} />
          <Palette />
          <Activity />
        </header>
        <Printed />
        <main id="page" className={styles['page']} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}
