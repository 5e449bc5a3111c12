import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useRead, useReader, useWrite } from '../../web/client/index.ts';
import { ErrorNote, Go, Threshold, useGo, useWords } from '../../web/ui/index.ts';
import { useOpenDemo } from '../../web/ui/open-demo.tsx';
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

/** The button that leads to the demo company first. */
const DEMO = 'demo';

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
  const make = useWrite(api.workspaces.setup.create);
  const openDemo = useOpenDemo();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const { nativeEvent } = event;
    const lookFirst = nativeEvent instanceof SubmitEvent && nativeEvent.submitter?.getAttribute('name') === DEMO;
    const welcome = (): void => void refresh().then(() => go({ to: '/welcome' }));
    make.mutate(
      { company, name, email, password, zone, currency, locale: language },
      {
        // Where the demo cannot be opened, the next page has the same button and says why.
        onSuccess: ({ workspaceId }) => (lookFirst ? openDemo.mutate(workspaceId, { onError: welcome }) : welcome()),
      },
    );
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
          <Button type="submit" name={DEMO} variant="default" disabled={make.isPending} loading={openDemo.isPending}>
            {t('workspaces.setup.demo')}
          </Button>
        </Stack>
      </form>
      <Languages />
    </Threshold>
  );
}
