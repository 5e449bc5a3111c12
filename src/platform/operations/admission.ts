import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { RouteContext } from '../house/house.ts';
import type { Config } from '../kernel/config.ts';
import { Problem } from '../kernel/problem.ts';

/** Headers that a proxy adds: what carries one did not begin on this machine. */
const HANDED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** The token of `authorization: Bearer …`, or null. */
function bearer(headers: Headers): string | null {
  return /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}

function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Whether a name or address, as in a URL or a Host header, means this machine and nothing else. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:/, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function beganHere(request: Request, ip: string, publicUrl: string): boolean {
  return (
    isLoopback(ip) &&
    isLoopback(new URL(request.url).hostname) &&
    isLoopback(new URL(publicUrl).hostname) &&
    !HANDED_ON.some((header) => request.headers.has(header))
  );
}

/**
 * Lets in who sends the token of the settings or that of the data directory. Where no token is set, programs of this
 * machine too, as long as nothing says that the request was handed on: behind a proxy everybody seems to come from here.
 * Throws Problem `unauthenticated`.
 */
export function admitToMetrics(
  config: Config,
  directoryToken: string | null,
  request: Request,
  { ip }: Pick<RouteContext, 'ip'>,
): void {
  const sent = bearer(request.headers);
  const good = [config.metricsToken, directoryToken].some(
    (t) => sent !== null && typeof t === 'string' && same(sent, t),
  );
  if (good || (sent === null && config.metricsToken === undefined && beganHere(request, ip, config.publicUrl))) return;
  throw new Problem('unauthenticated', 'Metrics are for who holds their token.', {
    mend: 'Set TOUCHSTONE_METRICS_TOKEN, and send it as authorization: Bearer …',
  });
}

/** Lets in who can read the data directory. Throws Problem `unauthenticated`. */
export function admitToCheckup(directoryToken: string | null, request: Request): void {
  const sent = bearer(request.headers);
  if (sent !== null && directoryToken !== null && same(sent, directoryToken)) return;
  throw new Problem('unauthenticated', 'This is for the doctor, who reads its token in the data directory.');
}
