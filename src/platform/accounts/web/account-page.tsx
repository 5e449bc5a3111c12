import { Button, Stack } from '@mantine/core';
import { api, useRead, useReader, useWrite } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, Go, Threshold, useWords, type Column } from '../../web/ui/index.ts';
import type { AccountView } from '../contract.ts';
import { Password } from './password.tsx';
import { SecondFactor } from './second-factor.tsx';

type Session = AccountView['sessions'][number];

/** One's own account, whatever the workspace: where a workspace asks for more before it lets in, this page says what. */
export function Page() {
  const { t } = useWords();
  const { workspace, signOut } = useReader();
  const account = useRead(['accounts'], (signal) => api.accounts.get(undefined, { signal }));
  const { data } = account;
  const barred = workspace?.barred ?? null;
  return (
    <Threshold
      title={
        barred === null ? t('accounts.title') : t(`accounts.barred.${barred}`, { workspace: workspace?.name ?? '' })
      }
      sentence={data === undefined ? undefined : t('accounts.sentence', { email: data.user.email })}
    >
      <title>{`${t('accounts.name')} · Touchstone`}</title>
      <Stack gap={24}>
        <ErrorNote error={account.error} />
        {data === undefined ? null : (
          <>
            {data.provided ? <p>{t('accounts.provided')}</p> : <SecondFactor account={data} />}
            <Sessions sessions={data.sessions} provided={data.provided} />
            {data.hasPassword && !data.provided ? <Password /> : null}
          </>
        )}
        {workspace === undefined || barred !== null ? null : <Go to="/">{t('accounts.back')}</Go>}
        <Button variant="default" onClick={() => void signOut()}>
          {t('web.signOut')}
        </Button>
      </Stack>
    </Threshold>
  );
}

function Sessions({ sessions, provided }: { readonly sessions: readonly Session[]; readonly provided: boolean }) {
  const { t, format } = useWords();
  const end = useWrite(api.accounts.endSession, { refresh: ['accounts'] });
  const endOthers = useWrite(() => api.accounts.endOthers(), { refresh: ['accounts'] });
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const columns: readonly Column<Session>[] = [
    {
      key: 'browser',
      title: t('accounts.sessions.browser'),
      cell: (s) => (s.current ? t('accounts.sessions.current') : <bdi>{shortName(s.browser)}</bdi>),
    },
    { key: 'since', title: t('accounts.sessions.since'), cell: (s) => format.moment(s.createdAt, timeZone) },
    {
      key: 'end',
      title: '',
      align: 'end',
      cell: (s) =>
        s.current ? null : (
          <Button size="compact-sm" variant="subtle" onClick={() => end.mutate({ sessionId: s.id })}>
            {t('accounts.sessions.end')}
          </Button>
        ),
    },
  ];
  return (
    <Card title={t('accounts.sessions.title')} note={t('accounts.sessions.note')}>
      <Stack gap={16}>
        <DataTable label={t('accounts.sessions.title')} rows={sessions} columns={columns} rowKey={(s) => s.id} />
        <ErrorNote error={end.error ?? endOthers.error} />
        {sessions.length > 1 && !provided ? (
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
            {t('accounts.sessions.endOthers')}
          </Button>
        ) : null}
      </Stack>
    </Card>
  );
}

/** What of a browser's own long name tells people something. */
function shortName(userAgent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)[a-z]*\/[\d.]+/i.exec(userAgent)?.[1] ?? '';
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(userAgent)?.[0] ?? '';
  const named = [browser, system].filter((word) => word !== '').join(', ');
  return named === '' ? userAgent.slice(0, 40) || '–' : named;
}
