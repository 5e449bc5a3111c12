import { Popover, UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useAddress, useScope } from '../ui/scope.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { useFilterFields, useRowWords } from './filter-fields.ts';
import { readRows } from './filter-rows.ts';
import styles from './shell.module.css';

const FilterForm = lazy(async () => ({ default: (await import('./filter-form.tsx')).FilterForm }));

/** The one filter of every page. A filter this form cannot draw is shown as it is written, and can be cleared. */
export function FilterControl() {
  const { t } = useWords();
  const { filter } = useScope();
  const [, change] = useAddress();
  const [opened, setOpened] = useState(false);
  const rows = readRows(filter);
  const said = useRowWords(useFilterFields(filter !== undefined));
  const words =
    filter === undefined ? t('web.filter.everyone') : rows === undefined ? filter : rows.map(said).join(' · ');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles['pill']} onClick={() => setOpened(!opened)} aria-expanded={opened}>
          <span className="seen-by-readers">{t('web.filter.label')}</span>
          <span dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {words}
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw="min(560px, 94vw)">
        <Suspense>
          <FilterForm
            key={filter ?? ''}
            first={rows ?? []}
            onSet={(next) => {
              change({ filter: next });
              setOpened(false);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
