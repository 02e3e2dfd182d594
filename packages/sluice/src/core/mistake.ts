/** The error for wrong use of the library, and the check that names a misspelt option. */
import { SluiceError } from '@sluice/contract';
import { suggestion } from './nearest.ts';

/** A slip in the use of the library. Code `request-invalid`; `facts.name` is the option. */
export function mistake(name: string, detail: string, cause?: unknown): SluiceError {
  return new SluiceError('request-invalid', detail, { facts: { name }, ...(cause === undefined ? {} : { cause }) });
}

/**
 * Reads an object of options once, so that a getter cannot answer the check and the use differently. What is
 * `undefined` counts as left out; what the object inherits counts as given.
 * @param place how the object is called in an error: `options`, `request`, `options.cache`
 * @throws SluiceError `request-invalid` for what is not an object, or has a key that is not in `known`
 */
export function readOptions<Options extends object>(
  given: Options,
  place: string,
  known: readonly string[],
): Partial<Options> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw mistake(place, `${place} must be an object, not ${describe(given)}`);
  }
  const read: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  // Not Object.entries: it passes over what is inherited, which a property access would find.
  for (const name in given) {
    const value: unknown = Reflect.get(given, name);
    if (value === undefined) continue;
    if (!known.includes(name)) {
      throw mistake(name, `there is no option called ${name} in ${place}: ${suggestion(name, known)}`);
    }
    read[name] = value;
  }
  return { ...read } as Partial<Options>;
}

/** What a value is, for an error: never the value itself, which may be a secret. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : value === undefined ? 'undefined' : `a ${typeof value}`;
}
