import {
  useEffect,
  useRef,
  useState,
  type ComponentType,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';

/** What a button takes that opens something. */
export interface Opening {
  readonly ref?: RefObject<HTMLButtonElement | null>;
  readonly onClick: () => void;
  readonly 'aria-expanded': boolean;
}

/** What opens, once it is there. */
export interface OpenedProps {
  /** The button itself, as an element of Mantine's own: what opens is placed by it. */
  readonly button: (opening: Opening) => ReactElement;
  readonly children: (close: () => void) => ReactNode;
}

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

/** Opened from the first; once closed the button has the focus again, unless the reader went elsewhere. */
export function useOpened(): {
  readonly opened: boolean;
  readonly setOpened: (opened: boolean) => void;
  readonly opening: Opening;
} {
  const [opened, setOpened] = useState(true);
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (opened) return;
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest('[role=dialog], [role=menu]') !== null)
      ref.current?.focus({ preventScroll: true });
  }, [opened]);
  return { opened, setOpened, opening: { ref, onClick: () => setOpened(!opened), 'aria-expanded': opened } };
}
