import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useWords } from '../ui/i18n/language.tsx';
import styles from './shell.module.css';
import { useOnMove } from './use-on-move.ts';

const PaletteDialog = lazy(async () => ({ default: (await import('./palette-dialog.tsx')).PaletteDialog }));

/** ⌘K: pages, what capabilities let be found (people, metrics), and what one can do from anywhere. */
export function Palette() {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  useOnMove(close);
  return (
    <>
      <UnstyledButton
        className={styles['pill']}
        onClick={open}
        aria-keyshortcuts="Control+K Meta+K"
        data-opens="search"
      >
        <span className={styles['quiet']}>
          {t('web.palette.open')} <span className={styles['long']}>{t('web.palette.openRest')}</span>
        </span>
        <span className={styles['keys']} dir="ltr">
          ⌘K
        </span>
      </UnstyledButton>
      {opened ? (
        <Suspense>
          <PaletteDialog onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}
