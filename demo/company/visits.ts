import { chance, integer, type Random } from '@touchstone/domain/random';
import { drawProduct, type Product } from './products.ts';
import type { Telling } from './shape.ts';

const MINUTE = 60_000;

/** The hour of a day somebody sits down: seldom at night, most in the evening. */
export function hourOf(random: Random): number {
  const evening = random.float();
  return evening < 0.45 ? 18 + 5 * random.float() : evening < 0.9 ? 8 + 10 * random.float() : 6 + 17.9 * random.float();
}

const CHANNELS = { web: 'web', app: 'app' } as const;

/** Looking around on the site or in the app from `ms` on; gives when it ended and what was looked at last. */
export function browse(
  telling: Telling,
  ms: number,
  on: 'web' | 'app',
): { readonly ms: number; readonly session: string; readonly last: Product } {
  const { random, who } = telling;
  const stranger = who.anonymousId !== '' && ms < telling.days.atMs(who.since, 0);
  const common = { channel: CHANNELS[on], ...(stranger ? { stranger: true as const } : {}) };
  const session = `s-${who.userId}-${Math.floor(ms / 60_000).toString(36)}`;
  let at = ms;
  const next = (): number => (at += Math.floor((0.3 + 2.2 * random.float()) * MINUTE));
  const place = on === 'web' ? { url: 'https://lark-and-lantern.example/' } : {};
  telling.put({
    ...common,
    ...place,
    name: on === 'web' ? 'Page Viewed' : 'Screen Viewed',
    ms: at,
    sessionId: session,
  });
  if (chance(random, 0.3)) {
    telling.put({ ...common, name: 'Products Searched', ms: next(), sessionId: session, props: { query: drawProduct(random).category } }); // prettier-ignore
  }
  let last = drawProduct(random);
  for (let left = integer(random, 1, 3); left > 0; left--) {
    last = drawProduct(random);
    const { product_id, name, category } = last;
    telling.put({
      ...common,
      name: 'Product Viewed',
      ms: next(),
      sessionId: session,
      props: { product_id, name, category },
    });
  }
  return { ms: next(), session, last };
}

/** A newsletter that came and was opened, now and then followed. */
export function readNewsletter(telling: Telling, ms: number): void {
  const { random } = telling;
  telling.put({ name: 'Email Opened', ms, channel: 'email', props: { campaign: 'newsletter' } });
  if (chance(random, 0.18)) telling.put({ name: 'Email Link Clicked', ms: ms + MINUTE, channel: 'email', props: { campaign: 'newsletter' } }); // prettier-ignore
}
