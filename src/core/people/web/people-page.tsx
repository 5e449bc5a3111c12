import { Button } from '@mantine/core';
import { api, type Pages, usePages, useRead, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  Card,
  type Column,
  DataTable,
  type DataTableProps,
  EmptyState,
  ErrorNote,
  Page as Opened,
  PersonChip,
  scopeInput,
  useAddress,
  useGo,
  useScope,
  useWords,
  Loading,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import { Search } from '../../../platform/web/ui/search.tsx';
import type { PersonItem } from '../contract.ts';
import { PEOPLE_SORTS } from '../vocabulary.ts';
import styles from './people.module.css';

/** Everybody who is known, those the period and filter leave, and a way to find one of them. */
export function Page() {
  const { t, format } = useWords();
  const [address, change] = useAddress();
  const { isPending, ...said } = useScope();
  const scope = scopeInput(said);
  const { q } = address;
  const sort = PEOPLE_SORTS.find((known) => known === address['sort']);
  const input = { ...scope, ...(q === undefined ? {} : { q }) };
  const sorted = sort === undefined ? {} : { sort };
  const people = usePages(
    ['people', 'list', input, sort],
    (cursor, signal) =>
      api.people.list({ ...input, ...sorted, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
    { enabled: !isPending },
  );
  const summary = useRead(['people', 'summary'], (signal) => api.people.summary(undefined, { signal }));
  const known = summary.data?.people;
  const { of = null, total = null } = people.first ?? {};
  const sentence =
    known === undefined
      ? t('people.loading')
      : of === null || total === null
        ? t('people.sentence', { count: known })
        : t('people.matching', { count: total, all: format.number(known) });
  const notes = [
    ...(of === null ? [t('people.named', { count: summary.data?.named ?? 0 })] : [t(`people.of.${of}`)]),
    ...(scope.from === undefined && scope.to === undefined ? [] : [t('people.counted')]),
    ...(sort === undefined ? [] : [t('people.sorted')]),
  ];
  return (
    <Opened
      name={t('people.nav')}
      sentence={sentence}
      help="person"
      actions={known === undefined || known === 0 ? undefined : <Export path="/people" input={input} />}
      note={known === undefined || known === 0 || people.isPending ? undefined : notes.join(' ')}
    >
      <ErrorNote error={people.error} />
      {known === 0 ? (
        <Nobody />
      ) : (
        <>
          <div className={styles['tools']}>
            <Search label={t('people.search')} hint={t('people.search.hint')} />
          </div>
          <Card>
            <People
              people={people}
              none={t(q === undefined && of !== null ? 'people.noneMatch' : 'people.none')}
              sorting={{ by: sort, onSort: (by) => change({ sort: by }) }}
            />
          </Card>
        </>
      )}
    </Opened>
  );
}

function People({
  people,
  none,
  sorting,
}: {
  readonly people: Pages<PersonItem>;
  readonly none: string;
} & Pick<DataTableProps<PersonItem>, 'sorting'>) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const count = (key: string, title: string, value: (p: PersonItem) => number, wide: boolean): Column<PersonItem> => ({
    key,
    title,
    align: 'end',
    wide,
    sorts: true,
    cell: (p) => <span className="num">{format.number(value(p))}</span>,
  });
  return (
    <DataTable
      label={t(sorting?.by === undefined ? 'people.table' : 'people.nav')}
      sorting={sorting}
      rows={people.items}
      rowKey={(p) => p.id}
      columns={[
        { key: 'person', title: t('people.column.person'), cell: (p) => <Who person={p} /> },
        count('orders', t('people.column.orders'), (p) => p.orders, false),
        count('answers', t('people.column.answers'), (p) => p.answers, false),
        count('events', t('people.column.events'), (p) => p.events, true),
        {
          key: 'seen',
          title: t('people.column.seen'),
          align: 'end',
          sorts: true,
          wide: true,
          cell: (p) => (p.lastSeen === null ? t('people.never') : format.dayOf(p.lastSeen, zone)),
        },
      ]}
      more={{ hasMore: people.hasMore, isLoading: people.isLoadingMore, onMore: people.more }}
      empty={people.isPending ? <Loading as="rows" count={10} /> : <p>{none}</p>}
    />
  );
}

function Who({ person }: { readonly person: PersonItem }) {
  const { t } = useWords();
  const { matched, email, label } = person;
  const under =
    matched === undefined
      ? email === label
        ? ''
        : email
      : t('people.matched', { kind: t(`people.kind.${matched.kind}`), value: matched.value });
  return (
    <>
      <PersonChip label={label} to={`/unify/people/${person.id}`} />
      {under === '' ? null : (
        <div className={styles['under']}>
          <bdi>{under}</bdi>
        </div>
      )}
    </>
  );
}

function Nobody() {
  const { t } = useWords();
  const { may } = useReader();
  const go = useGo();
  return (
    <EmptyState
      title={t('people.empty.title')}
      sentence={t('people.empty.what')}
      step={
        may('imports:write') ? (
          <Button onClick={() => go({ to: '/listen/imports' })}>{t('people.empty.step')}</Button>
        ) : null
      }
    />
  );
}
