/**
 * Sends events to a server that may die meanwhile, and tells which of them have to be found there:
 *
 *     const load = new Load(server.url, shop);
 *     const sending = load.sendWhile(() => alive, 4);       // four senders, until told
 *     await load.finish();                                   // what was not acknowledged is sent again
 *     const { lost, doubled } = await load.look();           // once all of it is drained
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { eventId } from '../../src/platform/kernel/ids.ts';
import type { Shop } from './server.ts';
import { until } from './until.ts';

const success = z.object({ success: z.literal(true) });
const status = z.object({ waitingMessages: z.number(), rejectedMessages: z.number() });
const page = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().nullable() });

export interface Found {
  readonly events: number;
  /** Messages that are not there. */
  readonly lost: number;
  /** Events that are there more than once, or that nobody sent. */
  readonly doubled: number;
  readonly rejected: number;
}

export class Load {
  /** Batches. */
  acknowledged = 0;
  /** The answer to the last batch that was not acknowledged. */
  refusal: { readonly status: number; readonly text: string } | undefined;
  readonly #sent: string[] = [];
  /** Batches that were not acknowledged: their messages may be in, or not. */
  readonly #open: string[][] = [];
  readonly #words: number;

  /** @param words how long the text of each event is, in words */
  constructor(
    readonly url: string,
    readonly shop: Pick<Shop, 'workspaceId' | 'writeKey' | 'secretKey'>,
    options: { readonly words?: number } = {},
  ) {
    this.#words = options.words ?? 1;
  }

  /** Messages sent so far, each counted once. */
  get sent(): number {
    return this.#sent.length;
  }

  newBatch(size = 1 + (this.#sent.length % 25)): string[] {
    const ids = Array.from({ length: size }, (_, i) => `message-${this.#sent.length + i}`);
    this.#sent.push(...ids);
    return ids;
  }

  /** True when it was acknowledged. */
  async send(ids: readonly string[]): Promise<boolean> {
    const batch = ids.map((messageId) => ({
      type: 'track',
      event: 'Product Viewed',
      userId: `user ${messageId.length}`,
      messageId,
      properties: { sku: Array.from({ length: this.#words }, (_, i) => `${messageId}-${i}`).join(' ') },
    }));
    const response = await fetch(`${this.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${this.shop.writeKey}:`).toString('base64')}` },
      body: JSON.stringify({ batch }),
    }).catch(() => undefined);
    if (response === undefined) return false;
    const text = await response.text().catch(() => '');
    if (response.status === 200 && success.safeParse(parsedOrNull(text)).success) return true;
    this.refusal = { status: response.status, text };
    return false;
  }

  /** Sends a batch, one left open before a new one; true when it was acknowledged. */
  async offer(): Promise<boolean> {
    const batch = this.#open.pop() ?? this.newBatch();
    const taken = await this.send(batch);
    if (taken) this.acknowledged++;
    else this.#open.push(batch);
    return taken;
  }

  /** One batch after another from each sender. */
  async sendWhile(alive: () => boolean, senders: number): Promise<void> {
    const sender = async (): Promise<void> => {
      while (alive()) if (!(await this.offer())) await pause(20);
    };
    await Promise.all(Array.from({ length: senders }, sender));
  }

  /** Sends what was not acknowledged until it is, and waits until all of it is among the facts. */
  async finish(): Promise<void> {
    for (let batch = this.#open.pop(); batch !== undefined; batch = this.#open.pop()) {
      const rest = batch;
      await until('the rest to be acknowledged', () => this.send(rest));
      this.acknowledged++;
    }
    await until(
      'the journal to be drained',
      async () => (await this.#get('/api/v1/journal', status)).waitingMessages === 0,
    );
  }

  /** Reads every event through the API and holds it against what was sent. */
  async look(): Promise<Found> {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const got: z.infer<typeof page> = await this.#get(`/api/v1/events?limit=200${at}`, page);
      found.push(...got.items.map((e) => e.id));
      cursor = got.nextCursor;
    }
    const wanted = new Set(this.#sent.map((messageId) => eventId(this.shop.workspaceId, messageId)));
    const there = new Set(found);
    const lost = [...wanted].filter((id) => !there.has(id)).length;
    const { rejectedMessages } = await this.#get('/api/v1/journal', status);
    return { events: found.length, lost, doubled: found.length - (wanted.size - lost), rejected: rejectedMessages };
  }

  /** The newest event that can be read. */
  async newest(): Promise<string | undefined> {
    return (await this.#get('/api/v1/events?limit=1', page)).items[0]?.id;
  }

  async #get<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    const headers = { authorization: `Bearer ${this.shop.secretKey}` };
    return until(`an answer of ${path}`, async () => {
      const response = await fetch(`${this.url}${path}`, { headers }).catch(() => undefined);
      return response?.ok === true ? shape.parse(await response.json()) : null;
    });
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
