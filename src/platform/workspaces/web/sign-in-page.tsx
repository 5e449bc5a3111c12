import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useReader, useWrite } from '../../web/client/index.ts';
import { ErrorNote, Go, Redirect, Threshold, useAddress, useWords } from '../../web/ui/index.ts';
import { CodeField, EmailField, Languages, PasswordField, asksForCode, otherThan, wrongAt } from './fields.tsx';

/** Leads back to where the reader wanted to go. */
export function Page() {
  const { t } = useWords();
  const reader = useReader();
  const [address] = useAddress();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const signIn = useWrite(api.workspaces.session.signIn, { onDone: () => void reader.refresh() });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ email, password, ...(code === '' ? {} : { code }) });
  };
  const asked = code !== '' || asksForCode(signIn.error);
  if (reader.state === 'member') return <Redirect to={ownPath(address['next'])} />;
  if (reader.user !== undefined) return <Homeless />;
  return (
    <Threshold title={t('workspaces.signIn.title')}>
      <title>{`${t('workspaces.signIn.do')} · Touchstone`}</title>
      <form onSubmit={send}>
        <Stack gap={16}>
          <EmailField value={email} onChange={setEmail} />
          <PasswordField fresh={false} value={password} onChange={setPassword} />
          {asked ? <CodeField value={code} onChange={setCode} error={wrongAt(signIn.error, 'code')} /> : null}
          <ErrorNote error={otherThan(signIn.error, ['code'])} />
          <Button type="submit" loading={signIn.isPending}>
            {t('workspaces.signIn.do')}
          </Button>
        </Stack>
      </form>
      <p>
        <Go to="/reset">{t('workspaces.signIn.forgotten')}</Go>
      </p>
      <p>
        <Go to="/company" search={address['next'] === undefined ? {} : { next: address['next'] }}>
          {t('workspaces.signIn.company')}
        </Go>
      </p>
      <Languages />
    </Threshold>
  );
}

/** Signed in, and in no workspace. */
function Homeless() {
  const { t } = useWords();
  const { user, signOut } = useReader();
  return (
    <Threshold
      title={t('workspaces.homeless.title')}
      sentence={t('workspaces.homeless.sentence', { email: user?.email ?? '' })}
    >
      <Button variant="default" onClick={() => void signOut()}>
        {t('web.signOut')}
      </Button>
    </Threshold>
  );
}

/** A path of ours; whatever else stood in the address leads Home. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/';
}
