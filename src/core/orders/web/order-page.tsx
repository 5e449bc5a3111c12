import { dayAt, daysBetween } from '@touchstone/domain/calendar';
import { api, usePages, useRead, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  apart,
  Card,
  Columns,
  DataTable,
  ErrorNote,
  Facts,
  Figure,
  Figures,
  Page as Opened,
  PersonChip,
  useFieldWords,
  useParam,
  useWords,
  Loading,
} from '../../../platform/web/ui/index.ts';
import type { OrderDetail } from '../contract.ts';
import { Answers, scoreOf } from './answers.tsx';
import styles from './orders.module.css';

/** One order: how it went, what was bought, and what was told of it. */
export function Page() {
  const { t } = useWords();
  const orderId = useParam('orderId');
  const order = useRead(['orders', 'one', orderId], (signal) => api.orders.get({ orderId }, { signal }));
  if (order.data !== undefined) return <Order order={order.data} />;
  return (
    <Opened name={t('orders.order')} sentence={order.error === null ? t('orders.loading') : t('orders.missing')}>
      <ErrorNote error={order.error} />
      {order.error === null ? <Loading as="figures" count={3} /> : null}
    </Opened>
  );
}

function Order({ order }: { readonly order: OrderDetail }) {
  const { t, format } = useWords();
  const { may } = useReader();
  const { currency } = useWorkspace();
  const { value, items, personId, personLabel, lines, props, answers = [] } = order;
  const fields = useFieldWords();
  const scores = answers.flatMap((answer) => scoreOf(answer, t) ?? []);
  const money = (amount: string): string => format.money(amount, order.currency === '' ? currency : order.currency);
  const told = Object.entries(props);
  return (
    <Opened
      name={`${t('orders.order')} ${order.id}`}
      sentence={useSentence(order)}
      note={
        personId === null || personLabel === null ? undefined : (
          <PersonChip label={personLabel} to={`/unify/people/${personId}`} />
        )
      }
    >
      <Figures>
        <Figure label={t('orders.value')} value={value === null ? undefined : money(value)} />
        <Figure label={t('orders.items')} value={format.number(items)} />
        {scores[0] === undefined ? null : (
          <Figure label={t(scores.length === 1 ? 'orders.score' : 'orders.lastScore')} value={scores[0].words} />
        )}
      </Figures>
      <Columns wide>
        <div>
          <Answers answers={answers} />
          {lines.length === 0 ? null : (
            <Card title={t('orders.lines')}>
              <DataTable
                label={t('orders.lines')}
                rows={lines.map((line, nth) => ({ ...line, nth }))}
                rowKey={(line) => String(line.nth)}
                columns={[
                  {
                    key: 'name',
                    title: t('orders.product'),
                    cell: (line) => (
                      <>
                        <bdi className={styles['id']}>{line.name === '' ? line.productId : line.name}</bdi>
                        {line.category === '' ? null : <small className={styles['under']}>{line.category}</small>}
                      </>
                    ),
                  },
                  {
                    key: 'quantity',
                    title: t('orders.quantity'),
                    align: 'end',
                    cell: (line) => <span className="num">{format.number(Number(line.quantity))}</span>,
                  },
                  {
                    key: 'price',
                    title: t('orders.price'),
                    align: 'end',
                    cell: (line) => <bdi className="num">{line.price === null ? '' : money(line.price)}</bdi>,
                  },
                ]}
              />
            </Card>
          )}
          {may('events:read') ? <Events orderId={order.id} /> : null}
        </div>
        <div>
          <Course order={order} />
          {told.length === 0 ? null : (
            <Card title={t('orders.props')}>
              <Facts
                facts={told.map(([key, said]) => [
                  apart(fields.name(`order.${key}`)),
                  <bdi key={key}>{fields.value(`order.${key}`, said)}</bdi>,
                ])}
              />
            </Card>
          )}
        </div>
      </Columns>
    </Opened>
  );
}

/** How it went, in words. */
function useSentence(order: OrderDetail): string {
  const { t } = useWords();
  const { zone } = useWorkspace();
  const { promised, deliveredAt, late } = order;
  const id = apart(order.id);
  if (order.cancelledAt !== null) return t('orders.went.cancelled', { id });
  if (order.returnedAt !== null) return t('orders.went.returned', { id });
  if (deliveredAt !== null && promised !== null && late === true) {
    return t('orders.went.late', { id, count: daysBetween(promised, dayAt(Date.parse(deliveredAt), zone)) });
  }
  if (late === false) return t('orders.went.onTime', { id });
  if (deliveredAt !== null) return t('orders.went.delivered', { id });
  return t(order.shippedAt === null ? 'orders.went.placed' : 'orders.went.shipped', { id });
}

function Course({ order }: { readonly order: OrderDetail }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { channel, promised } = order;
  const fields = useFieldWords();
  const moments = [
    [t('orders.status.placed'), order.placedAt],
    [t('orders.status.shipped'), order.shippedAt],
    [t('orders.status.delivered'), order.deliveredAt],
    [t('orders.status.cancelled'), order.cancelledAt],
    [t('orders.status.returned'), order.returnedAt],
  ] as const;
  const known = moments.flatMap(([name, at]) => (at === null ? [] : [[name, format.moment(at, zone)] as const]));
  const through =
    channel === '' ? [] : [[t('orders.channel'), <bdi key="channel">{fields.value('channel', channel)}</bdi>] as const];
  const due = promised === null ? [] : [[t('orders.promised'), format.day(promised)] as const];
  return (
    <Card title={t('orders.course')}>
      <Facts facts={[...through, ...due, ...known]} />
    </Card>
  );
}

/** What SDKs and servers said of it, as it came; an order of files alone has none. */
function Events({ orderId }: { readonly orderId: string }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const events = usePages(['events', 'of-order', orderId], (cursor, signal) =>
    api.events.list({ orderId, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );
  if (events.isPending || (events.items.length === 0 && events.error === null)) return null;
  return (
    <Card title={t('orders.events')} note={t('orders.events.note')}>
      <ErrorNote error={events.error} />
      <DataTable
        label={t('orders.events')}
        rows={events.items}
        rowKey={(event) => event.id}
        columns={[
          { key: 'name', title: t('orders.event'), cell: (event) => <bdi>{event.name}</bdi> },
          { key: 'at', title: t('orders.at'), align: 'end', cell: (event) => format.moment(event.at, zone) },
        ]}
        more={{ hasMore: events.hasMore, isLoading: events.isLoadingMore, onMore: events.more }}
      />
    </Card>
  );
}
