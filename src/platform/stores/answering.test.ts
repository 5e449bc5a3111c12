import { expect, test } from 'vitest';
import { whileItAnswers } from './answering.ts';
import { isAway } from './away.ts';

/** Waits until it is told that nobody answers. */
const forEver = (silent: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    silent.addEventListener('abort', () => reject(new Error('given up')));
  });

test('[SR26] an answer is waited for while its server answers, and no longer', async () => {
  let looks = 0;
  const quiet = (): Promise<void> => (++looks < 3 ? Promise.resolve() : Promise.reject(new Error('no answer')));
  const thrown: unknown = await whileItAnswers(forEver, quiet, 1).catch((error: unknown) => error);
  expect(looks).toBe(3);
  expect(isAway(thrown)).toBe(true);

  let seen = 0;
  let answer: (value: string) => void = () => undefined;
  const late = new Promise<string>((resolve) => (answer = resolve));
  const alive = async (): Promise<void> => {
    if (++seen === 4) answer('late');
  };
  expect(await whileItAnswers(() => late, alive, 1)).toBe('late');
  await expect(whileItAnswers(() => Promise.reject(new Error('its own')), alive)).rejects.toThrow('its own');
});
