import { Button, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useRead, useWrite } from '../../web/client/index.ts';
import { ErrorNote, Go, Threshold, useWords } from '../../web/ui/index.ts';

/** A link for a new password, or who can help where no mail is sent. */
export function Page() {
  const { t, language } = useWords();
  const [email, setEmail] = useState('');
  const ways = useRead(['accounts', 'reset'], (signal) => api.accounts.resetWays(undefined, { signal }));
  const ask = useWrite(api.accounts.askForReset);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate({ email, language });
  };
  const byMail = ways.data?.byMail ?? true;
  return (
    <Threshold title={t('accounts.ask.title')} sentence={t(byMail ? 'accounts.ask.sentence' : 'accounts.ask.noMail')}>
      <title>{`${t('accounts.ask.name')} · Touchstone`}</title>
      <Stack gap={16}>
        {byMail ? null : <code dir="ltr">./touchstone password --email ADDRESS</code>}
        {ask.isSuccess ? (
          <p role="status">{t('accounts.ask.done', { email })}</p>
        ) : byMail ? (
          <form onSubmit={send}>
            <Stack gap={16}>
              <TextInput
                label={t('accounts.email')}
                type="email"
                autoComplete="email"
                dir="ltr"
                required
                maxLength={254}
                value={email}
                onChange={(e) => setEmail(e.currentTarget.value)}
              />
              <ErrorNote error={ask.error} />
              <Button type="submit" loading={ask.isPending}>
                {t('accounts.ask.do')}
              </Button>
            </Stack>
          </form>
        ) : null}
        <Go to="/sign-in">{t('accounts.toSignIn')}</Go>
      </Stack>
    </Threshold>
  );
}
