import { Button, NativeSelect } from '@mantine/core';
import { api, useRead, useReader, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, Confirm, DataTable, ErrorNote, Page as UiPage, useWords, type Column } from '../../web/ui/index.ts';
import type { MemberView } from '../contract.ts';
import { isRole, roleKey, useRoleOptions } from './fields.tsx';
import { Invitations } from './invitations.tsx';

export function Page() {
  const { t, format } = useWords();
  const { may, user, refresh } = useReader();
  const workspace = useWorkspace();
  const byOwner = workspace.role === 'owner';
  const roles = useRoleOptions(byOwner);
  const members = useRead(['workspaces', 'members'], (signal) => api.workspaces.members.list(undefined, { signal }));
  const onDone = (_: unknown, input: { readonly memberId: string }): void => {
    // One's own role or place has changed: what one may do is asked for anew.
    if (members.data?.items.some((m) => m.id === input.memberId && m.userId === user?.id)) void refresh();
  };
  const setRole = useWrite(api.workspaces.members.update, { refresh: ['workspaces'], onDone });
  const remove = useWrite(api.workspaces.members.remove, { refresh: ['workspaces'], onDone });
  const mayChange = (member: MemberView): boolean => may('members:write') && (byOwner || member.role !== 'owner');
  const items = members.data?.items ?? [];

  const columns: readonly Column<MemberView>[] = [
    { key: 'name', title: t('workspaces.field.name'), value: (m) => m.name, cell: (m) => <bdi>{m.name}</bdi> },
    {
      key: 'email',
      title: t('workspaces.field.email'),
      value: (m) => m.email,
      wide: true,
      cell: (m) => <bdi>{m.email}</bdi>,
    },
    {
      key: 'role',
      title: t('workspaces.field.role'),
      value: (m) => t(roleKey(m.role)),
      cell: (m) =>
        mayChange(m) ? (
          <NativeSelect
            size="xs"
            aria-label={t('workspaces.members.roleOf', { name: m.name })}
            data={roles}
            value={m.role}
            onChange={(e) => {
              const role = e.currentTarget.value;
              if (isRole(role)) setRole.mutate({ memberId: m.id, role });
            }}
          />
        ) : (
          t(roleKey(m.role))
        ),
    },
    {
      key: 'since',
      title: t('workspaces.field.since'),
      value: (m) => m.createdAt,
      wide: true,
      cell: (m) => format.dayOf(m.createdAt, workspace.zone),
    },
    {
      key: 'remove',
      title: '',
      align: 'end',
      cell: (m) =>
        mayChange(m) ? (
          <Confirm
            title={t('workspaces.members.removeTitle', { name: m.name })}
            sentence={t('workspaces.members.removeSentence', { name: m.name, workspace: workspace.name })}
            yes={t('workspaces.members.remove')}
            onYes={() => remove.mutateAsync({ memberId: m.id })}
          >
            {(ask) => (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={ask}
                aria-label={t('workspaces.members.removeTitle', { name: m.name })}
              >
                {t('workspaces.members.remove')}
              </Button>
            )}
          </Confirm>
        ) : null,
    },
  ];

  return (
    <UiPage
      name={t('workspaces.members.nav')}
      sentence={
        members.data === undefined
          ? t('workspaces.members.nav')
          : t('workspaces.members.sentence', { count: items.length, workspace: workspace.name })
      }
      note={t('workspaces.members.note')}
    >
      <ErrorNote error={members.error ?? setRole.error} />
      <Card title={t('workspaces.members.nav')}>
        {members.data === undefined ? null : (
          <DataTable label={t('workspaces.members.nav')} rows={items} columns={columns} rowKey={(m) => m.id} />
        )}
      </Card>
      <Invitations />
    </UiPage>
  );
}
