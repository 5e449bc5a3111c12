import { useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import { Card, DataTable, Go, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { Person } from '../contract.ts';

/** The API gives no more than these. */
const MOST_SHOWN = 20;

type Order = NonNullable<Person['latestOrders']>[number];

export function Orders({ orders }: { readonly orders: readonly Order[] }) {
  const { t, format } = useWords();
  const { may } = useReader();
  const { zone, currency } = useWorkspace();
  const dayOf = (at: string | null): string => (at === null ? '' : format.dayOf(at, zone));
  const nameOf = (o: Order): string => `${dayOf(o.placed)} ${t('people.order')} ${o.orderId}`.trim();
  return (
    <Card
      title={t('people.orders')}
      note={orders.length < MOST_SHOWN ? undefined : t('people.orders.note', { most: orders.length })}
    >
      <DataTable
        label={t('people.orders')}
        rows={orders}
        rowKey={(o) => o.orderId}
        columns={[
          {
            key: 'placed',
            title: t('people.orders.placed'),
            cell: (o) =>
              may('orders:read') ? (
                <Go to={`/unify/orders/${encodeURIComponent(o.orderId)}`} aria-label={nameOf(o)}>
                  {dayOf(o.placed) || o.orderId}
                </Go>
              ) : (
                dayOf(o.placed)
              ),
            value: (o) => o.placed,
          },
          {
            key: 'promised',
            title: t('people.orders.promised'),
            cell: (o) => (o.promised === null ? '' : format.day(o.promised)),
            value: (o) => o.promised,
            wide: true,
          },
          {
            key: 'delivered',
            title: t('people.orders.delivered'),
            cell: (o) => (
              <>
                {dayOf(o.delivered)} {o.late === true ? <Tag tone="worse">{t('people.late')}</Tag> : null}
              </>
            ),
            value: (o) => o.delivered,
          },
          {
            key: 'value',
            title: t('people.orders.value'),
            align: 'end',
            cell: (o) => (
              <bdi className="num">
                {o.value === null ? '' : format.money(o.value, o.currency === '' ? currency : o.currency)}
              </bdi>
            ),
            value: (o) => (o.value === null ? null : Number(o.value)),
          },
        ]}
      />
    </Card>
  );
}
