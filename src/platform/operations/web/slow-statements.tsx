import { useState } from 'react';
import { api, useRead, useWorkspace } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, useWords, type Column } from '../../web/ui/index.ts';
import type { SlowStatementView } from '../contract.ts';

const EVERY_MS = 15_000;
const STEP = 20;

/** The latest slow statements, with what asked for them. */
export function SlowStatements() {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const [shown, setShown] = useState(STEP);
  const slow = useRead(['operations', 'slow'], (signal) => api.operations.slowStatements(undefined, { signal }), {
    everyMs: EVERY_MS,
  });
  if (slow.data === undefined) return <ErrorNote error={slow.error} />;
  const columns: readonly Column<SlowStatementView>[] = [
    {
      key: 'at',
      title: t('operations.failedJobs.at'),
      wide: true,
      value: (s) => s.at,
      cell: (s) => format.moment(s.at, zone),
    },
    {
      key: 'task',
      title: t('operations.slow.task'),
      value: (s) => s.task ?? '',
      cell: (s) => (s.task === null ? t('operations.slow.nobody') : <code dir="ltr">{s.task}</code>),
    },
    {
      key: 'store',
      title: t('operations.stores.store'),
      wide: true,
      value: (s) => t(`operations.store.${s.store}`),
      cell: (s) => t(`operations.store.${s.store}`),
    },
    {
      key: 'statement',
      title: t('operations.slow.statement'),
      wide: true,
      value: (s) => `${s.statement} ${s.fingerprint}`,
      cell: (s) => <code dir="ltr">{s.statement}</code>,
    },
    {
      key: 'ms',
      title: t('operations.slow.ms'),
      align: 'end',
      value: (s) => s.ms,
      cell: (s) => format.number(s.ms, 0),
    },
    {
      key: 'rows',
      title: t('operations.slow.rows'),
      align: 'end',
      wide: true,
      value: (s) => s.rows,
      cell: (s) => (s.rows === null ? '' : format.number(s.rows)),
    },
  ];
  return (
    <Card title={t('operations.slow')} note={t('operations.slow.note', { ms: format.number(slow.data.slowerThanMs) })}>
      <DataTable
        label={t('operations.slow')}
        rows={slow.data.items.slice(0, shown)}
        more={{ hasMore: slow.data.items.length > shown, isLoading: false, onMore: () => setShown(shown + STEP) }}
        columns={columns}
        rowKey={(s) => `${s.at} ${s.fingerprint} ${s.ms}`}
        exportName="slow-statements"
        empty={<p>{t('operations.slow.none')}</p>}
      />
    </Card>
  );
}
