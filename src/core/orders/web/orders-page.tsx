import { Button, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, type Pages, usePages, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  Card,
  type Column,
  DataTable,
  type DataTableProps,
  EmptyState,
  ErrorNote,
  Go,
  Page as Opened,
  PersonChip,
  scopeInput,
  Tag,
  type Translate,
  useAddress,
  useGo,
  useScope,
  useWords,
  Loading,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import { Search } from '../../../platform/web/ui/search.tsx';
import type { OrderItem } from '../contract.ts';
import { ORDER_SORTS } from '../vocabulary.ts';
import styles from './orders.module.css';

/** What the milestones of events make of an order; a file may bring words of its own. */
const STATUSES = ['placed', 'shipped', 'delivered', 'cancelled', 'returned'] as const;
const DELIVERIES = { late: 'true', onTime: 'false' } as const;

/** Orders of the period, last placed first. */
export function Page() {
  const { t } = useWords();
  const [address, change] = useAddress();
  const { status, late, q } = address;
  const sort = ORDER_SORTS.find((known) => known === address['sort']);
  const { isPending, ...scope } = useScope();
  const input = {
    ...scopeInput(scope),
    ...(q === undefined ? {} : { q }),
    ...(status === undefined ? {} : { status }),
    ...(late === 'true' || late === 'false' ? { late } : {}),
  };
  const sorted = sort === undefined ? {} : { sort };
  const orders = usePages(
    ['orders', 'list', input, sort],
    (cursor, signal) =>
      api.orders.list({ ...input, ...sorted, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
    { enabled: !isPending },
  );
  const count = orders.first?.total ?? undefined;
  const arrived = orders.first?.arrived ?? null;
  const none = !orders.isPending && orders.error === null && orders.items.length === 0;
  const narrowed = Object.keys(input).length > 0;
  return (
    <Opened
      name={t('orders.nav')}
      sentence={
        count === undefined || count === 0 ? (
          t('orders.sentence')
        ) : (
          <>
            {t('orders.count', { count })} {/* Whoever chose late ones knows how many of them are. */}
            {arrived === null || arrived.promised === 0 || late !== undefined
              ? null
              : t('orders.arrived', { count: arrived.promised, late: arrived.late })}
          </>
        )
      }
      note={none ? undefined : t('orders.byPlacing')}
      actions={none ? undefined : <Export path="/orders" input={input} />}
    >
      <ErrorNote error={orders.error} />
      {none && !narrowed ? (
        <Nothing />
      ) : (
        <>
          <div className={styles['tools']}>
            <Search label={t('orders.search')} hint={t('orders.search.hint')} maxLength={256} />
            <NativeSelect
              label={t('orders.status')}
              value={status ?? ''}
              onChange={(event) => change({ status: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('orders.any') },
                ...STATUSES.map((value) => ({ value, label: t(`orders.status.${value}`) })),
                ...(status === undefined || isKnown(status) ? [] : [{ value: status, label: status }]),
              ]}
            />
            <NativeSelect
              label={t('orders.delivery')}
              value={late ?? ''}
              onChange={(event) => change({ late: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('orders.any') },
                { value: DELIVERIES.late, label: t('orders.late') },
                { value: DELIVERIES.onTime, label: t('orders.onTime') },
              ]}
            />
          </div>
          <Card>
            <List orders={orders} sorting={{ by: sort ?? '-placed', onSort: (by) => change({ sort: by }) }} />
          </Card>
        </>
      )}
    </Opened>
  );
}

function isKnown(status: string): status is (typeof STATUSES)[number] {
  return STATUSES.some((known) => known === status);
}

/** A file may bring states of its own: they are told as it calls them. */
function statusWords(status: string, t: Translate): ReactNode {
  return isKnown(status) ? t(`orders.status.${status}`) : <bdi>{status}</bdi>;
}

/** When it came; of what is on its way still when it was promised for. */
function Delivered({ order }: { readonly order: OrderItem }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { deliveredAt, cancelledAt, promised, late } = order;
  if (deliveredAt !== null) {
    return (
      <>
        {format.dayOf(deliveredAt, zone)} {late === true ? <Tag tone="worse">{t('orders.late')}</Tag> : null}
      </>
    );
  }
  if (promised === null || cancelledAt !== null) return null;
  return <span className={styles['promised']}>{t('orders.promisedFor', { day: format.day(promised) })}</span>;
}

function List({ orders, sorting }: { readonly orders: Pages<OrderItem> } & Pick<DataTableProps<OrderItem>, 'sorting'>) {
  const { t, format } = useWords();
  const { zone, currency } = useWorkspace();
  const dayOf = (at: string | null): string => (at === null ? '' : format.dayOf(at, zone));
  const columns: readonly Column<OrderItem>[] = [
    {
      key: 'order',
      title: t('orders.order'),
      cell: (o) => (
        <Go to={`/unify/orders/${encodeURIComponent(o.id)}`} className={styles['id']}>
          <bdi>{o.id}</bdi>
        </Go>
      ),
    },
    { key: 'status', title: t('orders.status'), cell: (o) => statusWords(o.status, t) },
    {
      key: 'person',
      title: t('orders.customer'),
      cell: (o) =>
        o.personId === null || o.personLabel === null ? (
          ''
        ) : (
          <PersonChip label={o.personLabel} to={`/unify/people/${o.personId}`} />
        ),
    },
    { key: 'placed', title: t('orders.status.placed'), sorts: true, cell: (o) => dayOf(o.placedAt) },
    {
      key: 'delivered',
      title: t('orders.status.delivered'),
      sorts: true,
      cell: (o) => <Delivered order={o} />,
    },
    {
      key: 'value',
      title: t('orders.value'),
      align: 'end',
      sorts: true,
      cell: (o) => (
        <bdi className="num">
          {o.value === null ? '' : format.money(o.value, o.currency === '' ? currency : o.currency)}
        </bdi>
      ),
    },
  ];
  return (
    <DataTable
      label={t('orders.nav')}
      sorting={sorting}
      stacked
      rows={orders.items}
      rowKey={(o) => o.id}
      columns={columns}
      more={{ hasMore: orders.hasMore, isLoading: orders.isLoadingMore, onMore: orders.more }}
      empty={orders.isPending ? <Loading as="rows" count={10} /> : <p>{t('orders.none')}</p>}
    />
  );
}

function Nothing() {
  const { t } = useWords();
  const { may } = useReader();
  const go = useGo();
  return (
    <EmptyState
      title={t('orders.empty')}
      sentence={t('orders.emptySentence')}
      step={
        may('imports:write') ? (
          <Button onClick={() => go({ to: '/listen/imports' })}>{t('orders.step')}</Button>
        ) : undefined
      }
    />
  );
}
