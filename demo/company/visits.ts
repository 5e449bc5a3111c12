import { chance, integer, type Random } from '@touchstone/domain/random';
import { drawProduct, type Product } from './products.ts';
import type { Telling, Told } from './shape.ts';

const MINUTE = 60_000;

/** The hour of a day somebody sits down: seldom at night, most in the evening. */
export function hourOf(random: Random): number {
  const evening = random.float();
  return evening < 0.45 ? 18 + 5 * random.float() : evening < 0.9 ? 8 + 10 * random.float() : 6 + 17.9 * random.float();
}

/** Looking around on the site or in the app from `ms` on; gives when it ended and what was looked at last. */
export function browse(
  telling: Telling,
  ms: number,
  on: 'web' | 'app',
): { readonly ms: number; readonly session: string; readonly last: Product } {
  const { random, who } = telling;
  const stranger = who.anonymousId !== '' && ms < telling.days.atMs(who.since, 0);
  const session = `s-${who.userId}-${Math.floor(ms / 60_000).toString(36)}`;
  let at = ms;
  const next = (): number => (at += Math.floor((0.3 + 2.2 * random.float()) * MINUTE));
  const see = (name: string, seenMs: number, props?: Told['props']): void =>
    telling.put({ name, ms: seenMs, channel: on, sessionId: session, stranger, url: undefined, props });
  const page = on === 'web' ? 'https://lark-and-lantern.example/' : undefined;
  const name = on === 'web' ? 'Page Viewed' : 'Screen Viewed';
  telling.put({ name, ms: at, channel: on, sessionId: session, stranger, url: page, props: undefined });
  if (chance(random, 0.3)) see('Products Searched', next(), { query: drawProduct(random).category });
  let last = drawProduct(random);
  for (let left = integer(random, 1, 3); left > 0; left--) {
    last = drawProduct(random);
    const { product_id, name, category } = last;
    see('Product Viewed', next(), { product_id, name, category });
  }
  return { ms: next(), session, last };
}

/** A newsletter that came and was opened, now and then followed. */
export function readNewsletter(telling: Telling, ms: number): void {
  const { random } = telling;
  telling.put({ name: 'Email Opened', ms, channel: 'email', props: { campaign: 'newsletter' } });
  if (chance(random, 0.18)) telling.put({ name: 'Email Link Clicked', ms: ms + MINUTE, channel: 'email', props: { campaign: 'newsletter' } }); // prettier-ignore
}
