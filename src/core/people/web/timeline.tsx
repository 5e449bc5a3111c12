import { Button, SegmentedControl } from '@mantine/core';
import { api, useRead, useReader, usePages, useWorkspace } from '../../../platform/web/client/index.ts';
import { Card, ErrorNote, Go, Tag, useAddress, useWords } from '../../../platform/web/ui/index.ts';
import type { TimelineItem } from '../contract.ts';
import { TIMELINE_KINDS } from '../vocabulary.ts';
import styles from './people.module.css';

/** All that happened, newest first, under the day it happened. */
export function Timeline({ personId }: { readonly personId: string }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const [address, change] = useAddress();
  const chosen = TIMELINE_KINDS.find((kind) => kind === address['show']);
  const placeName = usePlaceNames();
  const pages = usePages(['people', 'timeline', personId, chosen ?? ''], (cursor, signal) =>
    api.people.timeline(
      {
        personId,
        ...(chosen === undefined ? {} : { kinds: chosen }),
        ...(cursor === undefined ? {} : { cursor }),
      },
      { signal },
    ),
  );
  const days = byDay(pages.items, (at) => format.dayOf(at, zone));
  return (
    <Card title={t('people.timeline')} note={t('people.timeline.note')}>
      <SegmentedControl
        size="xs"
        mb={8}
        aria-label={t('people.timeline.show')}
        value={chosen ?? 'all'}
        onChange={(value) => change({ show: value === 'all' ? undefined : value })}
        data={(['all', 'answer', 'order', 'event'] as const).map((value) => ({
          value,
          label: t(`people.timeline.show.${value}`),
        }))}
      />
      <ErrorNote error={pages.error} />
      {!pages.isPending && pages.items.length === 0 ? <p>{t('people.timeline.none')}</p> : null}
      {days.map(([day, items]) => (
        <section key={day}>
          <h3 className={styles['day']}>{day}</h3>
          <ul className={styles['happenings']}>
            {items.map((item) => (
              <li key={`${item.kind} ${item.id}`} className={styles['happening']} data-kind={item.kind}>
                <Happening item={item} place={placeName(item.touchpointId)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {pages.hasMore ? (
        <Button variant="subtle" fullWidth mt={8} loading={pages.isLoadingMore} onClick={pages.more}>
          {t('people.timeline.more')}
        </Button>
      ) : null}
    </Card>
  );
}

/** Neighbours of one day together; the order stays. */
function byDay(
  items: readonly TimelineItem[],
  dayOf: (at: string) => string,
): readonly (readonly [string, readonly TimelineItem[]])[] {
  const days: [string, TimelineItem[]][] = [];
  for (const item of items) {
    const day = dayOf(item.at);
    const last = days.at(-1);
    if (last !== undefined && last[0] === day) last[1].push(item);
    else days.push([day, [item]]);
  }
  return days;
}

/** The catalogue's name of a touchpoint, '' where it has none or one may not read it. */
function usePlaceNames(): (touchpointId: string | undefined) => string {
  const { may } = useReader();
  const catalogue = useRead(['catalogue'], (signal) => api.catalogue.get(undefined, { signal }), {
    enabled: may('catalogue:read'),
  });
  const names = new Map(catalogue.data?.touchpoints.map((p) => [p.id, p.name]));
  return (id) => (id === undefined ? '' : (names.get(id) ?? ''));
}

function Happening({ item, place }: { readonly item: TimelineItem; readonly place: string }) {
  const { format } = useWords();
  const { zone } = useWorkspace();
  const time = new Intl.DateTimeFormat(format.locale, { timeStyle: 'short', timeZone: zone }).format(new Date(item.at));
  return (
    <>
      <div className={styles['what']}>
        {item.kind === 'answer' ? <Said item={item} /> : null}
        {item.kind === 'order' ? <Ordered item={item} /> : null}
        {item.kind === 'event' ? <bdi>{item.name}</bdi> : null}
      </div>
      <div className={styles['about']}>
        <span>{time}</span>
        {place === '' ? null : <span>{place}</span>}
        {item.kind === 'order' || item.orderId === undefined ? null : <OrderName orderId={item.orderId} />}
        {item.kind === 'event' ? <Props item={item} /> : null}
      </div>
    </>
  );
}

function Said({ item }: { readonly item: Extract<TimelineItem, { kind: 'answer' }> }) {
  const { t, format } = useWords();
  const { score, scaleMax } = item;
  return (
    <>
      {isSource(item.source) ? t(`people.said.${item.source}`) : item.source}{' '}
      {score === undefined ? null : (
        <Tag>{scaleMax === undefined ? format.number(score) : t('people.scored', { score, most: scaleMax })}</Tag>
      )}
      {item.choices.length === 0 ? null : <span dir="auto"> {format.list(item.choices)}</span>}
      {item.text === '' ? null : (
        <blockquote dir="auto" lang={item.language} className={styles['words']}>
          {item.text}
        </blockquote>
      )}
    </>
  );
}

const SOURCES = ['review', 'survey', 'mention', 'complaint', 'interview', 'staff', 'audit'] as const;

function isSource(text: string): text is (typeof SOURCES)[number] {
  return SOURCES.some((s) => s === text);
}

/** An order by its number; one that is a long code is cut short, and whole when pointed at. */
function OrderName({ orderId }: { readonly orderId: string }) {
  const { t } = useWords();
  const { may } = useReader();
  const name = (
    <bdi className={styles['order']} title={orderId}>
      {orderId}
    </bdi>
  );
  return (
    <span>
      {t('people.order')}{' '}
      {may('orders:read') ? <Go to={`/unify/orders/${encodeURIComponent(orderId)}`}>{name}</Go> : name}
    </span>
  );
}

function Ordered({ item }: { readonly item: Extract<TimelineItem, { kind: 'order' }> }) {
  const { t, format } = useWords();
  const { currency } = useWorkspace();
  const worth =
    item.moment !== 'placed' || item.value === undefined ? '' : format.money(item.value, item.currency ?? currency);
  return (
    <>
      {t(`people.moment.${item.moment}`)}{' '}
      <span className={styles['under']}>
        <OrderName orderId={item.orderId} />
      </span>{' '}
      {worth === '' ? null : <bdi className="num">{worth}</bdi>}
      {item.late === undefined ? null : (
        <Tag tone={item.late ? 'worse' : 'neither'}>{t(item.late ? 'people.late' : 'people.onTime')}</Tag>
      )}
    </>
  );
}

function Props({ item }: { readonly item: Extract<TimelineItem, { kind: 'event' }> }) {
  const { t } = useWords();
  const entries = Object.entries(item.props);
  const { url } = item;
  if (entries.length === 0) return url === undefined ? null : <bdi className={styles['address']}>{url}</bdi>;
  return (
    <details className={styles['props']}>
      <summary>{t('people.props')}</summary>
      <dl>
        {[...(url === undefined || Object.hasOwn(item.props, 'url') ? [] : [['url', url] as const]), ...entries].map(
          ([key, value]) => (
            <div key={key}>
              <dt>
                <bdi>{key}</bdi>
              </dt>
              <dd>
                <span dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
              </dd>
            </div>
          ),
        )}
      </dl>
    </details>
  );
}
