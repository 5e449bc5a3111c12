import { PasswordInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemError } from '../../web/client/index.ts';
import { ProblemWords, useWords } from '../../web/ui/index.ts';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The last answer: what it says of `field` is shown here. */
  readonly problem: unknown;
  readonly field: string;
}

function wrongAt(error: unknown, field: string): ReactNode {
  return error instanceof ProblemError && error.field === field ? <ProblemWords error={error} /> : undefined;
}

/** A problem that speaks of none of these fields. */
export function otherThan(error: unknown, fields: readonly string[]): unknown {
  return error instanceof ProblemError && error.field !== undefined && fields.includes(error.field) ? null : error;
}

export function SecretField({ fresh, ...props }: FieldProps & { readonly fresh: boolean }) {
  const { t } = useWords();
  return (
    <PasswordInput
      label={props.label}
      autoComplete={fresh ? 'new-password' : 'current-password'}
      required
      {...(fresh ? { minLength: 10, maxLength: 128 } : {})}
      visibilityToggleButtonProps={{ 'aria-label': t('accounts.showPassword') }}
      value={props.value}
      error={wrongAt(props.problem, props.field)}
      onChange={(e) => props.onChange(e.currentTarget.value)}
    />
  );
}

export function CodeField(props: FieldProps) {
  return (
    <TextInput
      label={props.label}
      autoComplete="one-time-code"
      dir="ltr"
      required
      maxLength={64}
      value={props.value}
      error={wrongAt(props.problem, props.field)}
      onChange={(e) => props.onChange(e.currentTarget.value)}
    />
  );
}
