import { Button, NativeSelect } from '@mantine/core';
import { api, usePages, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  Card,
  DataTable,
  EmptyState,
  ErrorNote,
  Go,
  Loading,
  Page as Opened,
  Tag,
  useAddress,
  useGo,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { Search } from '../../../platform/web/ui/search.tsx';
import type { SurveyListed } from '../contract.ts';
import { SURVEY_STATES } from '../vocabulary.ts';
import { SurveyActs } from './survey-acts.tsx';
import { ResultsLink } from './results-link.tsx';
import styles from './surveys.module.css';
import { useSurveyWords } from './words.ts';

const AT_ONCE = 100;

/** Every survey, the newest first. */
export function Page() {
  useSurveyWords();
  const { t } = useWords();
  const { may } = useReader();
  const go = useGo();
  const [{ q, state: asked }, change] = useAddress();
  const state = SURVEY_STATES.find((known) => known === asked);
  const input = { ...(q === undefined ? {} : { search: q.slice(0, 80) }), ...(state === undefined ? {} : { state }) };
  const surveys = usePages(['surveys', 'list', input], (cursor, signal) =>
    api.surveys.list({ ...input, limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );
  const narrowed = q !== undefined || state !== undefined;
  const none = !surveys.isPending && surveys.error === null && surveys.items.length === 0 && !narrowed;
  const open = surveys.items.filter((survey) => survey.state === 'open').length;
  const begin = (): void => go({ to: '/listen/surveys/new' });
  const sentence = none
    ? t('surveys.list.none')
    : narrowed || surveys.isPending || surveys.hasMore
      ? t('surveys.list.many')
      : open === 0
        ? t('surveys.list.noneOpen')
        : t('surveys.list.open', { count: open });
  return (
    <Opened
      name={t('surveys.nav')}
      sentence={sentence}
      note={t('surveys.list.note')}
      actions={none || !may('surveys:write') ? undefined : <Button onClick={begin}>{t('surveys.list.new')}</Button>}
    >
      <ErrorNote error={surveys.error} />
      {none ? (
        <EmptyState
          title={t('surveys.list.empty.title')}
          sentence={t('surveys.list.empty.what')}
          step={may('surveys:write') ? <Button onClick={begin}>{t('surveys.list.empty.step')}</Button> : null}
        />
      ) : (
        <>
          <div className={styles['tools']}>
            <Search label={t('surveys.list.search')} hint={t('surveys.list.search.hint')} maxLength={80} />
            <NativeSelect
              label={t('surveys.list.state')}
              value={state ?? ''}
              onChange={(event) => change({ state: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('surveys.list.state.any') },
                ...SURVEY_STATES.map((value) => ({ value, label: t(`surveys.state.${value}`) })),
              ]}
            />
          </div>
          <Card>
            <Table
              rows={surveys.items}
              more={{ hasMore: surveys.hasMore, isLoading: surveys.isLoadingMore, onMore: surveys.more }}
              isPending={surveys.isPending}
            />
          </Card>
        </>
      )}
    </Opened>
  );
}

function Table(props: {
  readonly rows: readonly SurveyListed[];
  readonly more: { readonly hasMore: boolean; readonly isLoading: boolean; readonly onMore: () => void };
  readonly isPending: boolean;
}) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { may } = useReader();
  return (
    <DataTable
      label={t('surveys.list.table')}
      rows={props.rows}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('surveys.list.column.name'), cell: (survey) => <Named survey={survey} /> },
        {
          key: 'complete',
          title: t('surveys.list.column.complete'),
          align: 'end',
          cell: ({ complete }) => <span className="num">{format.number(complete)}</span>,
        },
        {
          key: 'begun',
          title: t('surveys.list.column.begun'),
          align: 'end',
          wide: true,
          cell: ({ begun }) => <span className="num">{format.number(begun)}</span>,
        },
        {
          key: 'last',
          title: t('surveys.list.column.last'),
          align: 'end',
          wide: true,
          cell: ({ lastAt }) => (lastAt === null ? t('surveys.list.never') : format.moment(lastAt, zone)),
        },
        ...(may('surveys:write')
          ? [
              {
                key: 'acts',
                title: t('surveys.list.column.acts'),
                align: 'end' as const,
                cell: (survey: SurveyListed) => <SurveyActs survey={survey} />,
              },
            ]
          : []),
      ]}
      more={props.more}
      empty={props.isPending ? <Loading as="rows" count={6} /> : <p>{t('surveys.list.noMatch')}</p>}
    />
  );
}

function Named({ survey }: { readonly survey: SurveyListed }) {
  const { t } = useWords();
  const { id, name, state, changed } = survey;
  return (
    <>
      <Go to={`/listen/surveys/${id}`} className={styles['name']}>
        <bdi>{name}</bdi>
      </Go>
      <div className={styles['under']}>
        <Tag {...(state === 'open' ? {} : { tone: 'neither' as const })}>{t(`surveys.state.${state}`)}</Tag>
        <ResultsLink survey={survey} />
        {changed ? <span>{t('surveys.list.changed')}</span> : null}
      </div>
    </>
  );
}
