import { TextInput } from '@mantine/core';
import { readPersian, toPersian } from '@touchstone/domain/calendar';
import { useState } from 'react';
import { useWords } from './i18n/language.tsx';

export interface DayFieldProps {
  readonly label: string;
  /** `YYYY-MM-DD`; empty: none. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly error?: string | undefined;
}

/** A day to choose: by the browser's own field, or typed as year/month/day where the reader's calendar is the Persian one. */
export function DayField(props: DayFieldProps) {
  const { format } = useWords();
  if (format.calendar === 'persian') return <PersianField {...props} />;
  const { label, value, onChange, error } = props;
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

function PersianField({ label, value, onChange, error }: DayFieldProps) {
  const { t, format } = useWords();
  const written = (day: string): string => {
    const { year, month, date } = toPersian(day);
    return [year, month, date].map((part) => format.plain(part)).join('/');
  };
  const [text, setText] = useState(value === '' ? '' : written(value));
  const wrong = text.trim() !== '' && readPersian(text) === undefined;
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      dir="ltr"
      placeholder={written('2026-03-21')}
      value={text}
      error={wrong ? t('web.period.noDay') : error}
      onChange={(e) => {
        setText(e.currentTarget.value);
        onChange(readPersian(e.currentTarget.value) ?? '');
      }}
    />
  );
}
