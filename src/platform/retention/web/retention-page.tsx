import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, useRead, useReader, useWorkspace } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, Page as UiPage, Progress, useWords, type Column } from '../../web/ui/index.ts';
import type { KeptKind } from '../contract.ts';
import { Edit } from './edit.tsx';
import styles from './retention.module.css';

const RUNNING_EVERY_MS = 2_000;
const EVERY_MS = 30_000;
const FACTS: ReadonlySet<string> = new Set(['events', 'feedback', 'orders']);

/** What is kept for how long, what left last, and how to say otherwise. */
export function Page() {
  const { t, format } = useWords();
  const { may } = useReader();
  const [editing, setEditing] = useState<KeptKind['kind'] | null>(null);
  const kept = useRead(['retention'], (signal) => api.retention.list({}, { signal }), {
    everyMs: (data) => (data?.items.some((k) => k.run?.state === 'running') === true ? RUNNING_EVERY_MS : EVERY_MS),
  });
  const items = kept.data?.items ?? [];
  const limited = items.filter((k) => FACTS.has(k.kind) && k.days !== null).map((k) => t(`retention.kind.${k.kind}`));
  const edited = items.find((k) => k.kind === editing);
  const columns: readonly Column<KeptKind>[] = [
    {
      key: 'kind',
      title: t('retention.kind'),
      cell: (k) => (
        <>
          <span className={styles['kind']}>{t(`retention.kind.${k.kind}`)}</span>
          <span className={styles['about']}>{t(`retention.about.${k.kind}`)}</span>
        </>
      ),
    },
    { key: 'days', title: t('retention.days'), cell: (k) => <Kept kept={k} /> },
    { key: 'run', title: t('retention.run'), cell: (k) => <Run kept={k} /> },
    {
      key: 'change',
      title: '',
      align: 'end',
      cell: (k) =>
        may('retention:write') ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('retention.changeOf', { kind: t(`retention.kind.${k.kind}`) })}
            onClick={() => setEditing(k.kind)}
          >
            {t('retention.change')}
          </Button>
        ) : null,
    },
  ];
  return (
    <UiPage
      name={t('retention.nav')}
      sentence={
        limited.length === 0
          ? t('retention.sentence.forever')
          : t('retention.sentence.limited', { kinds: format.list(limited) })
      }
      note={t('retention.note')}
      help="retention"
    >
      <ErrorNote error={kept.error} />
      {edited === undefined ? null : <Edit key={edited.kind} kept={edited} onClose={() => setEditing(null)} />}
      <Card title={t('retention.table')}>
        <div className={styles['kinds']}>
          <DataTable label={t('retention.table')} rows={items} rowKey={(k) => k.kind} columns={columns} stacked />
        </div>
      </Card>
    </UiPage>
  );
}

function Kept({ kept: { days, coming } }: { readonly kept: KeptKind }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const inDays = (count: number): string => t('retention.dayCount', { count });
  return (
    <>
      <span>{days === null ? t('retention.forever') : inDays(days)}</span>
      {coming === null ? null : (
        <span className={styles['about']}>
          {coming.days === null
            ? t('retention.coming.forever', { from: format.moment(coming.from, zone) })
            : t('retention.coming.limit', { from: format.moment(coming.from, zone), days: inDays(coming.days) })}
        </span>
      )}
    </>
  );
}

function Run({ kept: { kind, run } }: { readonly kept: KeptKind }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  if (run === null || (run.state === 'done' && run.removed === 0)) {
    return <span className={styles['about']}>{t('retention.run.never')}</span>;
  }
  if (run.state === 'running') {
    return (
      <Progress
        label={t('retention.run.progress', { kind: t(`retention.kind.${kind}`) })}
        share={run.total === 0 ? undefined : run.removed / run.total}
      />
    );
  }
  if (run.state === 'failed') return t('retention.run.failed');
  return t('retention.run.done', {
    counted: t(`retention.count.${kind}`, { count: run.removed }),
    before: format.dayOf(run.before ?? '', zone),
    at: format.dayOf(run.finishedAt ?? '', zone),
  });
}
