/** What no type allows: for tests of wrong use. */
export function wrong(value: unknown): never {
  return value as never;
}
