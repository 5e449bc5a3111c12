import { Button } from '@mantine/core';
import { api, useRead, useReader, useWorkspace, useWrite } from '../../web/client/index.ts';
import {
  Card,
  Confirm,
  DataTable,
  ErrorNote,
  Go,
  Page as UiPage,
  Tag,
  useWords,
  type Column,
} from '../../web/ui/index.ts';
import type { KeyView } from '../contract.ts';
import { mayBeScope } from '../vocabulary.ts';
import { NewKey } from './new-key.tsx';

/** Keys that stand, how to use the write key, and a new key. */
export function Page() {
  const { t, format } = useWords();
  const { may } = useReader();
  const { zone } = useWorkspace();
  const keys = useRead(['workspaces', 'keys'], (signal) => api.workspaces.keys.list(undefined, { signal }));
  const revoke = useWrite(api.workspaces.keys.revoke, { refresh: ['workspaces'] });
  const items = (keys.data?.items ?? []).filter((k) => k.revokedAt === null);

  const columns: readonly Column<KeyView>[] = [
    { key: 'name', title: t('workspaces.keys.name'), value: (k) => k.name, cell: (k) => <bdi>{k.name}</bdi> },
    {
      key: 'kind',
      title: t('workspaces.keys.kind'),
      value: (k) => t(`workspaces.keys.${k.kind}`),
      cell: (k) => <Tag>{t(`workspaces.keys.${k.kind}`)}</Tag>,
    },
    { key: 'shown', title: t('workspaces.keys.key'), wide: true, cell: (k) => <code dir="ltr">{k.shown}</code> },
    {
      key: 'scopes',
      title: t('workspaces.keys.scopes'),
      wide: true,
      cell: (k) =>
        k.kind === 'write'
          ? t('workspaces.keys.sends')
          : format.list(k.scopes.filter(mayBeScope).map((scope) => t(`workspaces.scope.${scope}`))),
    },
    {
      key: 'lastUsed',
      title: t('workspaces.keys.lastUsed'),
      value: (k) => k.lastUsedAt,
      wide: true,
      cell: (k) =>
        k.lastUsedAt !== null
          ? format.moment(k.lastUsedAt, zone)
          : t(k.kind === 'secret' ? 'workspaces.keys.never' : 'workspaces.keys.unknown'),
    },
    {
      key: 'revoke',
      title: '',
      align: 'end',
      cell: (k) =>
        may('keys:write') ? (
          <Confirm
            title={t('workspaces.keys.revokeTitle', { name: k.name })}
            sentence={t('workspaces.keys.revokeSentence')}
            yes={t('workspaces.keys.revoke')}
            onYes={() => revoke.mutateAsync({ keyId: k.id })}
          >
            {(ask) => (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={ask}
                aria-label={t('workspaces.keys.revokeTitle', { name: k.name })}
              >
                {t('workspaces.keys.revoke')}
              </Button>
            )}
          </Confirm>
        ) : null,
    },
  ];

  return (
    <UiPage
      name={t('workspaces.keys.nav')}
      sentence={
        keys.data === undefined ? t('workspaces.keys.nav') : t('workspaces.keys.sentence', { count: items.length })
      }
      note={t('workspaces.keys.note')}
    >
      <ErrorNote error={keys.error} />
      <Card title={t('workspaces.keys.nav')} help="write_key">
        {keys.data === undefined ? null : (
          <DataTable label={t('workspaces.keys.nav')} rows={items} columns={columns} rowKey={(k) => k.id} />
        )}
      </Card>
      {may('keys:write') ? <NewKey /> : null}
      <Card title={t('workspaces.snippet.title')} onward={<Go to="/listen/connect">{t('workspaces.snippet.open')}</Go>}>
        {t('workspaces.snippet.note')}
      </Card>
    </UiPage>
  );
}
