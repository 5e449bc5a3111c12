import { Button, CloseButton, TextInput } from '@mantine/core';
import type { HiddenField } from '@touchstone/domain/survey';
import { useState } from 'react';
import { Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../../view.ts';
import { at, put, some } from './edits.ts';
import styles from './logic.module.css';

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u;

/** What comes along in the address, and nobody is asked. */
export function HiddenCard({ document, change, mayWrite }: ViewProps) {
  const { t } = useWords();
  const hidden = document.hidden ?? [];
  const [name, setName] = useState('');
  const set = (next: readonly HiddenField[], as?: string): void =>
    change(put(document, 'hidden', some(next)), t('surveys.logic.did.hidden'), as);
  const wanted = name.trim();
  const problem =
    wanted === ''
      ? undefined
      : !ID.test(wanted)
        ? t('surveys.logic.hidden.odd')
        : hidden.some(({ id }) => id === wanted)
          ? t('surveys.logic.hidden.twice')
          : undefined;
  return (
    <Card title={t('surveys.logic.hidden')} note={t('surveys.logic.hidden.note')}>
      <div className={styles['list']}>
        {hidden.map((field, i) => (
          <div key={field.id} className={styles['item']} data-at={`hidden[${i}]`}>
            <div className={styles['itemHead']}>
              <code dir="ltr">?{field.id}=…</code>
              {mayWrite ? (
                <CloseButton
                  aria-label={t('surveys.logic.hidden.remove', { name: field.id })}
                  onClick={() => set(at(hidden, i, undefined))}
                />
              ) : null}
            </div>
            <div className={styles['fields']}>
              <TextInput
                size="xs"
                dir="auto"
                label={t('surveys.logic.hidden.values')}
                placeholder={t('surveys.logic.hidden.any')}
                disabled={!mayWrite}
                key={`${field.id} ${(field.values ?? []).join()}`}
                defaultValue={(field.values ?? []).join(', ')}
                onBlur={({ currentTarget }) => {
                  const values = valuesOf(currentTarget.value);
                  if (values.join() !== (field.values ?? []).join())
                    set(at(hidden, i, put(field, 'values', some(values))));
                }}
              />
              <TextInput
                size="xs"
                dir="auto"
                label={t('surveys.logic.hidden.fallback')}
                maxLength={200}
                disabled={!mayWrite}
                value={field.fallback ?? ''}
                onChange={({ currentTarget: { value } }) =>
                  set(at(hidden, i, put(field, 'fallback', value === '' ? undefined : value)), `hidden[${i}].fallback`)
                }
              />
            </div>
          </div>
        ))}
        {mayWrite ? (
          <form
            className={styles['itemHead']}
            onSubmit={(event) => {
              event.preventDefault();
              if (wanted === '' || problem !== undefined) return;
              set([...hidden, { id: wanted }]);
              setName('');
            }}
          >
            <TextInput
              size="xs"
              dir="ltr"
              label={t('surveys.logic.hidden.name')}
              placeholder="till"
              value={name}
              error={problem}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Button type="submit" variant="default" size="xs" disabled={wanted === '' || problem !== undefined}>
              {t('surveys.logic.hidden.add')}
            </Button>
          </form>
        ) : null}
      </div>
    </Card>
  );
}

/** Values as they are typed, with commas between them; each once, and no more and no longer than a survey takes. */
function valuesOf(typed: string): string[] {
  const values = typed.split(/[,،;]/u).map((value) => value.trim().slice(0, 200));
  return [...new Set(values)].filter((value) => value !== '').slice(0, 200);
}
