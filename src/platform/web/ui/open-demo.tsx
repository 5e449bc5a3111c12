import { Button } from '@mantine/core';
import { api, callIn } from '../client/api.ts';
import { useWrite } from '../client/read.ts';
import { useReader } from '../client/session.tsx';
import { useGo } from './go.tsx';
import { useWords } from './i18n/language.tsx';
import { ErrorNote } from './states.tsx';

/**
 * Opens the demo company in a workspace of its own, and leads into it. Its input is the workspace one stands in, where one
 * came to have it just now: time zone and currency are taken from there.
 */
export function useOpenDemo() {
  const reader = useReader();
  const go = useGo();
  const open = (from?: string): Promise<{ workspaceId: string }> => {
    if (from !== undefined) callIn(from);
    return api.demo.open();
  };
  return useWrite(open, {
    onDone: ({ workspaceId }) =>
      void reader.refresh().then(() => {
        reader.choose(workspaceId);
        go({ to: '/demo', search: { period: '', from: '', to: '', filter: '' } });
      }),
  });
}

/** One button for that: nothing for those who may not open a workspace. */
export function OpenDemo({ variant = 'filled' }: { readonly variant?: 'default' | 'filled' | 'subtle' }) {
  const { t } = useWords();
  const { may } = useReader();
  const open = useOpenDemo();
  if (!may('operations:write')) return null;
  return (
    <>
      <Button variant={variant} loading={open.isPending} onClick={() => open.mutate(undefined)}>
        {t('demo.open')}
      </Button>
      <ErrorNote error={open.error} />
    </>
  );
}
