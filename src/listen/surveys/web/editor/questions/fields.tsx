import { NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import type { Localized } from '@touchstone/domain/survey';
import { useState } from 'react';
import { useWords } from '../../../../../platform/web/ui/index.ts';
import { withText } from './changing.ts';
import type { Field } from './kinds.ts';

interface FieldProps {
  readonly label: string;
  readonly note?: string | undefined;
  /** Its place in the document, below the thing it belongs to: `choices[2].text`. */
  readonly at: string;
  readonly disabled: boolean;
}

/** What one writes for respondents, in the language everything is written in first. */
export function TextField(
  props: FieldProps & {
    readonly value: Localized | undefined;
    readonly language: string;
    readonly onChange: (next: Localized | undefined) => void;
    readonly lines?: number;
    readonly placeholder?: string;
  },
) {
  const { label, note, at, disabled, value, language, onChange, lines = 1 } = props;
  const shared = {
    label,
    ...(note === undefined ? {} : { description: note }),
    'data-at': at,
    dir: 'auto' as const,
    lang: language,
    value: value?.[language] ?? '',
    maxLength: 10_000,
    readOnly: disabled,
    ...(props.placeholder === undefined ? {} : { placeholder: props.placeholder }),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(withText(value, language, event.currentTarget.value)),
  };
  return lines === 1 ? <TextInput {...shared} /> : <Textarea {...shared} rows={lines} />;
}

/** Words that are the same in every language: a name, an address, a pattern. What does not fit is shown, and not taken. */
export function PlainField(
  props: FieldProps & {
    readonly value: string | undefined;
    readonly onChange: (next: string | undefined) => void;
    readonly fits?: (text: string) => boolean;
    readonly misfit?: string;
    readonly placeholder?: string;
    readonly maxLength?: number;
  },
) {
  const { label, note, at, disabled, value, onChange, fits = () => true } = props;
  // What was typed and does not fit yet; what is taken is the document's.
  const [typed, setTyped] = useState<{ readonly text: string; readonly over: string | undefined }>();
  const shown = typed !== undefined && typed.over === value ? typed.text : (value ?? '');
  const isWrong = shown !== '' && !fits(shown);
  return (
    <TextInput
      label={label}
      {...(note === undefined ? {} : { description: note })}
      data-at={at}
      dir="auto"
      value={shown}
      maxLength={props.maxLength ?? 2_000}
      readOnly={disabled}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      error={isWrong ? (props.misfit ?? true) : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const taken = text === '' || fits(text);
        setTyped(taken ? undefined : { text, over: value });
        if (taken) onChange(text === '' ? undefined : text);
      }}
    />
  );
}

export function NumberField(
  props: FieldProps & {
    readonly value: number | undefined;
    readonly onChange: (next: number | undefined) => void;
    readonly from: number;
    readonly to: number;
    readonly digits?: number;
    readonly required?: boolean;
    readonly small?: boolean;
  },
) {
  const { label, note, at, disabled, value, onChange, from, to, digits = 0, required = false } = props;
  return (
    <NumberInput
      {...(props.small === true ? { 'aria-label': label } : { label })}
      {...(note === undefined ? {} : { description: note })}
      data-at={at}
      value={value ?? ''}
      min={from}
      max={to}
      clampBehavior="blur"
      decimalScale={digits}
      allowDecimal={digits > 0}
      readOnly={disabled}
      hideControls={props.small === true}
      onChange={(next) => {
        if (typeof next === 'number') {
          if (next >= from && next <= to) onChange(next);
        } else if (next === '' && !required) onChange(undefined);
      }}
    />
  );
}

export function YesField(props: FieldProps & { readonly value: boolean; readonly onChange: (next: boolean) => void }) {
  return (
    <Switch
      label={props.label}
      {...(props.note === undefined ? {} : { description: props.note })}
      data-at={props.at}
      checked={props.value}
      disabled={props.disabled}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

export function OneField(
  props: FieldProps & {
    readonly value: string;
    readonly of: readonly { readonly value: string; readonly label: string }[];
    readonly onChange: (next: string) => void;
  },
) {
  return (
    <NativeSelect
      label={props.label}
      {...(props.note === undefined ? {} : { description: props.note })}
      data-at={props.at}
      value={props.value}
      disabled={props.disabled}
      data={[...props.of]}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

const DAY = /^(\d{4}-\d\d-\d\d|today)$/u;
const ADDRESS = /^https:\/\/[^\s<>"]+$/u;
const TYPES = /^[a-z]+\/([a-zA-Z0-9.+-]+|\*)(\s*,\s*[a-z]+\/([a-zA-Z0-9.+-]+|\*))*$/u;
const MEGABYTE = 1_000_000;

/** A setting of a kind, asked for as `FIELDS` says. */
export function SettingField(props: {
  readonly field: Field;
  readonly value: unknown;
  readonly language: string;
  readonly disabled: boolean;
  readonly onChange: (next: unknown) => void;
}) {
  const { t } = useWords();
  const { field, value, language, disabled, onChange } = props;
  const shared = { label: t(`surveys.field.${field.name}`), at: field.name, disabled };
  const number = typeof value === 'number' ? value : undefined;
  const text = typeof value === 'string' ? value : undefined;
  switch (field.as) {
    case 'text':
      return <TextField {...shared} value={asText(value)} language={language} onChange={onChange} />;
    case 'number':
      return <NumberField {...shared} {...field} value={number} onChange={onChange} />;
    case 'yes':
      return <YesField {...shared} value={value === true} onChange={(yes) => onChange(yes ? true : undefined)} />;
    case 'one':
      return (
        <OneField
          {...shared}
          value={text ?? field.usual}
          of={[...new Set([field.usual, ...field.of])].map((one) => ({
            value: one,
            label: t(`surveys.option.${oneOf(one)}`),
          }))}
          onChange={(next) => onChange(next === field.usual ? undefined : next)}
        />
      );
    case 'day':
      return <PlainField {...shared} note={t('surveys.field.day.note')} value={text} fits={(day) => DAY.test(day)} misfit={t('surveys.misfit.day')} onChange={onChange} />; // prettier-ignore
    case 'address':
      return <PlainField {...shared} value={text} placeholder="https://" fits={(address) => ADDRESS.test(address)} misfit={t('surveys.misfit.address')} onChange={onChange} />; // prettier-ignore
    case 'plain':
      return <PlainField {...shared} note={t('surveys.field.pattern.note')} value={text} maxLength={500} onChange={onChange} />; // prettier-ignore
    case 'types':
      return (
        <PlainField
          {...shared}
          note={t('surveys.field.accept.note')}
          value={Array.isArray(value) ? value.join(', ') : undefined}
          fits={(types) => TYPES.test(types.trim())}
          misfit={t('surveys.misfit.types')}
          onChange={(types) => onChange(types?.split(',').map((one) => one.trim()))}
        />
      );
    case 'megabytes':
      return (
        <NumberField
          {...shared}
          from={1}
          to={100}
          value={number === undefined ? undefined : number / MEGABYTE}
          onChange={(megabytes) => onChange(megabytes === undefined ? undefined : megabytes * MEGABYTE)}
        />
      );
  }
}

const OPTIONS = ['numbers', 'stars', 'smileys', 'asWritten', 'random', 'flip'] as const;

function oneOf(name: string): (typeof OPTIONS)[number] {
  return OPTIONS.find((known) => known === name) ?? 'asWritten';
}

function asText(value: unknown): Localized | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Localized) : undefined;
}
