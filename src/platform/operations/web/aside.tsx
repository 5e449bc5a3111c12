import { Button } from '@mantine/core';
import { api, useRead, useReader, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, useWords, type Column } from '../../web/ui/index.ts';
import { Reason } from './reason.tsx';

const EVERY_MS = 15_000;

type Batch = Awaited<ReturnType<typeof api.journal.setAside>>['items'][number];

/** Batches of this workspace that no try got through. Nothing where there is none. */
export function Aside() {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { may } = useReader();
  const aside = useRead(['operations', 'aside'], (signal) => api.journal.setAside({ limit: 50 }, { signal }), {
    everyMs: EVERY_MS,
  });
  const retry = useWrite(api.journal.retry, { refresh: ['operations'] });
  const rows = aside.data?.items ?? [];
  if (rows.length === 0) return <ErrorNote error={aside.error} />;
  const columns: readonly Column<Batch>[] = [
    {
      key: 'since',
      title: t('operations.aside.since'),
      value: (b) => b.since,
      cell: (b) => (
        <>
          {format.moment(b.since, zone)}
          <Reason text={b.reason} />
        </>
      ),
    },
    {
      key: 'messages',
      title: t('operations.aside.messages'),
      align: 'end',
      value: (b) => b.messages,
      cell: (b) => format.number(b.messages),
    },
    {
      key: 'steps',
      title: t('operations.aside.steps'),
      wide: true,
      cell: (b) => <span dir="ltr">{b.steps.join(', ')}</span>,
    },
    {
      key: 'retry',
      title: '',
      align: 'end',
      cell: (b) =>
        may('events:write') ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('operations.retryOf', { name: format.moment(b.since, zone) })}
            disabled={retry.isPending}
            onClick={() => retry.mutate({ batchId: b.id })}
          >
            {t('operations.retry')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card title={t('operations.aside')} note={t('operations.aside.note')}>
      <ErrorNote error={retry.error} />
      <DataTable label={t('operations.aside')} rows={rows} columns={columns} rowKey={(b) => b.id} />
    </Card>
  );
}
