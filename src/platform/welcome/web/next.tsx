import { Button } from '@mantine/core';
import { useReader } from '../../web/client/index.ts';
import { Card, useGo, useWords } from '../../web/ui/index.ts';
import { OpenDemo } from '../../web/ui/open-demo.tsx';
import type { Having } from '../vocabulary.ts';
import styles from './welcome.module.css';

const LEADS_TO = {
  files: '/listen/imports',
  shop: '/listen/connect',
  events: '/listen/connect',
} as const;

/** The step that fits what the company has: first of all the one that brings most. */
export function Next({ has }: { readonly has: readonly Having[] }) {
  const { t } = useWords();
  const go = useGo();
  return (
    <Card title={t('welcome.next')}>
      {has.length === 0 ? <p className={styles['soft']}>{t('welcome.next.none')}</p> : null}
      {has.map((having) => (
        <div key={having} className={styles['next']}>
          <strong>{t(`welcome.next.${having}`)}</strong>
          <p className={styles['soft']}>{t(`welcome.next.${having}.what`)}</p>
          {having === 'nothing' ? (
            <OpenDemo />
          ) : (
            <Button onClick={() => go({ to: LEADS_TO[having] })}>{t(`welcome.next.${having}.do`)}</Button>
          )}
        </div>
      ))}
    </Card>
  );
}

/** For whoever would rather see it full before anything else. */
export function LookFirst() {
  const { t } = useWords();
  const { may } = useReader();
  if (!may('operations:write')) return null;
  return (
    <Card title={t('welcome.next.nothing')} note={t('welcome.next.nothing.what')}>
      <OpenDemo variant="default" />
    </Card>
  );
}
