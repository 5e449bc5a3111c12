import { isIPv6 } from 'node:net';
import type { Clock } from '../../platform/kernel/clock.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { RateLimiter } from '../../platform/kernel/rate-limit.ts';
import { Recent } from '../../platform/kernel/recent.ts';
import { FILES, GUARD } from './vocabulary.ts';

const MOST_ADDRESSES = 40_000;

/**
 * Keeps programs from answering in great numbers, without asking anybody else who they are: of one address only so many
 * responses are begun in a minute, more of them where a script did some work for each, which grows with how many there
 * were; and only so much is taken in. Of IPv6 a /64 counts as one address, for one machine may have them
 * all. Nothing of an address is kept. Each process counts for itself.
 */
export class Guarding {
  readonly #limiter: RateLimiter;
  readonly #clock: Clock;
  readonly #lately = new Recent<{ readonly n: number; readonly at: number }>(MOST_ADDRESSES);

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#limiter = new RateLimiter(clock);
  }

  /** How hard the work is for who is shown a first page now, in bits: a bit more each time that twice as many were begun. */
  bitsFor(ip: string): number {
    const crowd = this.#begunLately(networkOf(ip)) / GUARD.crowd;
    return Math.min(GUARD.bits.most, GUARD.bits.usual + (crowd < 1 ? 0 : 2 * (1 + Math.floor(Math.log2(crowd)))));
  }

  /** Bytes that were sent. Throws Problem `too-many-requests` where too much came from this address within a minute. */
  take(ip: string, bytes: { readonly typed: number; readonly files: number }): void {
    const from = networkOf(ip);
    refuse(this.#limiter.take(`typed ${from}`, GUARD.bytesAMinute, bytes.typed));
    if (bytes.files > 0) refuse(this.#limiter.take(`files ${from}`, FILES.bytesAMinute, bytes.files));
  }

  /**
   * A response is begun: whether it came in a crowd, without the work that was asked of it. Throws Problem
   * `too-many-requests` where as many were begun as one address may.
   */
  begin(ip: string, worked: boolean): boolean {
    const most = worked ? GUARD.begun.worked : GUARD.begun.plain;
    const from = networkOf(ip);
    refuse(this.#limiter.take(`begun ${worked} ${from}`, most));
    const lately = this.#begunLately(from);
    this.#lately.set(from, { n: lately + 1, at: this.#clock.now().getTime() });
    return !worked && lately >= GUARD.crowd;
  }

  /** Begun within a minute or so: halved with each that passes. */
  #begunLately(from: string): number {
    const known = this.#lately.get(from);
    if (known === undefined) return 0;
    return known.n * 0.5 ** (Math.max(0, this.#clock.now().getTime() - known.at) / 60_000);
  }
}

/** An address of IPv4 itself, however it is written; of IPv6 its first 64 bits. */
function networkOf(ip: string): string {
  const [plain = ''] = ip.split('%');
  if (!isIPv6(plain)) return ip;
  // Written in one way only, as a URL has it.
  const [head = '', tail = ''] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = tail.split(':').filter((group) => group !== '');
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  // IPv4 within IPv6, and this machine itself.
  if (groups.slice(0, 5).every((group) => group === '0')) return ip;
  return groups.slice(0, 4).join(':');
}

function refuse(seconds: number): void {
  if (seconds === 0) return;
  throw new Problem('too-many-requests', 'Too many answers come from this address.', {
    mend: 'Send them again in a moment.',
    retryAfterSeconds: seconds,
  });
}
