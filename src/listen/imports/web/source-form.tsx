import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IMPORT_KINDS } from '@touchstone/domain/tabular';
import { useId, useState } from 'react';
import { api, useWrite } from '../../../platform/web/client/index.ts';
import { ErrorNote, useWords } from '../../../platform/web/ui/index.ts';
import styles from './imports.module.css';
import { type ChosenTimes, isWhole, saidOf, SourceTimes, USUAL_TIMES } from './source-times.tsx';

const REFRESH = { refresh: ['sources', 'imports'] };

/** Names a place, what lies there and when to look. */
export function SourceForm({ folder, onDone }: { readonly folder: string | null; readonly onDone: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [place, setPlace] = useState<'url' | 'folder'>('url');
  const [where, setWhere] = useState('');
  const [secret, setSecret] = useState('');
  const [kind, setKind] = useState<(typeof IMPORT_KINDS)[number]>('orders');
  const [times, setTimes] = useState<ChosenTimes>(USUAL_TIMES);
  const hint = useId();
  const make = useWrite(api.sources.create, REFRESH);
  const send = async (): Promise<void> => {
    const at = place === 'url' ? { url: where, ...(secret === '' ? {} : { authorization: secret }) } : { path: where };
    await make.mutateAsync({ name, place, kind, ...saidOf(times), ...at });
    onDone();
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        // What goes wrong is shown below.
        send().catch(() => undefined);
      }}
    >
      <Group align="end" gap={12}>
        <TextInput
          label={t('imports.sources.name')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('imports.sources.place')}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value === 'folder' ? 'folder' : 'url')}
          data={[
            { value: 'url', label: t('imports.sources.place.url') },
            ...(folder === null ? [] : [{ value: 'folder', label: t('imports.sources.place.folder') }]),
          ]}
        />
        <TextInput
          label={place === 'url' ? t('imports.sources.url') : t('imports.sources.path')}
          {...(place === 'url'
            ? { 'aria-describedby': hint }
            : { description: <bdi dir="ltr">{folder}</bdi>, placeholder: t('imports.sources.path.whole') })}
          required={place === 'url'}
          dir="ltr"
          miw={280}
          value={where}
          onChange={(event) => setWhere(event.currentTarget.value)}
        />
        {place === 'folder' ? null : (
          <TextInput
            label={t('imports.sources.secret')}
            placeholder="Bearer …"
            type="password"
            autoComplete="off"
            dir="ltr"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('imports.draft.kind')}
          value={kind}
          onChange={(event) => setKind(IMPORT_KINDS.find((k) => k === event.currentTarget.value) ?? kind)}
          data={IMPORT_KINDS.map((k) => ({ value: k, label: t(`imports.kind.${k}`) }))}
        />
      </Group>
      {place === 'url' ? (
        <span id={hint} className={styles['hint']}>
          {t('imports.sources.url.hint')} {folder === null ? t('imports.sources.noFolder') : null}
        </span>
      ) : null}
      <SourceTimes chosen={times} onChoose={setTimes} />
      {/* Beside the expression it stands already. */}
      {make.error?.field === 'cron' && times.way === 'cron' ? null : <ErrorNote error={make.error} />}
      <Group mt={16} gap={12}>
        <Button type="submit" loading={make.isPending} disabled={!isWhole(times)}>
          {t('imports.sources.save')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('imports.sources.leave')}
        </Button>
      </Group>
    </form>
  );
}
