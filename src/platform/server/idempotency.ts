import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { House } from '../house/house.ts';
import { Problem, badInput } from '../kernel/problem.ts';
import { claimAnswer, dropAnswer, keepAnswer, keptAnswer, type AnswerId } from './records.ts';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

const KEPT_MS = 24 * 3_600_000;
/** A request that is still under way after this long died with its process. */
const ABANDONED_MS = 5 * 60_000;

/**
 * Does `work` once per owner and Idempotency-Key: the same key with the same request gives the first answer again, with
 * another request 409. Only answers that succeeded are kept.
 */
export async function once(
  house: House,
  owner: string,
  key: string,
  request: { readonly method: string; readonly path: string; readonly body: string },
  work: () => Promise<Response>,
): Promise<Response> {
  if (key.length < 8 || key.length > 200) {
    throw badInput('Idempotency-Key', undefined, 'Idempotency-Key has 8 to 200 characters.', 'Send a fresh UUID.');
  }
  const id: AnswerId = { owner, keyHash: sha256(`${owner}\n${key}`) };
  const requestHash = sha256(`${request.method} ${request.path}\n${request.body}`);
  const now = house.clock.now();
  if (!(await claimAnswer(house.records, id, requestHash, now, new Date(now.getTime() - KEPT_MS)))) {
    const kept = await keptAnswer(house.records, id);
    if (kept !== null && kept.requestHash !== requestHash) {
      throw new Problem('conflict', 'This Idempotency-Key came before with another request.', {
        mend: 'Send a fresh key with a new request.',
      });
    }
    if (kept !== null && kept.status !== null && kept.sealed !== null) {
      return replay(kept.status, unseal(kept.sealed, key));
    }
    if (kept === null || now.getTime() - kept.createdAt.getTime() < ABANDONED_MS) {
      throw new Problem('conflict', 'The first request with this Idempotency-Key is under way.', {
        retryAfterSeconds: 1,
      });
    }
  }
  return settle(house, id, key, work);
}

async function settle(house: House, id: AnswerId, key: string, work: () => Promise<Response>): Promise<Response> {
  const response = await work().catch(async (error: unknown) => {
    await dropAnswer(house.records, id);
    throw error;
  });
  try {
    if (response.ok) await keepAnswer(house.records, id, response.status, seal(await response.clone().text(), key));
    else await dropAnswer(house.records, id);
  } catch (error) {
    // It is done all the same: whoever asked is told so, and the key stays taken, so that it is not done twice.
    house.log.error({ error: error instanceof Error ? error : undefined }, 'an answer could not be kept');
  }
  return response;
}

function replay(status: number, body: string): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json', 'idempotency-replayed': 'true' },
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sealingKey(key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'touchstone idempotent answer', 32));
}

function seal(text: string, key: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(key), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function unseal(sealed: Buffer, key: string): string {
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(key), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
}
