import { Button, NativeSelect } from '@mantine/core';
import { api, type Pages, usePages, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  Card,
  type Column,
  DataTable,
  EmptyState,
  ErrorNote,
  Go,
  Page as Opened,
  scopeInput,
  Tag,
  useAddress,
  useGo,
  useScope,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { OrderItem } from '../contract.ts';
import styles from './orders.module.css';

/** What the milestones of events make of an order; a file may bring words of its own. */
const STATUSES = ['placed', 'shipped', 'delivered', 'cancelled', 'returned'] as const;
const DELIVERIES = { late: 'true', onTime: 'false' } as const;

/** Orders of the period, last placed first. */
export function Page() {
  const { t } = useWords();
  const [address, change] = useAddress();
  const { filter, ...period } = scopeInput(useScope());
  const { status, late } = address;
  const input = {
    ...period,
    ...(status === undefined ? {} : { status }),
    ...(late === 'true' || late === 'false' ? { late } : {}),
  };
  const orders = usePages(['orders', 'list', input], (cursor, signal) =>
    api.orders.list({ ...input, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );
  const count = orders.first?.total ?? undefined;
  const none = !orders.isPending && orders.error === null && orders.items.length === 0;
  const narrowed = Object.keys(input).length > 0;
  return (
    <Opened
      name={t('orders.nav')}
      sentence={count === undefined || count === 0 ? t('orders.sentence') : t('orders.count', { count })}
      note={filter === undefined ? undefined : t('orders.unfiltered')}
      actions={none ? undefined : <Export path="/orders" input={input} />}
    >
      <ErrorNote error={orders.error} />
      {none && !narrowed ? (
        <Nothing />
      ) : (
        <>
          <div className={styles['tools']}>
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
            <List orders={orders} />
          </Card>
        </>
      )}
    </Opened>
  );
}

function isKnown(status: string): boolean {
  return STATUSES.some((known) => known === status);
}

function List({ orders }: { readonly orders: Pages<OrderItem> }) {
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
    { key: 'placed', title: t('orders.status.placed'), cell: (o) => dayOf(o.placedAt) },
    {
      key: 'promised',
      title: t('orders.promised'),
      wide: true,
      cell: (o) => (o.promised === null ? '' : format.day(o.promised)),
    },
    {
      key: 'delivered',
      title: t('orders.status.delivered'),
      cell: (o) => (
        <>
          {dayOf(o.deliveredAt)} {o.late === true ? <Tag tone="worse">{t('orders.late')}</Tag> : null}
        </>
      ),
    },
    {
      key: 'value',
      title: t('orders.value'),
      align: 'end',
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
      stacked
      rows={orders.items}
      rowKey={(o) => o.id}
      columns={columns}
      more={{ hasMore: orders.hasMore, isLoading: orders.isLoadingMore, onMore: orders.more }}
      empty={<p>{t(orders.isPending ? 'orders.loading' : 'orders.none')}</p>}
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
