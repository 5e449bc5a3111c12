import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IMPORT_KINDS } from '@touchstone/domain/tabular';
import { useId, useState } from 'react';
import { api, useRead, useWorkspace, useWrite } from '../../../platform/web/client/index.ts';
import { Card, type Column, Confirm, DataTable, ErrorNote, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { SourceView } from '../../sources/contract.ts';
import styles from './imports.module.css';

const EVERY_HOURS = [1, 6, 24, 168] as const;
const REFRESH = { refresh: ['sources', 'imports'] };

/** Where files come from by themselves: made, paused, looked at now, forgotten. */
export function SourcesCard() {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const [adding, setAdding] = useState(false);
  const list = useRead(['sources', 'list'], (signal) => api.sources.list({}, { signal }));
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
          <span className={styles['soft']}>
            <bdi dir="ltr">{row.where === '' ? '/' : row.where}</bdi>
          </span>
        </>
      ),
    },
    {
      key: 'every',
      title: t('imports.sources.every'),
      value: (row) => row.everyHours,
      cell: (row) =>
        row.paused ? (
          <Tag>{t('imports.sources.paused')}</Tag>
        ) : (
          <>
            {t('imports.sources.hours', { count: row.everyHours })}
            <span className={styles['soft']}>{t(`imports.kind.${row.kind}`)}</span>
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
    { key: 'acts', title: '', align: 'end', cell: (row) => <Acts row={row} /> },
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
      {adding ? <Form folder={list.data?.folder ?? null} onDone={() => setAdding(false)} /> : null}
    </Card>
  );
}

function Acts({ row }: { readonly row: SourceView }) {
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
          onClick={() => run.mutate({ sourceId: row.id })}
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

function Form({ folder, onDone }: { readonly folder: string | null; readonly onDone: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [place, setPlace] = useState<'url' | 'folder'>('url');
  const [where, setWhere] = useState('');
  const [secret, setSecret] = useState('');
  const [kind, setKind] = useState<(typeof IMPORT_KINDS)[number]>('orders');
  const [everyHours, setEveryHours] = useState(24);
  const hint = useId();
  const make = useWrite(api.sources.create, REFRESH);
  const send = async (): Promise<void> => {
    const at = place === 'url' ? { url: where, ...(secret === '' ? {} : { authorization: secret }) } : { path: where };
    await make.mutateAsync({ name, place, kind, everyHours, ...at });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // What goes wrong is shown below.
        send().catch(() => undefined);
      }}
    >
      <Group align="end" gap={12}>
        <TextInput
          label={t('imports.sources.name')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('imports.sources.place')}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value === 'folder' ? 'folder' : 'url')}
          data={[
            { value: 'url', label: t('imports.sources.place.url') },
            ...(folder === null ? [] : [{ value: 'folder', label: t('imports.sources.place.folder') }]),
          ]}
        />
        <TextInput
          label={place === 'url' ? t('imports.sources.url') : t('imports.sources.path')}
          {...(place === 'url' ? { 'aria-describedby': hint } : { description: <bdi dir="ltr">{folder}</bdi> })}
          required={place === 'url'}
          dir="ltr"
          miw={280}
          value={where}
          onChange={(event) => setWhere(event.currentTarget.value)}
        />
        {place === 'folder' ? null : (
          <TextInput
            label={t('imports.sources.secret')}
            placeholder="Bearer …"
            type="password"
            autoComplete="off"
            dir="ltr"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('imports.draft.kind')}
          value={kind}
          onChange={(event) => setKind(IMPORT_KINDS.find((k) => k === event.currentTarget.value) ?? kind)}
          data={IMPORT_KINDS.map((k) => ({ value: k, label: t(`imports.kind.${k}`) }))}
        />
        <NativeSelect
          label={t('imports.sources.every')}
          value={String(everyHours)}
          onChange={(event) => setEveryHours(Number(event.currentTarget.value))}
          data={EVERY_HOURS.map((n) => ({ value: String(n), label: t('imports.sources.hours', { count: n }) }))}
        />
        <Button type="submit" loading={make.isPending}>
          {t('imports.sources.save')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('imports.sources.leave')}
        </Button>
      </Group>
      {place === 'url' ? (
        <span id={hint} className={styles['hint']}>
          {t('imports.sources.url.hint')}
        </span>
      ) : null}
      <ErrorNote error={make.error} />
    </form>
  );
}
