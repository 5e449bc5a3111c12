import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { api, useRead, useReader, useWrite } from '../../../platform/web/client/index.ts';
import { Card, Confirm, ErrorNote, Go, Page as Opened, Progress, useGo, useWords } from '../../../platform/web/ui/index.ts'; // prettier-ignore
import { OpenDemo } from '../../../platform/web/ui/open-demo.tsx';
import type { DemoView } from '../contract.ts';
import { FINDS } from './finds.ts';

const ASK_AGAIN_MS = 700;
/** What failed is tried again as it was asked for. */
const AS_BEFORE = {};
const LIVE = ['waiting', 'people', 'stories', 'orders'] as const;

function isLive({ state }: DemoView): boolean {
  return LIVE.some((live) => live === state);
}

/** The demo company: open it, watch it move in, be told what there is to find, take it out again. */
export function Page() {
  const { t } = useWords();
  const reader = useReader();
  const read = useRead(['demo'], (signal) => api.demo.get(undefined, { signal }), {
    everyMs: (data) => (data !== undefined && (isLive(data) || data.state === 'removing') ? ASK_AGAIN_MS : false),
  });
  const view = read.data;
  const gone = read.error !== null && view?.state === 'removing';
  useEffect(() => {
    // The workspace went with it: whoever is signed in stands in another.
    if (gone) void reader.refresh();
  }, [gone, reader]);
  if (view === undefined || gone) {
    return (
      <Opened name={t('demo.nav')} sentence={t('demo.nav')}>
        <ErrorNote error={gone ? null : read.error} />
      </Opened>
    );
  }
  const { company } = view;
  if (view.state === 'none') {
    return (
      <Opened name={t('demo.nav')} sentence={t('demo.none', { company })} note={t('demo.none.note')}>
        <div>{reader.may('operations:write') ? <OpenDemo /> : <p>{t('demo.owners')}</p>}</div>
      </Opened>
    );
  }
  return (
    <Opened name={t('demo.nav')} sentence={<Sentence view={view} />} note={t('demo.made')}>
      <Standing view={view} />
      {view.state === 'done' ? <Finds /> : null}
      {reader.may(view.opened ? 'operations:write' : 'workspace:write') && view.state !== 'removing' ? (
        <Removal view={view} />
      ) : null}
    </Opened>
  );
}

function Sentence({ view }: { readonly view: DemoView }) {
  const { t } = useWords();
  const { company, state } = view;
  if (state === 'done') return t('demo.done', { company });
  if (state === 'failed') return t('demo.failed', { company });
  return t(state === 'removing' ? 'demo.removing' : 'demo.coming', { company });
}

function Standing({ view }: { readonly view: DemoView }) {
  const { t } = useWords();
  const go = useGo();
  const again = useWrite(api.demo.fill, { refresh: ['demo'] });
  if (view.state === 'done') {
    return (
      <div>
        <Button onClick={() => go({ to: '/', search: { period: '', from: '', to: '' } })}>{t('demo.look')}</Button>
        <p>{t('demo.events', { count: view.events })}</p>
      </div>
    );
  }
  if (view.state === 'failed') {
    return (
      <div>
        <p role="alert">{t('demo.failed.note')}</p>
        <Button loading={again.isPending} onClick={() => again.mutate(AS_BEFORE)}>
          {t('demo.again')}
        </Button>
        <ErrorNote error={again.error} />
      </div>
    );
  }
  const step = LIVE.find((live) => live === view.state);
  return (
    <Progress
      label={t(step === undefined ? 'demo.step.removing' : `demo.step.${step}`)}
      share={step === undefined || step === 'waiting' ? undefined : view.share}
      note={t('demo.leave')}
    />
  );
}

/** Ways to what is planted. */
function Finds() {
  const { t } = useWords();
  return (
    <Card title={t('demo.finds')} note={t('demo.finds.note')}>
      <ul>
        {FINDS.map(({ key, to, search }) => (
          <li key={key}>
            <Go to={to} search={search}>
              {t(`demo.find.${key}`)}
            </Go>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Removal({ view }: { readonly view: DemoView }) {
  const { t } = useWords();
  const { company, opened } = view;
  const remove = useWrite(() => api.demo.remove(), { refresh: ['demo'] });
  return (
    <Confirm
      title={t('demo.remove.title', { company })}
      sentence={t(opened ? 'demo.remove.opened' : 'demo.remove.filled')}
      yes={t('demo.remove.yes')}
      onYes={() => remove.mutateAsync(undefined)}
    >
      {(ask) => (
        <div>
          <Button variant="subtle" color="clay" onClick={ask}>
            {t(isLive(view) ? 'demo.stop' : 'demo.remove')}
          </Button>
        </div>
      )}
    </Confirm>
  );
}
