import { Alert, Button, Stack } from '@mantine/core';
import { ProblemError, api, useWrite } from '../../web/client/index.ts';
import { EmailForm, Go, ProblemWords, Threshold, useAddress, useWords } from '../../web/ui/index.ts';

/** By one's address to the company's own sign-in. */
export function Page() {
  const { t } = useWords();
  const [address] = useAddress();
  const find = useWrite(api.directory.find);
  const query = address['next'] === undefined ? '' : `?${new URLSearchParams({ next: address['next'] }).toString()}`;
  const failed = address['failed'];
  return (
    <Threshold title={t('directory.company.title')} sentence={t('directory.company.sentence')}>
      <title>{`${t('directory.company.name')} · Touchstone`}</title>
      <Stack gap={16}>
        {failed === undefined ? null : (
          <Alert color="clay" variant="light" role="alert" title={t('directory.company.failed')}>
            <ProblemWords error={new ProblemError(401, 'unauthenticated', '', { code: failed })} />
          </Alert>
        )}
        <EmailForm
          label={t('directory.company.email')}
          action={t('directory.company.find')}
          pending={find.isPending}
          error={find.error}
          onSend={(email) => find.mutate({ email })}
        />
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
