import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { badInput, Problem } from './problem.ts';

/** What is no address of the public internet: IANA's registries of special addresses, and what embeds another address. */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24',
  '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24',
  '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
]; // prettier-ignore
/** Beside all that lies outside 2000::/3: loopback, link-local, unique local, mapped, NAT64 … */
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

/** Addresses and networks as written: `127.0.0.1`, `10.1.0.0/16`. Throws an Error for what is none. */
export function networksOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const family = isIP(address);
    const bits = length === undefined ? (family === 6 ? 128 : 32) : Number(length);
    if (family === 0) throw new Error(`${network} is no address or network such as 10.0.0.0/8.`);
    list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

const special4 = networksOf(NOT_PUBLIC_4);
const special6 = networksOf(NOT_PUBLIC_6);
const global6 = networksOf(['2000::/3']);

/** Whether an address is one that anybody on the internet may have. An IPv4 address written as IPv6 is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special4.check(address, 'ipv4');
  if (family === 6) return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
  return false;
}

export interface OutboundLimits {
  /** Networks of the operator's own that may be called although they are not public: `127.0.0.1`, `10.1.0.0/16`. */
  readonly allowed: readonly string[];
  /** For all of it, redirects and body too. */
  readonly timeoutMs: number;
  /** For each answer to begin, and for each silence in the body; so much of waiting is also let pass before its rate counts. */
  readonly idleMs: number;
  readonly maxRedirects: number;
  readonly signal?: AbortSignal;
  /** All addresses of a name; the system's resolver unless said. */
  readonly lookup?: (host: string) => Promise<LookupAddress[]>;
}

/** A body that comes more slowly, in bytes a second of waiting for it, is given up: a gigabyte would take eleven days. */
const LEAST_RATE = 1_000;

export interface OutboundAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of the connection. Has to be called, whether the body was read or not. */
  release(): void;
  /** The last address, after redirects. */
  readonly url: URL;
}

function refusedAddress(host: string): Problem {
  return badInput(
    'url',
    host,
    `${host} leads to an address that is not on the public internet.`,
    'Whoever runs the server can allow it: IMPORT_ALLOW_ADDRESSES.',
    { code: 'address-not-public' },
  );
}

function mayCall(address: string, allowed: BlockList): boolean {
  return isPublicAddress(address) || allowed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/**
 * Throws Problem where an address written in numbers is none that may be called. A name may lead elsewhere by the time it is
 * called: it is looked at then, by `getOutbound`.
 * @param allowed networks of the operator's own that may be called all the same
 */
export function refuseInside(url: URL, allowed: readonly string[]): void {
  const host = hostOf(url);
  if (isIP(host) !== 0 && !mayCall(host, networksOf(allowed))) throw refusedAddress(host);
}

/** An address that somebody gave us to call. Throws Problem for one that is none, or that carries a password. */
export function outboundUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw badInput('url', text.slice(0, 20), 'This is no address of http or https.', 'https://example.com/orders.csv', {
      code: 'not-an-address',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw badInput('url', url.hostname, 'A password does not belong in an address.', 'Send it as `authorization`.', {
      code: 'not-an-address',
    });
  }
  return url;
}

/**
 * Gets what lies at an address that somebody gave us, and nothing that only this server can reach: every address its name
 * has is looked at, the one that was looked at is called, and so is each redirect's. Headers go to the first host only.
 * Throws Problem `bad-input` for what may not be called, `unavailable` for what does not answer.
 */
export async function getOutbound(
  from: URL,
  headers: Readonly<Record<string, string>>,
  limits: OutboundLimits,
): Promise<OutboundAnswer> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal === undefined ? timeout : AbortSignal.any([timeout, limits.signal]);
  const allowed = networksOf(limits.allowed);
  let url = from;
  for (let redirects = 0; ; redirects++) {
    const own = url.origin === from.origin ? headers : {};
    const answer = await callOnce(url, own, allowed, { ...limits, signal });
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
      return {
        status,
        header: (name) => {
          const value = answer.headers[name];
          return Array.isArray(value) ? value[0] : value;
        },
        body: bodyOf(answer, url, limits.idleMs),
        release: () => void answer.destroy(),
        url,
      };
    }
    answer.destroy();
    if (redirects >= limits.maxRedirects) throw unanswered(url, 'sends on without end');
    if (!URL.canParse(location, url)) throw unanswered(url, 'sends on to no address');
    url = outboundUrl(new URL(location, url).href);
  }
}

function unanswered(url: URL, how: string): Problem {
  return new Problem('unavailable', `${url.host} ${how}.`, { field: 'url', code: 'address-unanswered' });
}

async function* bodyOf(answer: IncomingMessage, url: URL, idleMs: number): AsyncGenerator<Uint8Array> {
  const stopped = () => unanswered(url, 'stopped in the middle, or took too long');
  let bytes = 0;
  let waitedMs = 0;
  let since = performance.now();
  // Only what the other side takes counts, not what is done with the bytes meanwhile.
  const giveUp = () => void answer.destroy(stopped());
  let timer = setTimeout(giveUp, idleMs);
  try {
    for await (const chunk of answer) {
      clearTimeout(timer);
      const part = Buffer.from(chunk);
      bytes += part.length;
      waitedMs += performance.now() - since;
      if (waitedMs > idleMs && (bytes * 1_000) / waitedMs < LEAST_RATE) throw stopped();
      yield part;
      since = performance.now();
      timer = setTimeout(giveUp, idleMs);
    }
  } catch {
    throw stopped();
  } finally {
    clearTimeout(timer);
    answer.destroy();
  }
}

const systemLookup = (host: string): Promise<LookupAddress[]> => lookup(host, { all: true });

async function callOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  allowed: BlockList,
  { signal, idleMs, lookup: addressesOf = systemLookup }: OutboundLimits & { readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const host = hostOf(url);
  const found = await addressesOf(host).catch(() => {
    throw unanswered(url, 'is a name that nobody knows');
  });
  const [first] = found;
  if (first === undefined || !found.every(({ address }) => mayCall(address, allowed))) throw refusedAddress(host);
  // The name is not asked for again: it might have another address by then.
  const fixed: LookupFunction = (_name, options, done) => {
    if (options.all === true) done(null, found);
    else done(null, first.address, first.family);
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const call = send(
      url,
      { agent: false, signal, lookup: fixed, headers: { 'user-agent': 'Touchstone', accept: '*/*', ...headers } },
      resolve,
    );
    const timer = setTimeout(() => void call.destroy(), idleMs);
    call.on('response', () => clearTimeout(timer));
    // An answer that is none of HTTP's own (101) only closes.
    for (const end of ['error', 'close']) {
      call.on(end, () => {
        clearTimeout(timer);
        reject(unanswered(url, 'does not answer, or took too long'));
      });
    }
    call.end();
  });
}
