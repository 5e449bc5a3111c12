import { Button, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ErrorNote } from './states.tsx';

interface EmailFormProps {
  readonly label: string;
  /** What its button says. */
  readonly action: string;
  readonly pending: boolean;
  /** What was wrong with the last answer. */
  readonly error: unknown;
  readonly onSend: (email: string) => void;
}

/** Asks for an address and does one thing with it. */
export function EmailForm({ label, action, pending, error, onSend }: EmailFormProps) {
  const [email, setEmail] = useState('');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onSend(email);
  };
  return (
    <form onSubmit={send}>
      <Stack gap={16}>
        <TextInput
          label={label}
          type="email"
          autoComplete="email"
          dir="ltr"
          required
          maxLength={254}
          value={email}
          onChange={(e) => setEmail(e.currentTarget.value)}
        />
        <ErrorNote error={error} />
        <Button type="submit" loading={pending}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
