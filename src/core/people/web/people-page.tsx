import { Button, TextInput } from '@mantine/core';
import { api, type Pages, usePages, useRead, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  Card,
  type Column,
  DataTable,
  EmptyState,
  ErrorNote,
  Page as Opened,
  PersonChip,
  useAddress,
  useGo,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { PersonItem } from '../contract.ts';
import styles from './people.module.css';

/** Everybody who is known, and a way to find one of them. */
export function Page() {
  const { t } = useWords();
  const [address, change] = useAddress();
  const q = address['q'] ?? '';
  const people = usePages(['people', 'list', q], (cursor, signal) =>
    api.people.list({ q, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );
  const summary = useRead(['people', 'summary'], (signal) => api.people.summary(undefined, { signal }));
  const known = summary.data?.people;
  return (
    <Opened
      name={t('people.nav')}
      sentence={known === undefined ? t('people.loading') : t('people.sentence', { count: known })}
      actions={known === undefined || known === 0 ? undefined : <Export path="/people" input={{ q }} />}
      note={summary.data === undefined || known === 0 ? undefined : t('people.named', { count: summary.data.named })}
    >
      <ErrorNote error={people.error} />
      {known === 0 ? (
        <Nobody />
      ) : (
        <>
          <form
            className={styles['tools']}
            role="search"
            onSubmit={(event) => {
              event.preventDefault();
              const words = new FormData(event.currentTarget).get('q');
              change({ q: typeof words === 'string' && words.trim() !== '' ? words.trim() : undefined });
            }}
          >
            <TextInput
              key={q}
              type="search"
              name="q"
              label={t('people.search')}
              placeholder={t('people.search.hint')}
              defaultValue={q}
              className={styles['search'] ?? ''}
              maxLength={200}
            />
            <Button type="submit" variant="default">
              {t('people.search.step')}
            </Button>
          </form>
          <Card>
            <People people={people} />
          </Card>
        </>
      )}
    </Opened>
  );
}

function People({ people }: { readonly people: Pages<PersonItem> }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const count = (key: string, title: string, value: (p: PersonItem) => number, wide: boolean): Column<PersonItem> => ({
    key,
    title,
    align: 'end',
    wide,
    cell: (p) => <span className="num">{format.number(value(p))}</span>,
  });
  return (
    <DataTable
      label={t('people.table')}
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
          wide: true,
          cell: (p) => (p.lastSeen === null ? t('people.never') : format.dayOf(p.lastSeen, zone)),
        },
      ]}
      more={{ hasMore: people.hasMore, isLoading: people.isLoadingMore, onMore: people.more }}
      empty={people.isPending ? <p className={styles['quiet']}>{t('people.loading')}</p> : <p>{t('people.none')}</p>}
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
