import { Alert, Button, Group, Progress as Bar } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from './i18n/language.tsx';
import { ProblemWords } from './problem-words.tsx';
import styles from './states.module.css';

/** What belongs here, and the one step that fills it. */
export function EmptyState(props: {
  readonly title: ReactNode;
  readonly sentence: ReactNode;
  readonly step?: ReactNode;
}) {
  return (
    <div className={styles['empty']}>
      <h2>{props.title}</h2>
      <p>{props.sentence}</p>
      {props.step}
    </div>
  );
}

/** A problem in words, with what to do about it. Nothing for null. */
export function ErrorNote({ error, onAgain }: { readonly error: unknown; readonly onAgain?: () => void }) {
  const { t } = useWords();
  if (error === null || error === undefined) return null;
  return (
    <Alert color="clay" variant="light" role="alert" className={styles['error'] ?? ''}>
      <p>
        <ProblemWords error={error} />
      </p>
      {onAgain === undefined ? null : (
        <Button size="compact-sm" variant="subtle" className={styles['again'] ?? ''} onClick={onAgain}>
          {t('web.again')}
        </Button>
      )}
    </Alert>
  );
}

/** Long work: how far it is and how long it may take. It goes on when one leaves. */
export function Progress(props: {
  readonly label: string;
  /** 0–1; undefined while nothing is known. */
  readonly share: number | undefined;
  readonly remainingSeconds?: number | undefined;
  readonly note?: ReactNode;
}) {
  const { t, format } = useWords();
  const percent = props.share === undefined ? undefined : Math.max(0, Math.min(100, props.share * 100));
  return (
    <div className={styles['progress']}>
      <Group justify="space-between" gap={8}>
        <span>{props.label}</span>
        <span className="num">
          {percent === undefined ? '' : format.percent(percent / 100, 0)}
          {props.remainingSeconds === undefined
            ? ''
            : ` · ${t('web.progress.left', { time: format.duration(props.remainingSeconds) })}`}
        </span>
      </Group>
      <Bar.Root size="sm" mt={6} className={styles['track'] ?? ''}>
        <Bar.Section
          value={percent ?? 100}
          animated={percent === undefined}
          striped={percent === undefined}
          aria-label={props.label}
        />
      </Bar.Root>
      {props.note === undefined ? null : <p>{props.note}</p>}
    </div>
  );
}
