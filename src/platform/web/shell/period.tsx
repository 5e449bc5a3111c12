import { UnstyledButton } from '@mantine/core';
import { useScope } from '../ui/scope.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { LatePopover } from '../ui/late.tsx';
import { compareWords, periodWords } from './scope-words.ts';
import styles from './shell.module.css';

/** The one period of every page, and what it is compared with. */
export function PeriodControl() {
  const { t, format } = useWords();
  const scope = useScope();
  const compared = compareWords(scope, t);
  return (
    <LatePopover
      load={() => import('./period-form.tsx')}
      button={(opening) => (
        <UnstyledButton className={styles['pill']} data-opens="period" {...opening}>
          <span className="seen-by-readers">{t('web.period.label')}</span>
          {scope.isPending ? '…' : periodWords(scope, t, format)}
          {compared === undefined ? null : <span className={styles['quiet']}>{compared}</span>}
        </UnstyledButton>
      )}
    >
      {({ PeriodForm }, close) => <PeriodForm onDone={close} />}
    </LatePopover>
  );
}
