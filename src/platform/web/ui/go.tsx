import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type AnchorHTMLAttributes, type MouseEvent } from 'react';
import { withChange } from './address.ts';
import { scopeOf, useAddress, writeSearch } from './scope.tsx';

/** A place inside the app: its path and, beside the period and filter that stay, what its address holds. */
export interface Place {
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

/** The address of a place, with the reader's period and filter. */
export function useHref(): (place: Place) => string {
  const [address] = useAddress();
  return ({ to, search }) => `${to}${writeSearch(withChange(scopeOf(address), search ?? {}))}`;
}

/** Goes to a place from code: after something was made, say. */
export function useGo(): (place: Place) => void {
  const navigate = useNavigate();
  const [address] = useAddress();
  return ({ to, search }) => void navigate({ to, search: withChange(scopeOf(address), search ?? {}) });
}

export type GoProps = Place & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>;

/** A link inside the app. The period and filter go along. */
export function Go({ to, search, onClick, children, ...rest }: GoProps) {
  const router = useRouter();
  const href = useHref()({ to, ...(search === undefined ? {} : { search }) });
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    router.history.push(href);
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

/** Sends the reader elsewhere, once: what changes while they are on their way does not change where they go. */
export function Redirect({ to }: { readonly to: string }) {
  const { history } = useRouter();
  const [target] = useState(to);
  useEffect(() => history.replace(target), [history, target]);
  return null;
}
