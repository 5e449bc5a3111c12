import { Button, NativeSelect, Stack } from '@mantine/core';
import { api, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, Confirm, DataTable, ErrorNote, useWords, type Column } from '../../web/ui/index.ts';
import type { SignInSettings } from '../contract.ts';
import { GIVEN_ROLES, isGivenRole } from './roles.ts';
import styles from './directory.module.css';

type Group = SignInSettings['provisioning']['groups'][number];

/** The address and token that a directory provisions with, and the roles its groups give. */
export function Provisioning({ settings }: { readonly settings: SignInSettings }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { url, token, users, groups } = settings.provisioning;
  const make = useWrite(() => api.directory.makeToken(), { refresh: ['directory'] });
  const drop = useWrite(() => api.directory.dropToken(), { refresh: ['directory'], onDone: () => make.reset() });
  const give = useWrite(api.directory.setGroupRole, { refresh: ['directory', 'workspaces'] });
  const columns: readonly Column<Group>[] = [
    { key: 'name', title: t('directory.groups.name'), cell: (g) => <bdi>{g.displayName}</bdi> },
    { key: 'members', title: t('directory.groups.members'), align: 'end', cell: (g) => format.number(g.members) },
    {
      key: 'role',
      title: t('directory.groups.role'),
      cell: (g) => (
        <NativeSelect
          size="xs"
          aria-label={t('directory.groups.roleOf', { name: g.displayName })}
          data={[
            { value: '', label: t('directory.groups.none') },
            ...GIVEN_ROLES.map((role) => ({ value: role, label: t(`directory.role.${role}`) })),
          ]}
          value={g.role ?? ''}
          onChange={(e) => {
            const role = e.currentTarget.value;
            give.mutate({ groupId: g.id, role: isGivenRole(role) ? role : null });
          }}
        />
      ),
    },
  ];
  return (
    <Card
      title={t('directory.scim.title')}
      note={token === null ? t('directory.scim.off') : t('directory.scim.on', { count: users })}
    >
      <Stack gap={16}>
        <div>
          <p>{t('directory.scim.url')}</p>
          <pre className={styles['shown']} dir="ltr" tabIndex={0} aria-label={t('directory.scim.url')}>
            {url}
          </pre>
        </div>
        {make.data === undefined ? null : (
          <div role="status">
            <p>{t('directory.scim.shownOnce')}</p>
            <pre className={styles['shown']} dir="ltr" tabIndex={0} aria-label={t('directory.scim.token')}>
              {make.data.token}
            </pre>
          </div>
        )}
        {token?.lastUsedAt == null ? null : (
          <p>{t('directory.scim.lastUsed', { at: format.moment(token.lastUsedAt, zone) })}</p>
        )}
        <ErrorNote error={make.error ?? drop.error ?? give.error} />
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate(undefined)}>
          {t(token === null ? 'directory.scim.make' : 'directory.scim.renew')}
        </Button>
        {token === null ? null : (
          <Confirm
            title={t('directory.scim.drop')}
            sentence={t('directory.scim.dropSentence')}
            yes={t('directory.scim.drop')}
            onYes={() => drop.mutateAsync(undefined)}
          >
            {(ask) => (
              <Button variant="subtle" onClick={ask}>
                {t('directory.scim.drop')}
              </Button>
            )}
          </Confirm>
        )}
        {groups.length === 0 ? null : (
          <DataTable label={t('directory.groups.title')} rows={groups} columns={columns} rowKey={(g) => g.id} />
        )}
      </Stack>
    </Card>
  );
}
