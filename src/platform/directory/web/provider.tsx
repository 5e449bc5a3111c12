import { Button, Checkbox, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ProblemError, api, useWrite } from '../../web/client/index.ts';
import { Card, Confirm, ErrorNote, ProblemWords, useWords } from '../../web/ui/index.ts';
import type { SignInSettings } from '../contract.ts';
import { GIVEN_ROLES, isGivenRole } from './roles.ts';
import styles from './directory.module.css';

const FIELDS = ['issuer', 'clientId', 'clientSecret', 'domains'];

/** The OpenID Connect provider: what it has to be told, and what it told. */
export function Provider({ settings }: { readonly settings: SignInSettings }) {
  const { t } = useWords();
  const { provider, callbackUrl } = settings;
  const [issuer, setIssuer] = useState(provider?.issuer ?? '');
  const [clientId, setClientId] = useState(provider?.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [domains, setDomains] = useState(provider?.domains.join(', ') ?? '');
  const [newRole, setNewRole] = useState<string>(provider?.newRole ?? '');
  const [required, setRequired] = useState(provider?.required ?? false);
  const save = useWrite(api.directory.setProvider, { refresh: ['directory'], onDone: () => setClientSecret('') });
  const drop = useWrite(() => api.directory.dropProvider(), { refresh: ['directory'] });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({
      issuer,
      clientId,
      ...(clientSecret === '' ? {} : { clientSecret }),
      domains: domains.split(/[\s,]+/).filter((domain) => domain !== ''),
      newRole: isGivenRole(newRole) ? newRole : null,
      required,
    });
  };
  const { error } = save;
  const at = (field: string): ReactNode =>
    error instanceof ProblemError && error.field?.split('.')[0] === field ? <ProblemWords error={error} /> : undefined;
  const isOther = !(error instanceof ProblemError && FIELDS.includes(error.field?.split('.')[0] ?? ''));
  return (
    <Card title={t('directory.provider.title')} note={t('directory.provider.note')}>
      <form onSubmit={send}>
        <Stack gap={16}>
          <div>
            <p>{t('directory.provider.callback')}</p>
            <pre className={styles['shown']} dir="ltr" tabIndex={0} aria-label={t('directory.provider.callback')}>
              {callbackUrl}
            </pre>
          </div>
          <TextInput
            label={t('directory.provider.issuer')}
            placeholder="https://login.example.com"
            dir="ltr"
            required
            value={issuer}
            error={at('issuer')}
            onChange={(e) => setIssuer(e.currentTarget.value)}
          />
          <TextInput
            label={t('directory.provider.clientId')}
            dir="ltr"
            required
            value={clientId}
            error={at('clientId')}
            onChange={(e) => setClientId(e.currentTarget.value)}
          />
          <PasswordInput
            label={t('directory.provider.clientSecret')}
            description={provider === null ? undefined : t('directory.provider.secretKept')}
            autoComplete="off"
            required={provider === null}
            visibilityToggleButtonProps={{ 'aria-label': t('directory.provider.showSecret') }}
            value={clientSecret}
            error={at('clientSecret')}
            onChange={(e) => setClientSecret(e.currentTarget.value)}
          />
          <TextInput
            label={t('directory.provider.domains')}
            description={t('directory.provider.domainsNote')}
            placeholder="example.com"
            dir="ltr"
            required
            value={domains}
            error={at('domains')}
            onChange={(e) => setDomains(e.currentTarget.value)}
          />
          <NativeSelect
            label={t('directory.provider.newRole')}
            data={[
              { value: '', label: t('directory.provider.invitedOnly') },
              ...GIVEN_ROLES.map((role) => ({ value: role, label: t(`directory.role.${role}`) })),
            ]}
            value={newRole}
            onChange={(e) => setNewRole(e.currentTarget.value)}
          />
          <Checkbox
            label={t('directory.provider.required')}
            checked={required}
            onChange={(e) => setRequired(e.currentTarget.checked)}
          />
          <ErrorNote error={isOther ? error : null} />
          <Button type="submit" loading={save.isPending}>
            {t('directory.provider.save')}
          </Button>
          {save.isSuccess ? <p role="status">{t('directory.saved')}</p> : null}
          {provider === null ? null : (
            <Confirm
              title={t('directory.provider.drop')}
              sentence={t('directory.provider.dropSentence')}
              yes={t('directory.provider.drop')}
              onYes={() => drop.mutateAsync(undefined)}
            >
              {(ask) => (
                <Button variant="subtle" onClick={ask}>
                  {t('directory.provider.drop')}
                </Button>
              )}
            </Confirm>
          )}
        </Stack>
      </form>
    </Card>
  );
}
