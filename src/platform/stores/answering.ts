const LOOK_AFTER_MS = 4_000;

/**
 * Waits for a server as long as it answers anything at all: one that stands still keeps its connections, and an answer
 * may wait for hours. Rejects with what `work` makes of the signal, its code `ETIMEDOUT`.
 *
 * @param look whether the server answers now; rejects where it does not, soon
 */
export async function whileItAnswers<T>(
  work: (silent: AbortSignal) => Promise<T>,
  look: () => Promise<void>,
  lookAfterMs = LOOK_AFTER_MS,
): Promise<T> {
  const silent = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const lookLater = (): void => {
    if (!ended)
      timer = setTimeout(() => void look().then(lookLater, (cause: unknown) => silent.abort(cause)), lookAfterMs);
  };
  lookLater();
  try {
    return await work(silent.signal);
  } catch (error) {
    if (!silent.signal.aborted) throw error;
    throw Object.assign(new Error('The server does not answer any more.', { cause: error }), { code: 'ETIMEDOUT' });
  } finally {
    ended = true;
    clearTimeout(timer);
  }
}
