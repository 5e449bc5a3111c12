import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useRead, useReader, useWrite } from '../../web/client/index.ts';
import { ErrorNote, Go, Threshold, useGo, useWords } from '../../web/ui/index.ts';
import {
  CompanyField,
  CurrencyField,
  EmailField,
  Languages,
  NameField,
  PasswordField,
  ZoneField,
  otherThan,
  ownZone,
  wrongAt,
} from './fields.tsx';

const FIELDS = ['company', 'name', 'email', 'password', 'zone', 'currency'];

/** The first page of all: its reader becomes the owner of the first workspace. */
export function Page() {
  const { t, language } = useWords();
  const { refresh } = useReader();
  const go = useGo();
  const setup = useRead(['setup'], (signal) => api.workspaces.setup.status(undefined, { signal }));
  const [company, setCompany] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [zone, setZone] = useState(ownZone);
  const [currency, setCurrency] = useState('EUR');
  const make = useWrite(api.workspaces.setup.create, {
    onDone: () => void refresh().then(() => go({ to: '/welcome' })),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate({ company, name, email, password, zone, currency, locale: language });
  };
  if (setup.data?.open === false && !make.isSuccess) {
    return (
      <Threshold title={t('workspaces.setup.done')} sentence={t('workspaces.setup.doneSentence')}>
        <Go to="/sign-in">{t('workspaces.signIn.do')}</Go>
      </Threshold>
    );
  }
  const { error } = make;
  return (
    <Threshold title={t('workspaces.setup.title')} sentence={t('workspaces.setup.sentence')}>
      <title>{`${t('workspaces.setup.name')} · Touchstone`}</title>
      <form onSubmit={send}>
        <Stack gap={16}>
          <CompanyField value={company} onChange={setCompany} error={wrongAt(error, 'company')} />
          <ZoneField value={zone} onChange={setZone} error={wrongAt(error, 'zone')} />
          <CurrencyField value={currency} onChange={setCurrency} error={wrongAt(error, 'currency')} />
          <NameField value={name} onChange={setName} error={wrongAt(error, 'name')} />
          <EmailField value={email} onChange={setEmail} error={wrongAt(error, 'email')} />
          <PasswordField fresh value={password} onChange={setPassword} error={wrongAt(error, 'password')} />
          <ErrorNote error={otherThan(error, FIELDS)} />
          <Button type="submit" loading={make.isPending}>
            {t('workspaces.setup.do')}
          </Button>
        </Stack>
      </form>
      <Languages />
    </Threshold>
  );
}
