import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useReader, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, Columns, ErrorNote, Page as UiPage, useWords } from '../../web/ui/index.ts';
import { CompanyField, CurrencyField, LanguageField, ZoneField, otherThan, wrongAt } from './fields.tsx';

/** The workspace's own words. */
export function Page() {
  const { t } = useWords();
  const { may } = useReader();
  const workspace = useWorkspace();
  return (
    <UiPage
      name={t('workspaces.settings.nav')}
      sentence={t('workspaces.settings.sentence', { workspace: workspace.name, zone: workspace.zone })}
      note={t('workspaces.settings.note', { currency: workspace.currency })}
    >
      <Columns>
        {may('workspace:write') ? <Workspace /> : null}
        {workspace.role === 'owner' ? <Another /> : null}
      </Columns>
    </UiPage>
  );
}

function Workspace() {
  const { t } = useWords();
  const { refresh } = useReader();
  const workspace = useWorkspace();
  const [name, setName] = useState(workspace.name);
  const [zone, setZone] = useState(workspace.zone);
  const [currency, setCurrency] = useState(workspace.currency);
  const [locale, setLocale] = useState(workspace.locale);
  const update = useWrite(api.workspaces.workspaces.update, { onDone: () => void refresh() });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    update.mutate({ name, zone, currency, locale });
  };
  const { error } = update;
  return (
    <Card title={t('workspaces.settings.workspace')} help="workspace">
      <form onSubmit={send}>
        <Stack gap={16}>
          <CompanyField value={name} onChange={setName} error={wrongAt(error, 'name')} />
          <ZoneField value={zone} onChange={setZone} error={wrongAt(error, 'zone')} />
          <CurrencyField value={currency} onChange={setCurrency} error={wrongAt(error, 'currency')} />
          <LanguageField value={locale} onChange={setLocale} error={wrongAt(error, 'locale')} />
          <ErrorNote error={otherThan(error, ['name', 'zone', 'currency', 'locale'])} />
          <Button type="submit" loading={update.isPending}>
            {t('workspaces.settings.save')}
          </Button>
          {update.isSuccess ? <p role="status">{t('workspaces.settings.saved')}</p> : null}
        </Stack>
      </form>
    </Card>
  );
}

function Another() {
  const { t } = useWords();
  const reader = useReader();
  const { zone, currency, locale } = useWorkspace();
  const [name, setName] = useState('');
  const create = useWrite(api.workspaces.workspaces.create, {
    onDone: ({ id }) => void reader.refresh().then(() => reader.choose(id)),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ name, zone, currency, locale });
  };
  return (
    <Card title={t('workspaces.another.title')} note={t('workspaces.another.note')}>
      <form onSubmit={send}>
        <Stack gap={16}>
          <CompanyField value={name} onChange={setName} error={wrongAt(create.error, 'name')} />
          <ErrorNote error={otherThan(create.error, ['name'])} />
          <Button type="submit" variant="default" loading={create.isPending}>
            {t('workspaces.another.do')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
