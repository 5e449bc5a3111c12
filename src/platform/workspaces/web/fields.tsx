import { Anchor, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemError } from '../../web/client/index.ts';
import { ProblemWords, useWords } from '../../web/ui/index.ts';
import { LANGUAGES, LANGUAGE_NAMES } from '@touchstone/domain/languages';
import type { Role } from '../../kernel/permissions.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from '../vocabulary.ts';
import styles from './workspaces.module.css';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
}

/** What a problem says of one field; undefined when it speaks of another. */
export function wrongAt(error: unknown, field: string): ReactNode {
  return error instanceof ProblemError && error.field === field ? <ProblemWords error={error} /> : undefined;
}

/** A problem that speaks of none of these fields: it is shown on its own. */
export function otherThan(error: unknown, fields: readonly string[]): unknown {
  return error instanceof ProblemError && error.field !== undefined && fields.includes(error.field) ? null : error;
}

export function NameField({ value, onChange, error }: FieldProps) {
  const { t } = useWords();
  return (
    <TextInput
      label={t('workspaces.field.name')}
      autoComplete="name"
      required
      maxLength={120}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

export function CompanyField({ value, onChange, error }: FieldProps) {
  const { t } = useWords();
  return (
    <TextInput
      label={t('workspaces.field.company')}
      autoComplete="organization"
      required
      maxLength={120}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

export function EmailField({ value, onChange, error }: FieldProps) {
  const { t } = useWords();
  return (
    <TextInput
      label={t('workspaces.field.email')}
      type="email"
      autoComplete="email"
      dir="ltr"
      required
      maxLength={254}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

export function PasswordField({
  value,
  onChange,
  error,
  fresh,
  label,
}: FieldProps & { fresh: boolean; label?: string }) {
  const { t } = useWords();
  return (
    <PasswordInput
      label={label ?? t('workspaces.field.password')}
      description={fresh ? t('workspaces.field.passwordRule', { count: MIN_PASSWORD }) : undefined}
      autoComplete={fresh ? 'new-password' : 'current-password'}
      required
      {...(fresh ? { minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD } : {})}
      visibilityToggleButtonProps={{ 'aria-label': t('workspaces.field.showPassword') }}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

/** Asked for when an answer says so: of an authenticator app, or a recovery code. */
export function CodeField({ value, onChange, error }: FieldProps) {
  const { t } = useWords();
  return (
    <TextInput
      label={t('workspaces.field.code')}
      autoComplete="one-time-code"
      dir="ltr"
      required
      autoFocus
      maxLength={64}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

/** Whether a second factor is what is missing. */
export function asksForCode(error: unknown): boolean {
  return error instanceof ProblemError && error.field === 'code';
}

/** Where the reader's browser is. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function ZoneField({ value, onChange, error }: FieldProps) {
  const { t } = useWords();
  const zones = [...new Set([value, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return (
    <NativeSelect
      label={t('workspaces.field.zone')}
      description={t('workspaces.field.zoneNote')}
      data={zones.toSorted()}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

export function CurrencyField({ value, onChange, error }: FieldProps) {
  const { t, language } = useWords();
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  const codes = [...new Set([value, ...Intl.supportedValuesOf('currency')])];
  return (
    <NativeSelect
      label={t('workspaces.field.currency')}
      data={codes.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }))}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

/** Those of the product, and the one that was chosen by a program, such as `fa-IR`. */
export function LanguageField({ value, onChange, error }: FieldProps) {
  const { t } = useWords();
  const own = LANGUAGES.map((code) => ({ value: code as string, label: LANGUAGE_NAMES[code] }));
  const name = new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value;
  return (
    <NativeSelect
      label={t('workspaces.field.locale')}
      data={own.some((o) => o.value === value) ? own : [...own, { value, label: name }]}
      value={value}
      error={error}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

const ROLES: readonly Role[] = ['owner', 'admin', 'analyst', 'agent', 'viewer'];

/** Roles with what each may; owners are made by owners only. */
export function useRoleOptions(byOwner: boolean): { readonly value: Role; readonly label: string }[] {
  const { t } = useWords();
  return ROLES.filter((role) => byOwner || role !== 'owner').map((value) => ({ value, label: t(roleKey(value)) }));
}

export function roleKey(role: Role) {
  return `workspaces.role.${role}` as const;
}

export function roleNoteKey(role: Role) {
  return `workspaces.roleNote.${role}` as const;
}

export function isRole(value: string): value is Role {
  return ROLES.some((role) => role === value);
}

/** The other languages, for pages outside the shell. */
export function Languages() {
  const { language, choose } = useWords();
  return (
    <p className={styles['languages']}>
      {LANGUAGES.filter((l) => l !== language).map((l) => (
        <Anchor key={l} component="button" type="button" size="sm" lang={l} onClick={() => choose(l)}>
          {LANGUAGE_NAMES[l]}
        </Anchor>
      ))}
    </p>
  );
}
