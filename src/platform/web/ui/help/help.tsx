import { UnstyledButton } from '@mantine/core';
import { Suspense } from 'react';
import { useWords } from '../i18n/language.tsx';
import { LatePopover } from '../late.tsx';
import type { Concept } from './concepts.ts';
import styles from './help.module.css';

/** A small question mark beside a concept: what it means in a few sentences, and the way to the glossary. */
export function Help({ of }: { readonly of: Concept }) {
  const { t } = useWords();
  const term = t(`welcome.term.${of}`);
  return (
    <LatePopover
      load={() => import('./help-text.tsx')}
      button={(opening) => (
        <UnstyledButton className={styles['mark']} aria-label={t('welcome.help.about', { term })} {...opening}>
          <span aria-hidden="true">{t('welcome.help.mark')}</span>
        </UnstyledButton>
      )}
    >
      {({ HelpText }, close) => (
        <div className={styles['about']}>
          <Suspense fallback={t('web.loading')}>
            <HelpText of={of} term={term} onLeave={close} />
          </Suspense>
        </div>
      )}
    </LatePopover>
  );
}
