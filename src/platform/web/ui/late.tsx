import { useState, type ComponentType, type ReactNode } from 'react';
import type { OpenedProps } from './late-opening.ts';

export interface LateProps<M> {
  readonly button: OpenedProps['button'];
  /** Imports the file that the content stands in. */
  readonly load: () => Promise<M>;
  readonly children: (content: M, close: () => void) => ReactNode;
}

/** A button and what opens under it: neither that nor what places it is loaded before the button is first used. */
export function LatePopover<M>(props: LateProps<M>) {
  return <Late {...props} as="Under" />;
}

/** The same for a menu: `children` are its items. */
export function LateMenu<M>(props: LateProps<M>) {
  return <Late {...props} as="Listed" />;
}

function Late<M>({ as, button, load, children }: LateProps<M> & { readonly as: 'Under' | 'Listed' }) {
  const [there, setThere] = useState<{ readonly Opened: ComponentType<OpenedProps>; readonly content: M }>();
  // Opened when all of it is there: what keeps the focus needs something to keep it on.
  const fetch = (): void =>
    void Promise.all([import('./late-opened.tsx'), load()]).then(
      ([opened, content]) => setThere({ Opened: opened[as], content }),
      // The server is away: the next click asks again.
      () => undefined,
    );
  if (there === undefined) return button({ onClick: fetch, 'aria-expanded': false });
  return <there.Opened button={button}>{(close) => children(there.content, close)}</there.Opened>;
}
