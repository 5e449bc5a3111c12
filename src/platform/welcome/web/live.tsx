import { useEffect } from 'react';
import { api, useRead, useRefresh, useWorkspace } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, useWords, type Column } from '../../web/ui/index.ts';
import type { EventItem } from '../../../core/events/contract.ts';
import type { RejectedMessage } from '../../../core/journal/contract.ts';
import styles from './welcome.module.css';

/** While nothing has come somebody sits and waits for it; afterwards all that is there is counted each time. */
const WAITING_MS = 2_000;
const ARRIVED_MS = 15_000;
const SHOWN = 5;

/**
 * What arrives, as it arrives. Only numbers are asked for again and again; a look at the events themselves, which the
 * audit log is told of, is taken when there is something new to see.
 */
export function Live() {
  const { t } = useWords();
  const refresh = useRefresh();
  const arrivals = useRead(['events', 'arrivals'], (signal) => api.events.arrivals({}, { signal }), {
    everyMs: (data) => (data !== undefined && data.events > 0 ? ARRIVED_MS : WAITING_MS),
  });
  const journal = useRead(['journal', 'status'], (signal) => api.journal.status(undefined, { signal }), {
    everyMs: arrivals.data !== undefined && arrivals.data.events > 0 ? ARRIVED_MS : WAITING_MS,
  });
  const events = arrivals.data?.events ?? 0;
  const refused = journal.data?.rejectedMessages ?? 0;
  const latestAt = arrivals.data?.latestAt ?? '';
  const hasSome = events > 0;
  useEffect(() => {
    // What other pages say was read before the first came in.
    if (hasSome) void refresh('metrics', 'people', 'orders', 'catalogue');
  }, [hasSome, refresh]);
  return (
    <>
      <ErrorNote error={arrivals.error ?? journal.error} />
      <Card title={t('welcome.live')} note={t('welcome.live.note')} help="event">
        <p role="status" className={events === 0 ? styles['waiting'] : styles['arrived']}>
          {events === 0
            ? t('welcome.live.waiting')
            : events === 1
              ? t('welcome.live.first')
              : t('welcome.live.count', { count: events })}
        </p>
        {events === 0 ? null : <Latest key="latest" stamp={`${events} ${latestAt}`} />}
      </Card>
      {refused === 0 ? null : (
        <Card title={t('welcome.live.refused')} note={t('welcome.live.refused.note')}>
          <Refused stamp={refused} />
        </Card>
      )}
    </>
  );
}

function Latest({ stamp }: { readonly stamp: string }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const read = useRead(['events', 'latest', stamp], (signal) => api.events.list({ limit: SHOWN }, { signal }));
  const catalogue = useRead(['catalogue'], (signal) => api.catalogue.get(undefined, { signal }));
  const placeOf = (id: string | undefined): string =>
    catalogue.data?.touchpoints.find((touchpoint) => touchpoint.id === id)?.name ?? t('welcome.live.nowhere');
  const columns: readonly Column<EventItem>[] = [
    { key: 'name', title: t('welcome.live.event'), cell: (e) => <bdi>{e.name}</bdi> },
    { key: 'who', title: t('welcome.live.who'), cell: (e) => <bdi>{e.userId ?? e.anonymousId ?? '–'}</bdi> },
    { key: 'where', title: t('welcome.live.where'), wide: true, cell: (e) => <bdi>{placeOf(e.touchpointId)}</bdi> },
    { key: 'at', title: t('welcome.live.at'), cell: (e) => format.moment(e.receivedAt, zone) },
  ];
  return (
    <>
      <ErrorNote error={read.error} />
      {read.data === undefined ? null : (
        <DataTable label={t('welcome.live.label')} rows={read.data.items} columns={columns} rowKey={(e) => e.id} />
      )}
    </>
  );
}

function Refused({ stamp }: { readonly stamp: number }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const read = useRead(['journal', 'rejected', stamp], (signal) => api.journal.rejected({ limit: SHOWN }, { signal }));
  const columns: readonly Column<RejectedMessage>[] = [
    { key: 'at', title: t('welcome.live.at'), wide: true, cell: (r) => format.moment(r.receivedAt, zone) },
    {
      key: 'field',
      title: t('welcome.live.field'),
      cell: (r) => (r.field === '' ? t('welcome.live.message') : <code dir="ltr">{r.field}</code>),
    },
    {
      key: 'reason',
      title: t('welcome.live.reason'),
      // As the API wrote it.
      cell: (r) => (
        <span dir="ltr" lang="en">
          {r.reason}
        </span>
      ),
    },
  ];
  return (
    <>
      <ErrorNote error={read.error} />
      {read.data === undefined ? null : (
        <DataTable label={t('welcome.live.refused')} rows={read.data.items} columns={columns} rowKey={(r) => r.id} />
      )}
    </>
  );
}
