import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useReader, useWrite } from '../../web/client/index.ts';
import { ErrorNote, Go, Threshold, useParam, useWords } from '../../web/ui/index.ts';
import { SecretField, otherThan } from './fields.tsx';

/** What stands behind a mailed link. */
export function Page() {
  const { t } = useWords();
  const token = useParam('token');
  const { refresh } = useReader();
  const [password, setPassword] = useState('');
  const finish = useWrite(api.accounts.finishReset, { onDone: () => void refresh() });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    finish.mutate({ token, password });
  };
  return (
    <Threshold title={t('accounts.reset.title')} sentence={t('accounts.reset.sentence')}>
      <title>{`${t('accounts.reset.title')} · Touchstone`}</title>
      <Stack gap={16}>
        {finish.isSuccess ? (
          <p role="status">{t('accounts.reset.done')}</p>
        ) : (
          <form onSubmit={send}>
            <Stack gap={16}>
              <SecretField
                fresh
                label={t('accounts.password.next')}
                value={password}
                onChange={setPassword}
                problem={finish.error}
                field="password"
              />
              <ErrorNote error={otherThan(finish.error, ['password'])} />
              <Button type="submit" loading={finish.isPending}>
                {t('accounts.reset.do')}
              </Button>
            </Stack>
          </form>
        )}
        <Go to="/sign-in">{t('accounts.toSignIn')}</Go>
      </Stack>
    </Threshold>
  );
}
