/**
 * What a page may load and run: ours alone, nothing inline. `nonce` lets in the style elements that Mantine makes in the
 * page it was given to; a fresh one for every answer.
 */
export function contentSecurity(nonce?: string): string {
  return [...POLICY, `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`].join('; ');
}

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Sets the headers that every answer carries. An answer's own policy stays. */
export function securityHeaders(publicUrl: string): (headers: Headers) => void {
  const https = publicUrl.startsWith('https:');
  return (headers) => {
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurity());
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    headers.set('cross-origin-opener-policy', 'same-origin');
    if (https) headers.set('strict-transport-security', 'max-age=31536000');
  };
}

/** What a page of another origin may read. */
export function openToAnyOrigin(headers: Headers): void {
  headers.set('access-control-allow-origin', '*');
  headers.set('access-control-expose-headers', 'retry-after, x-request-id');
}
