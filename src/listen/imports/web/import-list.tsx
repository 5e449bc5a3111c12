import { Button, Group } from '@mantine/core';
import { api, download, useWorkspace, useWrite } from '../../../platform/web/client/index.ts';
import {
  Card,
  type Column,
  Confirm,
  DataTable,
  ErrorNote,
  Progress,
  Tag,
  type Tone,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { ImportView } from '../contract.ts';
import styles from './imports.module.css';

const LIVE: ReadonlySet<string> = new Set(['queued', 'running', 'undoing']);

/** Whether something is still going on. */
export function isLive(view: ImportView): boolean {
  return LIVE.has(view.state);
}

const TONES: Readonly<Partial<Record<ImportView['state'], Tone>>> = { done: 'better', failed: 'worse' };

/** What has been loaded, is being loaded, and was taken out again. */
export function ImportList({ imports }: { readonly imports: readonly ImportView[] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const columns: Column<ImportView>[] = [
    {
      key: 'file',
      title: t('imports.list.file'),
      value: (row) => row.fileName,
      cell: (row) => (
        <>
          <span className={styles['column']}>
            <bdi>{row.fileName}</bdi>
          </span>
          <span className={styles['soft']}>{t(`imports.kind.${row.kind}`)}</span>
          {row.fileKept ? <KeptFile row={row} /> : null}
        </>
      ),
    },
    {
      key: 'state',
      title: t('imports.list.state'),
      value: (row) => row.state,
      cell: ({ state }) => {
        const tone = TONES[state];
        return <Tag {...(tone === undefined ? {} : { tone })}>{t(`imports.state.${state}`)}</Tag>;
      },
    },
    {
      key: 'rows',
      title: t('imports.list.rows'),
      value: (row) => row.counts.rows,
      cell: (row) => <Rows row={row} />,
    },
    {
      key: 'when',
      title: t('imports.list.when'),
      wide: true,
      value: (row) => row.createdAt,
      cell: (row) => format.moment(row.createdAt, zone),
    },
    { key: 'acts', title: '', align: 'end', cell: (row) => <Acts row={row} /> },
  ];
  return (
    <Card title={t('imports.list.title')}>
      <DataTable label={t('imports.list.label')} rows={imports} rowKey={(row) => row.id} columns={columns} stacked />
    </Card>
  );
}

/** The file as it was read; a workbook or a packed file as the text that it held. */
function KeptFile({ row }: { readonly row: ImportView }) {
  const { t } = useWords();
  const name = /\.(csv|tsv|tab|txt|ndjson|jsonl|json)$/i.test(row.fileName) ? row.fileName : `${row.fileName}.txt`;
  const fetchFile = useWrite(() => download(`/imports/${row.id}/file`, name));
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        className={styles['kept']}
        loading={fetchFile.isPending}
        aria-label={t('imports.list.fileOf', { file: row.fileName })}
        onClick={() => fetchFile.mutate(undefined)}
      >
        {t('imports.list.saveFile')}
      </Button>
      <ErrorNote error={fetchFile.error} />
    </>
  );
}

function Rows({ row }: { readonly row: ImportView }) {
  const { t } = useWords();
  const { counts, state } = row;
  if (state === 'running' || state === 'queued') {
    return (
      <Progress
        label={t('imports.list.progress', { file: row.fileName })}
        share={state === 'queued' || row.bytes === 0 ? undefined : row.bytesRead / row.bytes}
        remainingSeconds={row.secondsLeft ?? undefined}
      />
    );
  }
  // What there is none of is not worth a word, unless there is none of anything.
  const parts = (['added', 'changed', 'unchanged'] as const).filter((part) => counts[part] > 0);
  const told = (parts.length === 0 ? (['added'] as const) : parts).map((part) =>
    t(`imports.list.count.${part}`, { count: counts[part] }),
  );
  return (
    <>
      {row.problem === null ? null : (
        <span className={styles['problem']}>
          {t('imports.list.failed')}
          <bdi className={styles['own']} lang="en">
            {row.problem}
          </bdi>
        </span>
      )}
      <span className="num">{told.join(t('imports.list.comma'))}</span>
      {counts.repeated === 0 ? null : (
        <span className={styles['soft']}>{t('imports.list.repeated', { count: counts.repeated })}</span>
      )}
      {counts.bad === 0 ? null : (
        <span className={styles['problem']}>
          {t('imports.list.bad', { count: counts.bad })}{' '}
          <Export
            path={`/imports/${row.id}/errors`}
            label={t('imports.list.download')}
            size="compact-xs"
            variant="subtle"
          />
        </span>
      )}
    </>
  );
}

function Acts({ row }: { readonly row: ImportView }) {
  const { t } = useWords();
  const cancel = useWrite(api.imports.cancel, { refresh: ['imports'] });
  const undo = useWrite(api.imports.undo, { refresh: ['imports'] });
  const start = useWrite(api.imports.start, { refresh: ['imports'] });
  if (row.state === 'ready') {
    return (
      <>
        <Button
          size="compact-sm"
          variant="default"
          loading={start.isPending}
          onClick={() => start.mutate({ importId: row.id })}
        >
          {t('imports.start', { count: 1 })}
        </Button>
        <ErrorNote error={start.error} />
      </>
    );
  }
  if (row.state === 'queued' || row.state === 'running') {
    return (
      <Confirm
        title={t('imports.cancel.title')}
        sentence={t('imports.cancel.sentence')}
        yes={t('imports.cancel.yes')}
        onYes={() => cancel.mutateAsync({ importId: row.id })}
      >
        {(ask) => (
          <Button size="compact-sm" variant="default" onClick={ask}>
            {t('imports.cancel.ask')}
          </Button>
        )}
      </Confirm>
    );
  }
  if (row.state !== 'done' && row.state !== 'cancelled' && row.state !== 'failed') return null;
  if (row.rowsLeftAt !== null) return <span className={styles['soft']}>{t('imports.undo.left')}</span>;
  return (
    <Group justify="end" gap={6}>
      <Confirm
        title={t('imports.undo.title')}
        sentence={t('imports.undo.sentence', { file: row.fileName })}
        yes={t('imports.undo.yes')}
        onYes={() => undo.mutateAsync({ importId: row.id })}
      >
        {(ask) => (
          <Button size="compact-sm" variant="subtle" onClick={ask}>
            {t('imports.undo.ask')}
          </Button>
        )}
      </Confirm>
    </Group>
  );
}
