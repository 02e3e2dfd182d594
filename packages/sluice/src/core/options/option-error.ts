/** The error for wrong use of the library, and the check that names a misspelt option. */
import { SluiceError } from '@sluice/contract';
import { suggestion } from './nearest.ts';

/** A slip in the use of the library. Code `request-invalid`; `facts.name` is the option. */
export function optionError(name: string, detail: string, cause?: unknown): SluiceError {
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
  const read = valuesOf(given, place);
  for (const name of read.keys()) {
    if (!known.includes(name)) {
      throw optionError(name, `there is no option called ${name} in ${place}: ${suggestion(name, known)}`);
    }
  }
  const options: object = Object.fromEntries(read);
  return options;
}

/** All values of an object of options, without a look at what they are called. @throws SluiceError `request-invalid` for what is not an object */
export function valuesOf(given: unknown, place: string): Map<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw optionError(place, `${place} must be an object, not ${describe(given)}`);
  }
  const values = new Map<string, unknown>();
  for (const name of namesOf(given)) {
    const value: unknown = Reflect.get(given, name);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

/** Own, inherited, and those of getters of a class: whatever a property access would find. */
function namesOf(given: object): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at: object | null = given; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    // The root of this realm or another one.
    if (at !== given && Object.getPrototypeOf(at) === null) break;
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (property.enumerable === true || property.get !== undefined) names.add(name);
    }
  }
  return names;
}

/** What a value is, for an error: never the value itself, which may be a secret. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : value === undefined ? 'undefined' : `a ${typeof value}`;
}
