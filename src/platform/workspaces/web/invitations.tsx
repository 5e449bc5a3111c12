import { Button, Group, NativeSelect } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useRead, useReader, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, DataTable, ErrorNote, useWords, type Column } from '../../web/ui/index.ts';
import { Copied } from '../../web/ui/copied.tsx';
import type { Role } from '../../kernel/permissions.ts';
import type { InvitationView } from '../contract.ts';
import { EmailField, isRole, otherThan, roleKey, roleNoteKey, useRoleOptions, wrongAt } from './fields.tsx';
import styles from './workspaces.module.css';

/** Open invitations, and a new one for those who may. */
export function Invitations() {
  const { t, format } = useWords();
  const { may } = useReader();
  const { zone } = useWorkspace();
  const open = useRead(['workspaces', 'invitations'], (signal) =>
    api.workspaces.invitations.list(undefined, { signal }),
  );
  const revoke = useWrite(api.workspaces.invitations.revoke, { refresh: ['workspaces'] });
  const items = open.data?.items ?? [];
  const columns: readonly Column<InvitationView>[] = [
    {
      key: 'email',
      title: t('workspaces.field.email'),
      value: (i) => i.email,
      cell: (i) => <bdi>{i.email}</bdi>,
    },
    {
      key: 'role',
      title: t('workspaces.field.role'),
      value: (i) => t(roleKey(i.role)),
      cell: (i) => t(roleKey(i.role)),
    },
    {
      key: 'expires',
      title: t('workspaces.invitations.until'),
      value: (i) => i.expiresAt,
      wide: true,
      cell: (i) => format.dayOf(i.expiresAt, zone),
    },
    {
      key: 'revoke',
      title: '',
      align: 'end',
      cell: (i) =>
        may('members:write') ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('workspaces.invitations.revokeOf', { email: i.email })}
            onClick={() => revoke.mutate({ invitationId: i.id })}
          >
            {t('workspaces.invitations.revoke')}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      {may('members:write') ? <Invite /> : null}
      <ErrorNote error={open.error ?? revoke.error} />
      {items.length === 0 ? null : (
        <Card title={t('workspaces.invitations.title')}>
          <DataTable label={t('workspaces.invitations.title')} rows={items} columns={columns} rowKey={(i) => i.id} />
        </Card>
      )}
    </>
  );
}

function Invite() {
  const { t } = useWords();
  const workspace = useWorkspace();
  const roles = useRoleOptions(workspace.role === 'owner');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const invite = useWrite(api.workspaces.invitations.create, {
    refresh: ['workspaces'],
    onDone: () => setEmail(''),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate({ email, role });
  };
  return (
    <Card title={t('workspaces.invite.title')} note={t(roleNoteKey(role))}>
      <form onSubmit={send}>
        <Group align="end" gap={12} className={styles['line'] ?? ''}>
          <EmailField value={email} onChange={setEmail} error={wrongAt(invite.error, 'email')} />
          <NativeSelect
            label={t('workspaces.field.role')}
            data={roles}
            value={role}
            onChange={(e) => {
              const chosen = e.currentTarget.value;
              if (isRole(chosen)) setRole(chosen);
            }}
          />
          <Button type="submit" loading={invite.isPending}>
            {t('workspaces.invite.do')}
          </Button>
        </Group>
      </form>
      <ErrorNote error={otherThan(invite.error, ['email'])} />
      {invite.data === undefined ? null : invite.data.link === null ? (
        <p role="status">{t('workspaces.invite.sent', { email: invite.data.email })}</p>
      ) : (
        <Copied label={t('workspaces.invite.link', { email: invite.data.email })} text={invite.data.link} />
      )}
    </Card>
  );
}
