import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ProblemError } from '../../../platform/web/client/index.ts';
import { ErrorNote, useWords } from '../../../platform/web/ui/index.ts';
import { MOST_LETTERS } from '../vocabulary.ts';

/** Asks for the name of a view, and for what else `children` ask. */
export function NameDialog(props: {
  readonly title: string;
  /** As it is called so far. */
  readonly name: string;
  readonly isPending: boolean;
  readonly error: ProblemError | null;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  const { t } = useWords();
  const [name, setName] = useState(props.name);
  const { title, isPending, error, onName, onClose, children } = props;
  const isNamed = name.trim() !== '';
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('web.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed) onName(name.trim());
        }}
      >
        <Stack gap={16}>
          <TextInput
            data-autofocus
            label={t('explore.save.name')}
            required
            maxLength={MOST_LETTERS}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          {children}
          <ErrorNote error={error} />
          <Group justify="end" gap={8}>
            <Button variant="subtle" onClick={onClose}>
              {t('web.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={!isNamed}>
              {t('explore.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
