import { Popover, UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../i18n/language.tsx';
import type { Concept } from './concepts.ts';
import styles from './help.module.css';

const HelpText = lazy(async () => ({ default: (await import('./help-text.tsx')).HelpText }));

/** A small question mark beside a concept: what it means in a few sentences, and the way to the glossary. */
export function Help({ of }: { readonly of: Concept }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const term = t(`welcome.term.${of}`);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      width="min(340px, 92vw)"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={styles['mark']}
          onClick={() => setOpened(!opened)}
          aria-expanded={opened}
          aria-label={t('welcome.help.about', { term })}
        >
          <span aria-hidden="true">{t('welcome.help.mark')}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={t('web.loading')}>
          <HelpText of={of} term={term} onLeave={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
