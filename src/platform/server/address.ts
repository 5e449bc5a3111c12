/** What the Node server lends to a request; absent where a test calls the app itself. */
export interface Socketed {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/**
 * The caller's address: the socket's, or with `trustedProxies` in front the one that the outermost of them saw, counted
 * from the right of X-Forwarded-For. What stands further left was written by the caller.
 */
export function addressOf(
  headers: Pick<Headers, 'get'>,
  socketed: Socketed | undefined,
  trustedProxies: number,
): string {
  const socket = socketed?.incoming?.socket?.remoteAddress ?? 'here';
  if (trustedProxies === 0) return socket;
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  return hops.at(-trustedProxies) || socket;
}
