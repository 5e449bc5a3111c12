import { NativeSelect, SegmentedControl, Stack, Switch } from '@mantine/core';
import { dayAt } from '@touchstone/domain/calendar';
import { LANGUAGES, LANGUAGE_NAMES } from '@touchstone/domain/languages';
import { useReader, useWorkspace } from '../client/session.tsx';
import { Go } from '../ui/go.tsx';
import { makeFormat } from '../ui/i18n/format.ts';
import { useWords } from '../ui/i18n/language.tsx';
import { Card, Columns, Page as Opened } from '../ui/page.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { useRailEntries } from './rail.tsx';
import styles from './panels.module.css';
import { usePreferences } from './use-preferences.ts';

/** What a member sets for themselves, and the way to what holds for all. */
export function Page() {
  const { t } = useWords();
  const preferences = usePreferences();
  return (
    <Opened name={t('web.settings.nav')} sentence={t('web.settings.sentence')} note={t('web.settings.note')}>
      <ErrorNote error={preferences.error} />
      <Columns>
        <Reading {...preferences} />
        <div>
          <Working {...preferences} />
          <Elsewhere />
        </div>
      </Columns>
    </Opened>
  );
}

type Shown = Pick<ReturnType<typeof usePreferences>, 'now' | 'prefer'>;

const SCHEMES = ['auto', 'light', 'dark'] as const;
const DIGITS = ['own', 'latin'] as const;
const CALENDARS = ['gregorian', 'persian'] as const;

function Reading({ now, prefer }: Shown) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const usual =
    new Intl.DateTimeFormat(now.language).resolvedOptions().calendar === 'persian' ? 'persian' : 'gregorian';
  const chooseCalendar = (chosen: string): void => {
    const calendar = CALENDARS.find((one) => one === chosen) ?? usual;
    prefer({ calendar: calendar === usual ? 'own' : calendar });
  };
  return (
    <Card title={t('web.settings.reading')}>
      <Stack gap={18}>
        <NativeSelect
          label={t('web.settings.language')}
          value={now.language}
          onChange={(e) => prefer({ language: LANGUAGES.find((l) => l === e.currentTarget.value) ?? now.language })}
        >
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {LANGUAGE_NAMES[language]}
            </option>
          ))}
        </NativeSelect>
        <Choice
          label={t('web.settings.scheme')}
          value={now.scheme}
          data={SCHEMES.map((value) => ({ value, label: t(`web.settings.scheme.${value}`) }))}
          onChange={(chosen) => prefer({ scheme: SCHEMES.find((one) => one === chosen) ?? 'auto' })}
        />
        {makeFormat(now.language).number(1) === '1' ? null : (
          <Choice
            label={t('web.settings.digits')}
            value={now.digits}
            data={DIGITS.map((value) => ({ value, label: t(`web.settings.digits.${value}`) }))}
            onChange={(chosen) => prefer({ digits: DIGITS.find((one) => one === chosen) ?? 'own' })}
          />
        )}
        <Choice
          label={t('web.settings.calendar')}
          value={now.calendar === 'own' ? usual : now.calendar}
          data={CALENDARS.map((value) => ({ value, label: t(`web.settings.calendar.${value}`) }))}
          onChange={chooseCalendar}
        />
        <p className={styles['nothing']}>
          {t('web.settings.example', { day: format.day(dayAt(Date.now(), zone)), number: format.number(12345.67) })}
        </p>
      </Stack>
    </Card>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly data: { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <div role="group" aria-label={props.label}>
      <div className={styles['label']}>{props.label}</div>
      <SegmentedControl fullWidth value={props.value} data={props.data} onChange={props.onChange} />
    </div>
  );
}

function Working({ now, prefer }: Shown) {
  const { t } = useWords();
  return (
    <Card title={t('web.settings.working')}>
      <Switch
        label={t('web.settings.keys')}
        description={t('web.settings.keysNote')}
        checked={now.keys}
        onChange={(e) => prefer({ keys: e.currentTarget.checked })}
      />
    </Card>
  );
}

/** The account's own page, and the pages of the workspace that the reader may open. */
function Elsewhere() {
  const { t } = useWords();
  const { workspace } = useReader();
  const pages = useRailEntries()
    .filter(({ wing }) => wing === 'setup')
    .flatMap(({ entries }) => entries)
    .filter(({ path }) => path !== '/settings');
  return (
    <>
      <Card
        title={t('web.settings.account')}
        note={t('web.settings.accountNote')}
        onward={<Go to="/account">{t('web.account')}</Go>}
      >
        {null}
      </Card>
      {pages.length === 0 ? null : (
        <Card
          title={t('web.settings.workspace')}
          note={t('web.settings.workspaceNote', { name: workspace?.name ?? '' })}
        >
          <ul className={styles['elsewhere']}>
            {pages.map(({ path, labelKey }) => (
              <li key={path}>
                <Go to={path}>{t(labelKey)}</Go>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
