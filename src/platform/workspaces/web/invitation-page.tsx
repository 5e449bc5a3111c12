import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useRead, useReader, useWrite } from '../../web/client/index.ts';
import { ErrorNote, Go, Threshold, useGo, useParam, useWords } from '../../web/ui/index.ts';
import {
  CodeField,
  Languages,
  NameField,
  PasswordField,
  asksForCode,
  otherThan,
  roleKey,
  roleNoteKey,
  wrongAt,
} from './fields.tsx';

/** What stands behind an invitation's link: joining with a new account, or with the one there is. */
export function Page() {
  const { t } = useWords();
  const token = useParam('token');
  const reader = useReader();
  const go = useGo();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const accept = useWrite(api.workspaces.invitations.accept, {
    onDone: ({ workspaceId }) =>
      void reader.refresh().then(() => {
        reader.choose(workspaceId);
        go({ to: '/' });
      }),
  });
  // Once accepted it is no more: it is not asked for again.
  const invitation = useRead(
    ['invitation', token],
    (signal) => api.workspaces.invitations.read({ token }, { signal }),
    { enabled: accept.isIdle || accept.isError },
  );
  if (invitation.error !== null) {
    return (
      <Threshold title={t('workspaces.invitation.gone')} sentence={t('workspaces.invitation.goneSentence')}>
        <Go to="/">{t('web.toHome')}</Go>
      </Threshold>
    );
  }
  if (invitation.data === undefined) return null;
  const { workspaceName, email, role, hasAccount } = invitation.data;
  const signedIn = reader.user?.email === email;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate({
      token,
      ...(signedIn ? {} : { password }),
      ...(hasAccount ? {} : { name }),
      ...(code === '' ? {} : { code }),
    });
  };
  const { error } = accept;
  return (
    <Threshold
      title={t('workspaces.invitation.title', { workspace: workspaceName })}
      sentence={t('workspaces.invitation.sentence', { email, role: t(roleKey(role)), may: t(roleNoteKey(role)) })}
    >
      <title>{`${t('workspaces.invitation.name')} · Touchstone`}</title>
      <form onSubmit={send}>
        <Stack gap={16}>
          {hasAccount ? null : <NameField value={name} onChange={setName} error={wrongAt(error, 'name')} />}
          {signedIn ? null : (
            <PasswordField
              fresh={!hasAccount}
              value={password}
              onChange={setPassword}
              error={wrongAt(error, 'password')}
            />
          )}
          {code !== '' || asksForCode(error) ? (
            <CodeField value={code} onChange={setCode} error={wrongAt(error, 'code')} />
          ) : null}
          <ErrorNote error={otherThan(error, ['name', 'password', 'code'])} />
          <Button type="submit" loading={accept.isPending}>
            {t('workspaces.invitation.do')}
          </Button>
        </Stack>
      </form>
      <Languages />
    </Threshold>
  );
}
