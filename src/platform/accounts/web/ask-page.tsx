import { Stack } from '@mantine/core';
import { api, useRead, useWrite } from '../../web/client/index.ts';
import { EmailForm, Go, Threshold, useWords } from '../../web/ui/index.ts';

/** A link for a new password, or who can help where no mail is sent. */
export function Page() {
  const { t, language } = useWords();
  const ways = useRead(['accounts', 'reset'], (signal) => api.accounts.resetWays(undefined, { signal }));
  const ask = useWrite(api.accounts.askForReset);
  const byMail = ways.data?.byMail ?? true;
  return (
    <Threshold title={t('accounts.ask.title')} sentence={t(byMail ? 'accounts.ask.sentence' : 'accounts.ask.noMail')}>
      <title>{`${t('accounts.ask.name')} · Touchstone`}</title>
      <Stack gap={16}>
        {byMail ? null : <code dir="ltr">./touchstone password --email ADDRESS</code>}
        {ask.isSuccess ? (
          <p role="status">{t('accounts.ask.done', { email: ask.variables.email })}</p>
        ) : byMail ? (
          <EmailForm
            label={t('accounts.email')}
            action={t('accounts.ask.do')}
            pending={ask.isPending}
            error={ask.error}
            onSend={(email) => ask.mutate({ email, language })}
          />
        ) : null}
        <Go to="/sign-in">{t('accounts.toSignIn')}</Go>
      </Stack>
    </Threshold>
  );
}
