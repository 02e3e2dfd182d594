/** Reads a speed limit as curl and wget write it. */

const factors: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  kib: 1024,
  kb: 1000,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  mb: 1000 ** 2,
  g: 1024 ** 3,
  gib: 1024 ** 3,
  gb: 1000 ** 3,
};

/** @returns bytes per second, 0 for no limit; null when the text is no rate */
export function parseRate(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*?)(?:\/s)?\s*$/i.exec(text);
  if (match === null) return null;
  const factor = factors[(match[2] ?? '').toLowerCase()];
  if (factor === undefined) return null;
  const amount = Number(match[1]);
  const bytesPerSecond = Math.round(amount * factor);
  if (!Number.isSafeInteger(bytesPerSecond)) return null;
  // Rounding must not turn a tiny limit into none.
  return amount > 0 ? Math.max(1, bytesPerSecond) : 0;
}
