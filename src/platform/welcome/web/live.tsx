import { useEffect, useRef, useState } from 'react';
import { api, useRead, useRefresh, useWorkspace } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, useWords, type Column } from '../../web/ui/index.ts';
import type { EventItem } from '../../../core/events/contract.ts';
import type { RejectedMessage } from '../../../core/journal/contract.ts';
import styles from './welcome.module.css';

/** Somebody who has just opened the page, or just sent something, waits for it. */
const SOON_MS = 2_000;
const LATER_MS = 15_000;
const WAITED_MS = 60_000;
/** Where so much comes in there is always something new. */
const MANY = 10_000;
const SHOWN = 5;

interface Arrived {
  readonly events: number;
  readonly latestAt: string;
  readonly refused: number;
}

const NOTHING: Arrived = { events: 0, latestAt: '', refused: 0 };

const DAY_MS = 86_400_000;

/** Counts all that came in once, and from then on only what came since: the rest may be very much. */
function useArrivals(): (signal: AbortSignal) => Promise<Pick<Arrived, 'events' | 'latestAt'>> {
  const known = useRef<Pick<Arrived, 'events' | 'latestAt'>>(undefined);
  return async (signal) => {
    if (known.current === undefined) {
      const { events, latestAt } = await api.events.arrivals({}, { signal });
      known.current = { events, latestAt: latestAt ?? '' };
      return known.current;
    }
    const before = known.current;
    // The browser's clock may be wrong, by less than a day.
    const since = before.latestAt === '' ? Date.now() - DAY_MS : Date.parse(before.latestAt) + 1;
    const { events, latestAt } = await api.events.arrivals({ since: new Date(since).toISOString() }, { signal });
    return { events: before.events + events, latestAt: latestAt ?? before.latestAt };
  };
}

function stampOf({ events, latestAt, refused }: Arrived): string {
  return `${events} ${latestAt} ${refused}`;
}

/**
 * What arrives, as it arrives. Only numbers are asked for again and again; a look at the events themselves, which the
 * audit log is told of, is taken when there is something new to see.
 */
export function Live() {
  const { t } = useWords();
  const refresh = useRefresh();
  /** What stood there for a minute without a change. */
  const [calm, setCalm] = useState<string>();
  const arrivals = useArrivals();
  const read = useRead(
    ['events', 'live'],
    async (signal) => {
      const [came, journal] = await Promise.all([arrivals(signal), api.journal.status(undefined, { signal })]);
      return { ...came, refused: journal.rejectedMessages };
    },
    { everyMs: (data = NOTHING) => (data.events > MANY || stampOf(data) === calm ? LATER_MS : SOON_MS) },
  );
  const arrived = read.data ?? NOTHING;
  const { events, latestAt, refused } = arrived;
  const stamp = stampOf(arrived);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(stamp), WAITED_MS);
    return () => clearTimeout(timer);
  }, [stamp]);
  const hasSome = events > 0;
  useEffect(() => {
    // What other pages say was read before the first came in.
    if (hasSome) void refresh('events', 'metrics', 'people', 'orders', 'catalogue');
  }, [hasSome, refresh]);
  return (
    <>
      <ErrorNote error={read.error} />
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
