import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Loading } from '../../../../../platform/web/ui/index.ts';
import styles from './questions.module.css';

export const QuestionLogic = lazy(async () => ({
  default: (await import('../views/logic/question-logic.tsx')).QuestionLogic,
}));
export const PageLogic = lazy(async () => ({ default: (await import('../views/logic/page-logic.tsx')).PageLogic }));

/** A part of a form that is seldom needed: open where it says something, and made when it is first opened. */
export function Part(props: { readonly label: string; readonly isUsed: boolean; readonly children: ReactNode }) {
  const { label, isUsed, children } = props;
  const [opened, setOpened] = useState(isUsed);
  return (
    <details className={styles['more']} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{label}</summary>
      {opened ? (
        <div className={styles['inside']}>
          <Suspense fallback={<Loading as="sentence" />}>{children}</Suspense>
        </div>
      ) : null}
    </details>
  );
}
