/** What a column of JSON holds. */
export function valueOf(stored: unknown): unknown {
  if (typeof stored !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(stored);
    return value;
  } catch {
    return undefined;
  }
}
