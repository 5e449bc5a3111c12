import { api, useRead } from '../../web/client/index.ts';
import { ErrorNote, Page as UiPage, useWords } from '../../web/ui/index.ts';
import { Aside } from './aside.tsx';
import { FailedJobs, Queues } from './jobs.tsx';
import { SlowStatements } from './slow-statements.tsx';
import { Standing } from './standing.tsx';
import { Stores } from './stores.tsx';
import { Verdict } from './verdict.tsx';

const EVERY_MS = 5_000;

/** How the installation fares, for who runs it. */
export function Page() {
  const { t } = useWords();
  const status = useRead(['operations', 'status'], (signal) => api.operations.status(undefined, { signal }), {
    everyMs: EVERY_MS,
  });
  const now = status.data;
  return (
    <UiPage
      name={t('operations.nav')}
      sentence={now === undefined ? t('operations.nav') : <Verdict status={now} />}
      note={t('operations.note')}
    >
      <ErrorNote error={status.error} />
      {now === undefined ? null : (
        <>
          <Standing status={now} />
          <Stores status={now} />
          <Queues queues={now.queues ?? []} />
          <FailedJobs />
          <Aside />
          <SlowStatements />
        </>
      )}
    </UiPage>
  );
}
