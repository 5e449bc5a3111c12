import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useWords } from '../ui/i18n/language.tsx';
import { goesOn, shareOf } from './happenings.ts';
import styles from './shell.module.css';
import { useOnMove } from './use-on-move.ts';
import { useActivity } from './use-activity.ts';

const ActivityDrawer = lazy(async () => ({ default: (await import('./activity-drawer.tsx')).ActivityDrawer }));

/** What runs and how far it is; what ended, or waits for somebody, since the reader looked. */
export function Activity() {
  const { t, format } = useWords();
  const activity = useActivity();
  const [opened, { open, close }] = useDisclosure(false);
  useOnMove(close);
  const running = activity.items.filter(goesOn).length;
  const share = shareOf(activity.items);
  const said = [
    t('web.activity.title'),
    ...(running === 0 ? [] : [t('web.activity.running', { count: running })]),
    ...(activity.unseen === 0 ? [] : [t('web.activity.new', { count: activity.unseen })]),
  ];
  return (
    <>
      <UnstyledButton className={styles['pill']} onClick={open} aria-label={said.join(', ')} data-opens="activity">
        <Bell />
        {running === 0 ? null : (
          <span className={styles['running']} aria-hidden="true">
            <span className={styles['long']}>{t('web.activity.running', { count: running })}</span>
            {share === undefined ? null : <span className="num">{format.percent(share, 0)}</span>}
            <span className={styles['course']} style={{ inlineSize: `${Math.round((share ?? 1) * 100)}%` }} />
          </span>
        )}
        {activity.unseen === 0 ? null : (
          <span className={styles['unseen']} aria-hidden="true">
            {format.number(activity.unseen)}
          </span>
        )}
      </UnstyledButton>
      <span className="seen-by-readers" role="status">
        {running === 0 ? '' : t('web.activity.running', { count: running })}
      </span>
      {opened ? (
        <Suspense>
          <ActivityDrawer activity={activity} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}

function Bell() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
    >
      <path
        d="M8 1.8a4.2 4.2 0 0 0-4.2 4.2c0 3.6-1.5 4.9-1.5 4.9h11.4s-1.5-1.3-1.5-4.9A4.2 4.2 0 0 0 8 1.8Z"
        strokeLinejoin="round"
      />
      <path d="M6.6 13.4a1.5 1.5 0 0 0 2.8 0" strokeLinecap="round" />
    </svg>
  );
}
