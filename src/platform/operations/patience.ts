/** What `work` gives, or null when it fails or takes longer than `ms`: one store that is away holds up nothing else. */
export async function orNull<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work.catch(() => null), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
