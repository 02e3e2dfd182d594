/** Waits for something, but not for ever. */

/** @returns whether `work` settled in time; the work continues either way. @throws what `work` rejects with, if in time */
export async function settlesWithin(work: Promise<unknown>, deadlineMs: number): Promise<boolean> {
  const { promise: expired, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), deadlineMs);
  try {
    return await Promise.race([work.then(() => true), expired]);
  } finally {
    clearTimeout(timer);
  }
}
