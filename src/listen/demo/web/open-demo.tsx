import { Button } from '@mantine/core';
import { api, useReader, useWrite } from '../../../platform/web/client/index.ts';
import { ErrorNote, useGo, useWords } from '../../../platform/web/ui/index.ts';

/** One button: the demo company in a workspace of its own, and into it. Nothing for those who may not open one. */
export function OpenDemo({ variant = 'default' }: { readonly variant?: 'default' | 'filled' }) {
  const { t } = useWords();
  const reader = useReader();
  const go = useGo();
  const open = useWrite(() => api.demo.open(), {
    onDone: ({ workspaceId }) =>
      void reader.refresh().then(() => {
        reader.choose(workspaceId);
        go({ to: '/demo', search: { from: '', to: '', filter: '' } });
      }),
  });
  if (!reader.may('operations:write')) return null;
  return (
    <>
      <Button variant={variant} loading={open.isPending} onClick={() => open.mutate(undefined)}>
        {t('demo.open')}
      </Button>
      <ErrorNote error={open.error} />
    </>
  );
}
