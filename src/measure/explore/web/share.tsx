import { Button, CopyButton, Popover, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../../platform/web/ui/index.ts';
import type { ViewState } from '../contract.ts';
import { linkOf } from './state.ts';

/** The address of the question. It stands there to be copied by hand too: without TLS a browser lets no page copy. */
export function Share({ state }: { readonly state: ViewState }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const link = `${location.origin}${linkOf(state)}`;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t('explore.share')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w="min(420px, 92vw)">
        <Stack gap={10}>
          <TextInput
            label={t('explore.share.link')}
            description={t('explore.share.note')}
            readOnly
            dir="ltr"
            value={link}
            onFocus={(e) => e.currentTarget.select()}
          />
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} aria-live="polite">
                {t(copied ? 'explore.share.copied' : 'explore.share.copy')}
              </Button>
            )}
          </CopyButton>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
