import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useWrite } from '../../web/client/index.ts';
import { Card, ErrorNote, useWords } from '../../web/ui/index.ts';
import { SecretField, otherThan } from './fields.tsx';

export function Password() {
  const { t } = useWords();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useWrite(api.workspaces.session.changePassword, {
    refresh: ['accounts'],
    onDone: () => {
      setCurrent('');
      setNew('');
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ currentPassword, newPassword });
  };
  const { error } = change;
  return (
    <Card title={t('accounts.password.title')} note={t('accounts.password.note')}>
      <form onSubmit={send}>
        <Stack gap={16}>
          <SecretField
            fresh={false}
            label={t('accounts.password.current')}
            value={currentPassword}
            onChange={setCurrent}
            problem={error}
            field="currentPassword"
          />
          <SecretField
            fresh
            label={t('accounts.password.next')}
            value={newPassword}
            onChange={setNew}
            problem={error}
            field="newPassword"
          />
          <ErrorNote error={otherThan(error, ['currentPassword', 'newPassword'])} />
          <Button type="submit" loading={change.isPending}>
            {t('accounts.password.do')}
          </Button>
          {change.isSuccess ? <p role="status">{t('accounts.password.done')}</p> : null}
        </Stack>
      </form>
    </Card>
  );
}
