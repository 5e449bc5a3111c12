import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks until the answer is neither null, undefined nor false, and gives it back. Throws after `timeoutMs` with what it
 * waited for.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  timeoutMs = 50_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (let wait = 5; ; wait = Math.min(wait * 1.5, 200)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}.`);
    await pause(wait);
  }
}
