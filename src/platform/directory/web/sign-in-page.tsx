import { Switch } from '@mantine/core';
import { api, useRead, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, Columns, ErrorNote, Page as UiPage, useWords } from '../../web/ui/index.ts';
import type { SignInSettings } from '../contract.ts';
import { Provider } from './provider.tsx';
import { Provisioning } from './provisioning.tsx';

/** How members sign in: second factor, provider, provisioning. Owners change it, admins see it. */
export function Page() {
  const { t } = useWords();
  const workspace = useWorkspace();
  const settings = useRead(['directory'], (signal) => api.directory.get(undefined, { signal }));
  const { data } = settings;
  const isOwner = workspace.role === 'owner';
  return (
    <UiPage
      name={t('directory.nav')}
      sentence={
        data === undefined
          ? t('directory.nav')
          : t(data.provider === null ? 'directory.sentence.password' : 'directory.sentence.provider', {
              workspace: workspace.name,
              issuer: data.provider?.issuer ?? '',
            })
      }
      note={isOwner ? t('directory.note') : t('directory.ownersOnly')}
    >
      <ErrorNote error={settings.error} />
      {data === undefined ? null : (
        <fieldset disabled={!isOwner} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
          <Columns>
            <Provider settings={data} />
            <Provisioning settings={data} />
            <TwoFactor settings={data} />
          </Columns>
        </fieldset>
      )}
    </UiPage>
  );
}

function TwoFactor({ settings }: { readonly settings: SignInSettings }) {
  const { t } = useWords();
  const change = useWrite(api.directory.requireTwoFactor, { refresh: ['directory'] });
  return (
    <Card title={t('directory.factor.title')} note={t('directory.factor.note')}>
      <ErrorNote error={change.error} />
      <Switch
        label={t('directory.factor.required')}
        checked={settings.requireTwoFactor}
        onChange={(e) => change.mutate({ required: e.currentTarget.checked })}
      />
    </Card>
  );
}
