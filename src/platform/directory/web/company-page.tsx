import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useWrite } from '../../web/client/index.ts';
import { ErrorNote, Go, Threshold, useAddress, useWords } from '../../web/ui/index.ts';

/** By one's address to the company's own sign-in. */
export function Page() {
  const { t } = useWords();
  const [address] = useAddress();
  const [email, setEmail] = useState('');
  const find = useWrite(api.directory.find);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    find.mutate({ email });
  };
  const query = address['next'] === undefined ? '' : `?${new URLSearchParams({ next: address['next'] }).toString()}`;
  const failed = address['failed'];
  return (
    <Threshold title={t('directory.company.title')} sentence={t('directory.company.sentence')}>
      <title>{`${t('directory.company.name')} · Touchstone`}</title>
      <Stack gap={16}>
        {failed === undefined ? null : (
          <Alert color="clay" variant="light" role="alert" title={t('directory.company.failed')}>
            {failed}
          </Alert>
        )}
        <form onSubmit={send}>
          <Stack gap={16}>
            <TextInput
              label={t('directory.company.email')}
              type="email"
              autoComplete="email"
              dir="ltr"
              required
              maxLength={254}
              value={email}
              onChange={(e) => setEmail(e.currentTarget.value)}
            />
            <ErrorNote error={find.error} />
            <Button type="submit" loading={find.isPending}>
              {t('directory.company.find')}
            </Button>
          </Stack>
        </form>
        {find.data?.companies.length === 0 ? <p role="status">{t('directory.company.none')}</p> : null}
        {find.data?.companies.map((company) => (
          <Button
            key={company.workspaceId}
            component="a"
            variant="default"
            href={`/api/v1/sign-in/start/${company.workspaceId}${query}`}
          >
            {t('directory.company.to', { name: company.name })}
          </Button>
        ))}
        <Go to="/sign-in">{t('directory.company.password')}</Go>
      </Stack>
    </Threshold>
  );
}
