import { Button } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useWords } from './i18n/language.tsx';
import type { EvidenceProps } from './evidence-drawer.tsx';

const Drawer = lazy(async () => ({ default: (await import('./evidence-drawer.tsx')).EvidenceSheet }));

export type { EvidenceProps };

/** What stands behind a finding, from the page's end edge. Loaded when it is first opened. */
export function EvidenceDrawer(
  props: EvidenceProps & { readonly opened: boolean; readonly onClose: () => void },
): ReactNode {
  const { opened, ...rest } = props;
  return opened ? (
    <Suspense>
      <Drawer {...rest} />
    </Suspense>
  ) : null;
}

/** The quiet button that opens it: `Evidence`. */
export function Evidence(
  props: EvidenceProps & {
    /** In place of "Evidence". */
    readonly label?: string;
    readonly size?: 'compact-sm' | 'xs' | 'sm';
  },
) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const { label, size = 'compact-sm', ...evidence } = props;
  return (
    <>
      <Button size={size} variant="subtle" aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {label ?? t('web.evidence.open')}
      </Button>
      <EvidenceDrawer {...evidence} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
