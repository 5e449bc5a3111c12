import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, useRead, useReader, useWrite } from '../../../platform/web/client/index.ts';
import {
  Columns,
  ErrorNote,
  Page as Opened,
  Progress,
  useWords,
  Card,
  Loading,
} from '../../../platform/web/ui/index.ts';
import type { Catalogue, CatalogueBody, CatalogueRun } from '../contract.ts';
import { draftOf } from './draft.ts';
import { Channels, Stages, Teams } from './named-lists.tsx';
import { Rules } from './rules.tsx';
import { Sets } from './sets.tsx';
import { Touchpoints } from './touchpoints.tsx';

const ASK_EVERY_MS = 1_500;

/** Where customers meet the company, and the rules that say what happened where. */
export function Page() {
  const { t } = useWords();
  const read = useRead(['catalogue'], (signal) => api.catalogue.get(undefined, { signal }), {
    everyMs: (data) => (data?.run == null || data.run.state === 'done' ? false : ASK_EVERY_MS),
  });
  if (read.data === undefined) {
    return (
      <Opened name={t('catalogue.nav')} sentence={t('catalogue.loading')}>
        <ErrorNote error={read.error} />
        {read.error === null ? (
          <Card>
            <Loading as="rows" count={8} />
          </Card>
        ) : null}
      </Opened>
    );
  }
  return <Editor catalogue={read.data} onLoadAgain={() => void read.refetch()} />;
}

/** A draft over the version it was opened at; only saving changes anything. */
function Editor({ catalogue, onLoadAgain }: { readonly catalogue: Catalogue; readonly onLoadAgain: () => void }) {
  const { t } = useWords();
  const { may } = useReader();
  const [edited, setEdited] = useState<{ readonly version: number; readonly draft: CatalogueBody }>();
  const draft = edited?.draft ?? draftOf(catalogue);
  const save = useWrite(api.catalogue.save, {
    refresh: ['catalogue', 'metrics', 'people', 'orders', 'events'],
    onDone: () => setEdited(undefined),
  });
  const mayWrite = may('catalogue:write');
  const change = (make: (d: CatalogueBody) => CatalogueBody): void =>
    setEdited({ version: edited?.version ?? catalogue.version, draft: make(draft) });
  const props = { draft, mayWrite, onChange: change };
  return (
    <Opened
      name={t('catalogue.nav')}
      sentence={t('catalogue.sentence', {
        touchpoints: t('catalogue.sentence.touchpoints', { count: draft.touchpoints.length }),
        stages: t('catalogue.sentence.stages', { count: draft.stages.length }),
        rules: t('catalogue.sentence.rules', { count: draft.rules.length }),
      })}
      note={edited === undefined ? t('catalogue.note') : t('catalogue.unsaved')}
      actions={
        edited === undefined ? undefined : (
          <>
            <Button variant="default" onClick={() => setEdited(undefined)}>
              {t('catalogue.discard')}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate({ ...edited.draft, version: edited.version })}>
              {t('catalogue.save')}
            </Button>
          </>
        )
      }
    >
      <ErrorNote
        error={save.error}
        {...(save.error?.type === 'conflict'
          ? {
              onAgain: () => {
                save.reset();
                setEdited(undefined);
                onLoadAgain();
              },
            }
          : {})}
      />
      <Run run={catalogue.run} />
      <Columns wide>
        <div>
          <Touchpoints {...props} />
          <Rules {...props} />
        </div>
        <div>
          <Stages {...props} />
          <Channels {...props} />
          <Teams {...props} />
          {mayWrite ? <Sets onChoose={(body) => change(() => body)} /> : null}
        </div>
      </Columns>
    </Opened>
  );
}

/** How far the past has its new places. */
function Run({ run }: { readonly run: CatalogueRun | null }) {
  const { t } = useWords();
  if (run === null) return null;
  const { done, total, changed } = run;
  if (run.state === 'done') return <p role="status">{t('catalogue.run.done', { count: changed })}</p>;
  return (
    <Progress
      label={t('catalogue.run')}
      share={total === 0 ? undefined : done / total}
      note={total === 0 ? undefined : t('catalogue.run.note', { done, count: total, changed })}
    />
  );
}
