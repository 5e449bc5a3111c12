import { UnstyledButton } from '@mantine/core';
import { useAddress, useScope } from '../ui/scope.tsx';
import { useFilterWords } from '../ui/filter/fields.ts';
import { readRows } from '../ui/filter/rows.ts';
import { useWords } from '../ui/i18n/language.tsx';
import { LatePopover } from '../ui/late.tsx';
import styles from './shell.module.css';

/** The one filter of every page. A filter this form cannot draw is shown as it is written, and can be cleared. */
export function FilterControl() {
  const { t } = useWords();
  const { filter } = useScope();
  const [, change] = useAddress();
  const words = useFilterWords(filter);
  return (
    <LatePopover
      load={() => import('./filter-form.tsx')}
      button={(opening) => (
        <UnstyledButton className={styles['pill']} data-opens="filter" {...opening}>
          <span className="seen-by-readers">{t('web.filter.label')}</span>
          <span dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {words}
          </span>
        </UnstyledButton>
      )}
    >
      {({ FilterForm }, close) => (
        <FilterForm
          key={filter ?? ''}
          first={readRows(filter) ?? []}
          onSet={(next) => {
            change({ filter: next });
            close();
          }}
        />
      )}
    </LatePopover>
  );
}
