import { Button, NativeSelect, TextInput } from '@mantine/core';
import { addDays, startOfDayMs } from '@touchstone/domain/calendar';
import { textIn } from '@touchstone/domain/survey';
import { useState } from 'react';
import { api, useWorkspace, useWrite } from '../../../../platform/web/client/index.ts';
import { Copied } from '../../../../platform/web/ui/copied.tsx';
import { Card, DayField, ErrorNote, useWords } from '../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../editor/view.ts';
import { LINK } from '../../vocabulary.ts';
import styles from './share.module.css';

const PERSON = ['email', 'userId', 'phone', 'orderId'] as const;
type Named = (typeof PERSON)[number];

/** A link that says who comes, signed so that nobody can change it. */
export function LinkForm({ surveyId, document, language, settings }: ViewProps) {
  const { t } = useWords();
  const { zone } = useWorkspace();
  const [by, setBy] = useState<Named>('email');
  const [who, setWho] = useState('');
  const [lastDay, setLastDay] = useState('');
  const [extra, setExtra] = useState<Readonly<Record<string, string>>>({});
  const make = useWrite(api.surveys.link);
  const hidden = document.hidden ?? [];
  const send = (): void => {
    const along = Object.fromEntries(Object.entries(extra).filter(([, value]) => value.trim() !== ''));
    make.mutate({
      surveyId,
      [by]: who.trim(),
      hidden: along,
      ...(lastDay === '' ? {} : { expiresAt: new Date(startOfDayMs(addDays(lastDay, 1), zone)).toISOString() }),
    });
  };
  return (
    <Card title={t('surveys.link.title')} note={t('surveys.link.note')}>
      {settings.anonymous ? <p className={styles['wait']}>{t('surveys.link.anonymous')}</p> : null}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className={styles['pair']}>
          <NativeSelect
            label={t('surveys.link.by')}
            value={by}
            onChange={(event) => setBy(PERSON.find((one) => one === event.currentTarget.value) ?? 'email')}
            data={PERSON.map((value) => ({ value, label: t(`surveys.link.by.${value}`) }))}
          />
          <TextInput
            label={t(`surveys.link.by.${by}`)}
            required
            dir="ltr"
            maxLength={LINK.letters}
            value={who}
            onChange={(event) => setWho(event.currentTarget.value)}
          />
        </div>
        {hidden.length === 0 ? null : (
          <div className={styles['pair']}>
            {hidden.map(({ id, values }) => (
              <TextInput
                key={id}
                label={t('surveys.link.hidden', { field: id })}
                {...(values === undefined ? {} : { placeholder: values.slice(0, 3).join(', ') })}
                dir="auto"
                maxLength={LINK.letters}
                value={extra[id] ?? ''}
                onChange={(event) => setExtra({ ...extra, [id]: event.currentTarget.value })}
              />
            ))}
          </div>
        )}
        <div className={styles['pair']}>
          <DayField label={t('surveys.link.until')} value={lastDay} onChange={setLastDay} />
        </div>
        <ErrorNote error={make.error} />
        <div>
          <Button type="submit" loading={make.isPending} disabled={who.trim() === ''}>
            {t('surveys.link.make')}
          </Button>
        </div>
      </form>
      {make.data === undefined ? null : (
        <Copied
          label={t('surveys.link.made', { title: textIn(document, document.title, language) })}
          text={make.data.url}
        />
      )}
    </Card>
  );
}
