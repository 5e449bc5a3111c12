import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, ErrorNote, useWords } from '../../web/ui/index.ts';
import { Copied } from '../../web/ui/copied.tsx';
import { mayBeScope } from '../vocabulary.ts';
import { otherThan, wrongAt } from './fields.tsx';
import styles from './workspaces.module.css';

/** Makes a key, which may do what is ticked, at first nothing. A secret one is shown here, this once. */
export function NewKey() {
  const { t } = useWords();
  const offered = useWorkspace().permissions.filter(mayBeScope);
  const [kind, setKind] = useState<'write' | 'secret'>('secret');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const create = useWrite(api.workspaces.keys.create, {
    refresh: ['workspaces'],
    onDone: () => {
      setName('');
      setScopes([]);
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ kind, name, scopes: kind === 'secret' ? offered.filter((s) => scopes.includes(s)) : [] });
  };
  const { error, data } = create;
  return (
    <Card
      title={t('workspaces.newKey.title')}
      note={t(`workspaces.newKey.${kind}Note`)}
      help={kind === 'secret' ? 'secret_key' : 'write_key'}
    >
      <form onSubmit={send}>
        <Stack gap={16}>
          <Group align="end" gap={12} className={styles['line'] ?? ''}>
            <NativeSelect
              label={t('workspaces.keys.kind')}
              data={[
                { value: 'secret', label: t('workspaces.keys.secret') },
                { value: 'write', label: t('workspaces.keys.write') },
              ]}
              value={kind}
              onChange={(e) => setKind(e.currentTarget.value === 'write' ? 'write' : 'secret')}
            />
            <TextInput
              label={t('workspaces.keys.name')}
              required
              maxLength={120}
              value={name}
              error={wrongAt(error, 'name')}
              onChange={(e) => setName(e.currentTarget.value)}
            />
            <Button type="submit" loading={create.isPending}>
              {t('workspaces.newKey.do')}
            </Button>
          </Group>
          {kind === 'secret' ? (
            <Checkbox.Group
              label={t('workspaces.newKey.scopes')}
              value={[...scopes]}
              onChange={setScopes}
              error={wrongAt(error, 'scopes')}
            >
              <div className={styles['scopes']}>
                {offered.map((scope) => (
                  <Checkbox
                    key={scope}
                    value={scope}
                    label={t(`workspaces.scope.${scope}`)}
                    description={
                      <>
                        {t(`workspaces.scopeNote.${scope}`)} <code dir="ltr">{scope}</code>
                      </>
                    }
                  />
                ))}
              </div>
            </Checkbox.Group>
          ) : null}
        </Stack>
      </form>
      <ErrorNote error={otherThan(error, ['name', 'scopes'])} />
      {data === undefined ? null : (
        <Copied
          label={t(data.kind === 'secret' ? 'workspaces.newKey.shownOnce' : 'workspaces.newKey.shown', {
            name: data.name,
          })}
          text={data.key}
        />
      )}
    </Card>
  );
}
