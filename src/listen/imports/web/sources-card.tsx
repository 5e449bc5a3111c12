import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { api, useRead, useRefresh, useWorkspace, useWrite } from '../../../platform/web/client/index.ts';
import { Card, type Column, Confirm, DataTable, ErrorNote, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { SourceView } from '../../sources/contract.ts';
import { type AskedLooks, isAwaited, withLook } from './awaited.ts';
import styles from './imports.module.css';
import { SourceForm } from './source-form.tsx';
import { useTimesInWords } from './source-times.tsx';

const REFRESH = { refresh: ['sources', 'imports'] };
const ASK_AGAIN_MS = 2_000;

/** Where files come from by themselves: made, paused, looked at now, forgotten. */
export function SourcesCard() {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<AskedLooks>({});
  const inWords = useTimesInWords();
  const list = useRead(['sources', 'list'], (signal) => api.sources.list({}, { signal }), {
    everyMs: (data) => (data?.items.some((s) => isAwaited(s, asked, Date.now())) === true ? ASK_AGAIN_MS : false),
  });
  useImportsAfter(list.data?.items);
  const columns: Column<SourceView>[] = [
    {
      key: 'name',
      title: t('imports.sources.name'),
      value: (row) => row.name,
      cell: (row) => (
        <>
          <span className={styles['column']}>
            <bdi>{row.name}</bdi>
          </span>
          <span className={styles['soft']}>{t(`imports.kind.${row.kind}`)}</span>
          <span className={styles['soft']}>
            {row.where === '' ? t('imports.sources.path.whole') : <bdi dir="ltr">{row.where}</bdi>}
          </span>
        </>
      ),
    },
    {
      key: 'every',
      title: t('imports.sources.every'),
      value: (row) => row.nextRunAt,
      cell: (row) => (
        <>
          {inWords(row)}
          {row.paused ? (
            <span className={styles['soft']}>
              <Tag>{t('imports.sources.paused')}</Tag>
            </span>
          ) : (
            <span className={styles['soft']}>
              {row.due
                ? t('imports.sources.due')
                : t('imports.sources.next', { times: format.moment(row.nextRunAt, zone) })}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'last',
      title: t('imports.sources.last'),
      value: (row) => row.lastRunAt ?? '',
      cell: (row) => (
        <>
          {row.lastState === null ? t('imports.sources.never') : t(`imports.sources.state.${row.lastState}`)}
          {row.lastRunAt === null ? null : <span className={styles['soft']}>{format.moment(row.lastRunAt, zone)}</span>}
          {row.lastProblem === null ? null : (
            <span className={styles['problem']}>
              <bdi lang="en">{row.lastProblem}</bdi>
            </span>
          )}
        </>
      ),
    },
    {
      key: 'acts',
      title: '',
      align: 'end',
      cell: (row) => <Acts row={row} onLook={() => setAsked((all) => withLook(all, row, Date.now()))} />,
    },
  ];
  const items = list.data?.items ?? [];
  return (
    <Card
      title={t('imports.sources.title')}
      note={t('imports.sources.note')}
      onward={
        adding ? undefined : (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {t('imports.sources.add')}
          </Button>
        )
      }
    >
      <ErrorNote error={list.error} />
      {items.length === 0 ? null : (
        <DataTable label={t('imports.sources.title')} rows={items} rowKey={(row) => row.id} columns={columns} stacked />
      )}
      {adding ? <SourceForm folder={list.data?.folder ?? null} onDone={() => setAdding(false)} /> : null}
    </Card>
  );
}

/** What a source brought is among the imports once it was looked at. */
function useImportsAfter(sources: readonly SourceView[] | undefined): void {
  const refresh = useRefresh();
  const looked = sources?.map(({ id, lastRunAt }) => `${id} ${lastRunAt ?? ''}`).join();
  useEffect(() => {
    if (looked !== undefined && looked !== '') void refresh('imports');
  }, [looked, refresh]);
}

function Acts({ row, onLook }: { readonly row: SourceView; readonly onLook: () => void }) {
  const { t } = useWords();
  const run = useWrite(api.sources.run, REFRESH);
  const change = useWrite(api.sources.change, REFRESH);
  const remove = useWrite(api.sources.remove, REFRESH);
  return (
    <>
      <Group justify="end" gap={6}>
        <Button
          size="compact-sm"
          variant="subtle"
          loading={run.isPending}
          aria-label={t('imports.sources.runOne', { name: row.name })}
          onClick={() => {
            onLook();
            run.mutate({ sourceId: row.id });
          }}
        >
          {t('imports.sources.run')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          loading={change.isPending}
          onClick={() => change.mutate({ sourceId: row.id, paused: !row.paused })}
        >
          {row.paused ? t('imports.sources.resume') : t('imports.sources.pause')}
        </Button>
        <Confirm
          title={t('imports.sources.remove.title')}
          sentence={t('imports.sources.remove.sentence', { name: row.name })}
          yes={t('imports.sources.remove')}
          onYes={() => remove.mutateAsync({ sourceId: row.id })}
        >
          {(ask) => (
            <Button size="compact-sm" variant="subtle" onClick={ask}>
              {t('imports.sources.remove')}
            </Button>
          )}
        </Confirm>
      </Group>
      <ErrorNote error={run.error ?? change.error} />
    </>
  );
}
