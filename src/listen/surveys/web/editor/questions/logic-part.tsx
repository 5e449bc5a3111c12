import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Loading, useWords } from '../../../../../platform/web/ui/index.ts';
import styles from './questions.module.css';

export const QuestionLogic = lazy(async () => ({
  default: (await import('../views/logic/question-logic.tsx')).QuestionLogic,
}));
export const PageLogic = lazy(async () => ({ default: (await import('../views/logic/page-logic.tsx')).PageLogic }));

/** When something is shown and where it leads: open where it says something, and loaded when it is first opened. */
export function LogicPart({ isUsed, children }: { readonly isUsed: boolean; readonly children: ReactNode }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(isUsed);
  return (
    <details className={styles['more']} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t('surveys.editor.tab.logic')}</summary>
      {opened ? (
        <div className={styles['inside']}>
          <Suspense fallback={<Loading as="sentence" />}>{children}</Suspense>
        </div>
      ) : null}
    </details>
  );
}
