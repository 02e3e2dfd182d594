/** Carries structured-clone values over JSON, with the refusals a structured clone makes. Runs in Node and in pages. */

/** A value that JSON cannot say, named by its kind. */
interface Tagged {
  readonly $: string;
  readonly v: unknown;
}

const typedArrayKinds = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

function bytesToText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

function refuse(value: unknown): never {
  throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
}

function encodeNumber(value: number): number | Tagged {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
}

function encodeEntries(value: object, seen: readonly object[]): readonly (readonly [string, unknown])[] {
  return Object.entries(value).map(([key, item]) => [key, encodeClone(item, seen)] as const);
}

function encodeObject(value: object, ancestors: readonly object[]): unknown {
  if (ancestors.includes(value)) throw new DOMException('The double does not clone cycles.', 'DataCloneError');
  const seen = [...ancestors, value];
  if (Array.isArray(value)) return value.map((item) => encodeClone(item, seen));
  if (value instanceof Date) return { $: 'date', v: value.getTime() };
  if (value instanceof Map)
    return { $: 'map', v: [...value].map(([key, item]) => [encodeClone(key, seen), encodeClone(item, seen)]) };
  if (value instanceof Set) return { $: 'set', v: [...value].map((item) => encodeClone(item, seen)) };
  if (value instanceof Error) return { $: 'error', v: { name: value.name, message: value.message } };
  if (value instanceof ArrayBuffer) return { $: 'ArrayBuffer', v: bytesToText(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    const kind =
      typedArrayKinds.find((name) => Object.prototype.toString.call(value) === `[object ${name}]`) ?? refuse(value);
    return { $: kind, v: bytesToText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  }
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise) return refuse(value);
  const entries = encodeEntries(value, seen);
  return entries.some(([key]) => key === '$') ? { $: 'object', v: entries } : Object.fromEntries(entries);
}

/** @throws DOMException `DataCloneError` for functions, symbols and what else a structured clone refuses */
export function encodeClone(value: unknown, ancestors: readonly object[] = []): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return encodeNumber(value);
    case 'undefined':
      return { $: 'undefined', v: 0 };
    case 'bigint':
      return { $: 'bigint', v: String(value) };
    case 'object':
      return value === null ? null : encodeObject(value, ancestors);
    default:
      return refuse(value);
  }
}

function decodePairs(value: unknown): (readonly [unknown, unknown])[] {
  return (value as (readonly [unknown, unknown])[]).map(
    ([key, item]) => [decodeClone(key), decodeClone(item)] as const,
  );
}

function decodeTagged({ $: tag, v: value }: Tagged): unknown {
  switch (tag) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(value);
    case 'bigint':
      return BigInt(value as string);
    case 'date':
      return new Date(value as number);
    case 'map':
      return new Map(decodePairs(value));
    case 'set':
      return new Set((value as unknown[]).map(decodeClone));
    case 'object':
      return Object.fromEntries((value as [string, unknown][]).map(([key, item]) => [key, decodeClone(item)]));
    case 'error': {
      const { name, message } = value as { name: string; message: string };
      return Object.assign(new Error(message), { name });
    }
    case 'ArrayBuffer':
      return textToBytes(value as string).buffer;
    default: {
      const kind = typedArrayKinds.find((name) => name === tag);
      if (kind === undefined) throw new Error(`unknown tag ${tag}`);
      return new globalThis[kind](textToBytes(value as string).buffer);
    }
  }
}

/** The inverse of {@link encodeClone}. */
export function decodeClone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decodeClone);
  if ('$' in value) return decodeTagged(value as Tagged);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeClone(item)]));
}
