import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Question } from './confirm-dialog.tsx';

const ConfirmDialog = lazy(async () => ({ default: (await import('./confirm-dialog.tsx')).ConfirmDialog }));

/**
 * Asks before what cannot be taken back. `children` draws the button: `<Confirm …>{(ask) => <Button onClick={ask}/>}</Confirm>`.
 * Closes when `onYes` is done; a problem it throws is shown and the question stays.
 */
export function Confirm(props: Question & { readonly children: (ask: () => void) => ReactNode }) {
  const [opened, setOpened] = useState(false);
  const { children, ...question } = props;
  return (
    <>
      {children(() => setOpened(true))}
      {opened ? (
        <Suspense>
          <ConfirmDialog {...question} onClose={() => setOpened(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
