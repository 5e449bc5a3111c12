import { Button } from '@mantine/core';
import { api, useRead, useReader, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, useWords, type Column } from '../../web/ui/index.ts';
import { Reason } from './reason.tsx';
import type { FailedJobView, QueueView } from '../contract.ts';

const EVERY_MS = 15_000;

/** What waits, runs and failed, by kind. */
export function Queues({ queues }: { readonly queues: readonly QueueView[] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const count = (key: 'waiting' | 'running' | 'failed', title: string): Column<QueueView> => ({
    key,
    title,
    align: 'end',
    value: (q) => q[key],
    cell: (q) => format.number(q[key]),
  });
  const columns: readonly Column<QueueView>[] = [
    {
      key: 'queue',
      title: t('operations.jobs.queue'),
      value: (q) => q.queue,
      cell: (q) => <code dir="ltr">{q.queue}</code>,
    },
    count('waiting', t('operations.jobs.waiting')),
    count('running', t('operations.jobs.running')),
    count('failed', t('operations.jobs.failed')),
    {
      key: 'due',
      title: t('operations.jobs.due'),
      wide: true,
      value: (q) => q.dueSince,
      cell: (q) => (q.dueSince === null ? '' : format.moment(q.dueSince, zone)),
    },
  ];
  return (
    <Card title={t('operations.jobs')} note={t('operations.jobs.note')}>
      <DataTable
        label={t('operations.jobs')}
        rows={queues}
        columns={columns}
        rowKey={(q) => q.queue}
        empty={<p>{t('operations.jobs.none')}</p>}
      />
    </Card>
  );
}

/** Jobs that failed for good, each with why and another try. Nothing where none did. */
export function FailedJobs() {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { may } = useReader();
  const jobs = useRead(['operations', 'failed'], (signal) => api.operations.failedJobs(undefined, { signal }), {
    everyMs: EVERY_MS,
  });
  const retry = useWrite(api.operations.retryJob, { refresh: ['operations'] });
  const rows = jobs.data?.items ?? [];
  if (rows.length === 0) return <ErrorNote error={jobs.error} />;
  const columns: readonly Column<FailedJobView>[] = [
    {
      key: 'queue',
      title: t('operations.jobs.queue'),
      value: (j) => j.queue,
      cell: (j) => (
        <>
          <code dir="ltr">{j.queue}</code>
          <Reason text={j.reason} />
        </>
      ),
    },
    {
      key: 'at',
      title: t('operations.failedJobs.at'),
      wide: true,
      value: (j) => j.failedAt,
      cell: (j) => format.moment(j.failedAt, zone),
    },
    {
      key: 'tries',
      title: t('operations.failedJobs.tries'),
      align: 'end',
      wide: true,
      value: (j) => j.tries,
      cell: (j) => format.number(j.tries),
    },
    {
      key: 'retry',
      title: '',
      align: 'end',
      cell: (j) =>
        may('operations:write') ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('operations.retryOf', { name: j.queue })}
            disabled={retry.isPending}
            onClick={() => retry.mutate({ jobId: j.id })}
          >
            {t('operations.retry')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card title={t('operations.failedJobs')} note={t('operations.failedJobs.note')}>
      <ErrorNote error={retry.error} />
      <DataTable label={t('operations.failedJobs')} rows={rows} columns={columns} rowKey={(j) => j.id} />
    </Card>
  );
}
