import { TextInput } from '@mantine/core';
import { addDays, dayAt, startOfDayMs } from '@touchstone/domain/calendar';
import { useId, useState } from 'react';
import { api, useRead, useReader, useWorkspace } from '../../../../../platform/web/client/index.ts';
import { Card, DayField, ErrorNote, useWords } from '../../../../../platform/web/ui/index.ts';
import { MOST_NAME_LETTERS, RESUME_DAYS } from '../../../vocabulary.ts';
import { NumberField, YesField } from '../questions/fields.tsx';
import type { ViewProps } from '../view.ts';
import styles from '../editor.module.css';

/** What holds for the survey however it is written: who is known, how often one answers, how long. Takes effect at once. */
export function View(props: ViewProps) {
  const { t } = useWords();
  const { settings, changeSettings, mayWrite } = props;
  const disabled = !mayWrite;
  const set = (change: Partial<typeof settings>): void => changeSettings({ ...settings, ...change });
  return (
    <div className={styles['cards']}>
      <Card title={t('surveys.settings.who')} note={t('surveys.settings.atOnce')}>
        <div className={styles['fields']}>
          <YesField
            label={t('surveys.settings.anonymous')}
            note={t('surveys.settings.anonymous.note')}
            at="anonymous"
            disabled={disabled}
            value={settings.anonymous}
            onChange={(anonymous) => set({ anonymous })}
          />
          <YesField
            label={t('surveys.settings.once')}
            note={t('surveys.settings.once.note')}
            at="oncePerPerson"
            disabled={disabled}
            value={settings.oncePerPerson}
            onChange={(oncePerPerson) => set({ oncePerPerson })}
          />
          <YesField
            label={t('surveys.settings.suspects')}
            note={t('surveys.settings.suspects.note')}
            at="suspectsApart"
            disabled={disabled}
            value={settings.suspectsApart}
            onChange={(suspectsApart) => set({ suspectsApart })}
          />
        </div>
      </Card>
      <Card title={t('surveys.settings.time')}>
        <div className={styles['fields']}>
          <NumberField
            label={t('surveys.settings.resume')}
            note={t('surveys.settings.resume.note')}
            at="resumeDays"
            disabled={disabled}
            required
            from={1}
            to={RESUME_DAYS.most}
            value={settings.resumeDays}
            onChange={(resumeDays) => set({ resumeDays: resumeDays ?? RESUME_DAYS.usual })}
          />
          <LastDay {...props} />
        </div>
      </Card>
      <Card title={t('surveys.settings.around')}>
        <div className={styles['fields']}>
          <Written
            label={t('surveys.new.name')}
            note={t('surveys.new.name.note')}
            value={props.name}
            most={MOST_NAME_LETTERS}
            readOnly={disabled}
            onDone={props.rename}
          />
          <Channel {...props} />
        </div>
      </Card>
    </div>
  );
}

/** The last day on which answers are taken, a day of the workspace. */
function LastDay({ settings, changeSettings, mayWrite }: ViewProps) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { closesAt } = settings;
  const last = closesAt === null ? '' : dayAt(Date.parse(closesAt) - 1, zone);
  if (!mayWrite) return <p>{last === '' ? t('surveys.settings.noEnd') : format.day(last)}</p>;
  return (
    <div>
      <DayField
        label={t('surveys.settings.lastDay')}
        value={last}
        onChange={(day) =>
          changeSettings({
            ...settings,
            closesAt: day === '' ? null : new Date(startOfDayMs(addDays(day, 1), zone)).toISOString(),
          })
        }
      />
      <p className={styles['soft']}>{t('surveys.settings.lastDay.note')}</p>
    </div>
  );
}

/** Something written that is kept once one has gone elsewhere. */
function Written(props: {
  readonly label: string;
  readonly note: string;
  readonly value: string;
  readonly most: number;
  readonly readOnly: boolean;
  readonly among?: readonly string[];
  readonly onDone: (text: string) => Promise<void> | void;
}) {
  const { label, note, value, most, readOnly, among = [], onDone } = props;
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const list = useId();
  const done = (): void => {
    const text = typed?.trim() ?? '';
    setTyped(undefined);
    if (text === '' || text === value) return;
    setError(null);
    Promise.resolve(onDone(text)).catch(setError);
  };
  return (
    <div>
      <TextInput
        label={label}
        description={note}
        value={typed ?? value}
        maxLength={most}
        readOnly={readOnly}
        dir="auto"
        {...(among.length === 0 ? {} : { list })}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
        }}
      />
      {among.length === 0 ? null : (
        <datalist id={list}>
          {among.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <ErrorNote error={error} />
    </div>
  );
}

/** Where it is asked, which is told of every answer. */
function Channel({ settings, changeSettings, mayWrite }: ViewProps) {
  const { t } = useWords();
  const { may } = useReader();
  const catalogue = useRead(['catalogue', 'get'], (signal) => api.catalogue.get(undefined, { signal }), {
    enabled: may('catalogue:read'),
  });
  return (
    <Written
      label={t('surveys.settings.channel')}
      note={t('surveys.settings.channel.note')}
      value={settings.channel}
      most={60}
      readOnly={!mayWrite}
      among={catalogue.data?.channels.map(({ id }) => id) ?? []}
      onDone={(channel) => changeSettings({ ...settings, channel })}
    />
  );
}
