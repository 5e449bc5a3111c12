import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import { api, useRead, useRefresh, useWrite } from '../../../platform/web/client/index.ts';
import { Card, ErrorNote, Go, Page as Opened, useWords } from '../../../platform/web/ui/index.ts';
import type { ImportView } from '../contract.ts';
import { DraftCard } from './draft-card.tsx';
import { isReady, useDrafts } from './drafts.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportList, isLive } from './import-list.tsx';
import styles from './imports.module.css';
import { SourcesCard } from './sources-card.tsx';

const ASK_AGAIN_MS = 800;
const SHOWN = 100;

/** Files into the house, and out of it again. */
export function Page() {
  const { t } = useWords();
  const { drafts, add, remove, choosePart, chooseKind, chooseMapping, startAll } = useDrafts();
  const list = useRead(['imports', 'list'], (signal) => api.imports.list({ limit: SHOWN }, { signal }), {
    everyMs: (data) => (data?.items.some(isLive) === true ? ASK_AGAIN_MS : false),
  });
  const start = useWrite(() => startAll(), { refresh: ['imports'] });
  const imports = list.data?.items ?? [];
  const ready = drafts.filter(isReady).length;
  const reading = drafts.filter((draft) => draft.busy).length;
  useFiguresAfter(list.data?.items);
  return (
    <Opened
      name={t('imports.nav')}
      sentence={<Sentence imports={list.data?.items} />}
      note={t('imports.note')}
      help="import"
      actions={imports.some((i) => i.state === 'done') ? <Go to="/">{t('imports.home')}</Go> : undefined}
    >
      <DropZone onFiles={add} />
      {drafts.map((draft) => (
        <DraftCard
          key={draft.id}
          draft={draft}
          onPart={(part) => choosePart(draft, part)}
          onKind={(kind) => chooseKind(draft, kind)}
          onMapping={(mapping) => chooseMapping(draft, mapping)}
          onRemove={() => remove(draft.id)}
        />
      ))}
      {drafts.length === 0 ? null : (
        <Group className={styles['start']}>
          <Button
            disabled={ready === 0 || reading > 0}
            loading={start.isPending}
            onClick={() => start.mutate(undefined)}
          >
            {reading > 0 ? t('imports.reading', { count: reading }) : t('imports.start', { count: Math.max(1, ready) })}
          </Button>
        </Group>
      )}
      <ErrorNote error={list.error} />
      {imports.length === 0 ? null : <ImportList imports={imports} />}
      <SourcesCard />
      {list.data?.items.length === 0 && drafts.length === 0 ? <Welcome /> : null}
    </Opened>
  );
}

/** What is worth loading, while nothing is: what each kind of file lets one see. */
function Welcome() {
  const { t } = useWords();
  return (
    <Card title={t('imports.welcome')} note={t('imports.welcome.note')}>
      <ul className={styles['kinds']}>
        {(['orders', 'feedback', 'people', 'items', 'returns', 'events'] as const).map((kind) => (
          <li key={kind}>
            <strong>{t(`imports.welcome.${kind}`)}</strong>
            <span>{t(`imports.welcome.${kind}.what`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What other pages say was read before these imports ended: they read it anew. */
function useFiguresAfter(imports: readonly ImportView[] | undefined): void {
  const refresh = useRefresh();
  const ended = imports
    ?.filter((view) => !isLive(view))
    .map((view) => `${view.id} ${view.state}`)
    .join();
  useEffect(() => {
    if (ended !== undefined && ended !== '') void refresh('metrics', 'people', 'orders', 'events');
  }, [ended, refresh]);
}

function Sentence({ imports }: { readonly imports: readonly ImportView[] | undefined }) {
  const { t } = useWords();
  if (imports === undefined) return <>{t('imports.loading')}</>;
  const live = imports.filter(isLive).length;
  if (live > 0) return <>{t('imports.sentence.running', { count: live })}</>;
  // What was stopped has rows in as well. A changed row stands in the place of one that was counted when it was new.
  const loaded = imports.filter(({ state, counts }) => state === 'done' || (isStopped(state) && counts.added > 0));
  if (loaded.length === 0) return <>{t('imports.sentence.none')}</>;
  const rows = loaded.reduce((n, { counts }) => n + counts.added, 0);
  return <>{t('imports.sentence.some', { count: loaded.length, rows: t('imports.sentence.rows', { count: rows }) })}</>;
}

function isStopped(state: ImportView['state']): boolean {
  return state === 'cancelled' || state === 'failed';
}
