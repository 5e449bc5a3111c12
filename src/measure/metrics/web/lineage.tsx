import { Drawer } from '@mantine/core';
import { api, usePages, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  DataTable,
  ErrorNote,
  Facts,
  FilterSaid,
  Go,
  Help,
  PersonChip,
  useWords,
  type Column,
  type Fact,
} from '../../../platform/web/ui/index.ts';
import { useFocusBack } from '../../../platform/web/ui/focus-back.ts';
import { addDays } from '@touchstone/domain/calendar';
import type { Lineage, MetricInfo, MetricRow } from '../contract.ts';
import { useNames } from './use-names.ts';
import type { AskedPeriod } from './scope.ts';
import { writerOf } from './writing.ts';
import styles from './lineage.module.css';

/** Where a number comes from: definition, period, filter, what was left out, how its interval is made, and its rows. */
export function LineageDrawer({ opened, ...props }: ShownProps & { readonly opened: boolean }) {
  return opened ? <Shown {...props} /> : null;
}

interface ShownProps {
  readonly onClose: () => void;
  readonly info: MetricInfo;
  readonly lineage: Lineage;
  readonly asked: Pick<AskedPeriod, 'from' | 'to' | 'filter'>;
}

function Shown(props: ShownProps) {
  const { t } = useWords();
  const { may } = useReader();
  // It may be asked for before its figures are there, and then is never seen closed.
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={props.onClose}
      position="right"
      size="min(640px, 100vw)"
      title={t('metrics.home.howWeKnow')}
      closeButtonProps={{ 'aria-label': t('metrics.lineage.close') }}
    >
      <About info={props.info} lineage={props.lineage} />
      {may('people:read') ? <Rows info={props.info} asked={props.asked} /> : null}
    </Drawer>
  );
}

function About({ info, lineage }: { readonly info: MetricInfo; readonly lineage: Lineage }) {
  const { t, format } = useWords();
  const names = useNames();
  const keptFact = (since: string): Fact => [
    t('metrics.lineage.kept'),
    t(`metrics.kept.${lineage.source}`, { day: format.day(since) }),
  ];
  const facts: readonly Fact[] = [
    [
      t('metrics.lineage.metric'),
      <>
        {t('metrics.lineage.version', { metric: names.metric(info.key), version: lineage.version })}{' '}
        <Help of="lineage" />
      </>,
    ],
    [t('metrics.lineage.definition'), t(`metrics.${info.key}.definition`)],
    [
      t('metrics.lineage.period'),
      t(`metrics.moment.${lineage.moment}`, {
        range: format.dayRange(lineage.from, addDays(lineage.to, -1)),
        zone: lineage.zone,
      }),
    ],
    [
      t('metrics.lineage.filter'),
      <>
        {lineage.filter === '' ? t('metrics.lineage.everything') : <FilterSaid filter={lineage.filter} />}{' '}
        <Help of="filter" />
      </>,
    ],
    [t('metrics.lineage.rows'), t(`metrics.source.${lineage.source}`, { count: lineage.rows })],
    ...lineage.excluded.map((e): Fact => [
      t('metrics.lineage.excluded'),
      `${format.number(e.rows)} · ${t(`metrics.exclusion.${e.reason}`)}`,
    ]),
    [t('metrics.lineage.n'), t('metrics.lineage.nPeople', { n: lineage.n, count: lineage.people })],
    [t('metrics.lineage.method'), t(`metrics.method.${lineage.method}`)],
    ...(lineage.keptSince === null ? [] : [keptFact(lineage.keptSince)]),
  ];
  return <Facts facts={facts} />;
}

function Rows({
  info,
  asked,
}: {
  readonly info: MetricInfo;
  readonly asked: Pick<AskedPeriod, 'from' | 'to' | 'filter'>;
}) {
  const { t, format } = useWords();
  const { may } = useReader();
  const { zone } = useWorkspace();
  const { from, to, filter } = asked;
  const input = { key: info.key, from, to, filter };
  const rows = usePages(['metrics', 'rows', input], (cursor, signal) =>
    api.metrics.rows({ ...input, limit: 25, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );
  const writer = writerOf(info.unit, format);
  // They stand under who said them, where there is room for them; a file has a column of theirs.
  const words: Column<MetricRow> = { key: 'text', title: t('metrics.table.text'), value: (row) => row.text };
  return (
    <>
      <h3 className={styles['title']}>{t('metrics.lineage.sourceRows')}</h3>
      {info.source === 'feedback' && may('comments:read') ? (
        <Go to="/listen/comments" search={{ from, to, ...(filter === '' ? {} : { filter }) }}>
          {t('metrics.home.allComments')}
        </Go>
      ) : null}
      <ErrorNote error={rows.error} />
      <DataTable
        label={t('metrics.lineage.sourceRows')}
        rows={rows.items}
        rowKey={(row) => row.id}
        exportName={`${info.key}-rows`}
        more={{ hasMore: rows.hasMore, isLoading: rows.isLoadingMore, onMore: rows.more }}
        columns={[
          {
            key: 'at',
            title: t('metrics.table.at'),
            cell: (row) => <span className={styles['day']}>{format.dayOf(row.at, zone)}</span>,
            value: (row) => row.at,
          },
          {
            key: 'value',
            title: t('metrics.table.counts'),
            align: 'end',
            cell: (row) =>
              row.value === null ? (
                '–'
              ) : (
                <bdi dir="ltr">{info.unit === 'share' ? format.number(row.value) : writer.tick(row.value)}</bdi>
              ),
            value: (row) => row.value,
          },
          {
            key: 'person',
            title: t('metrics.table.person'),
            cell: (row) => (
              <>
                {row.person === null ? (
                  '–'
                ) : (
                  <PersonChip label={row.person.label} to={`/unify/people/${row.person.id}`} />
                )}
                {row.text === '' ? null : (
                  <div className={styles['text']} dir="auto">
                    {row.text}
                  </div>
                )}
              </>
            ),
            value: (row) => row.person?.label,
          },
          {
            key: 'order',
            title: t('metrics.table.order'),
            cell: (row) =>
              row.orderId === null ? null : may('orders:read') ? (
                <Go to={`/unify/orders/${encodeURIComponent(row.orderId)}`}>
                  <OrderNumber id={row.orderId} />
                </Go>
              ) : (
                <OrderNumber id={row.orderId} />
              ),
            value: (row) => row.orderId,
            wide: true,
          },
          ...(info.source === 'orders' ? [] : [words]),
        ]}
      />
    </>
  );
}

/** A long code is cut short, and whole when pointed at. */
function OrderNumber({ id }: { readonly id: string }) {
  return (
    <bdi className={styles['order']} title={id}>
      {id}
    </bdi>
  );
}
