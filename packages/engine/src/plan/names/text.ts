/** Turns bytes of headers and links into text, without ever failing and without losing a byte unseen. */

/** The bytes behind a text of one char per byte; null when a char is no byte. */
export function bytesOfLatin1(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0xff) return null;
    bytes[index] = code;
  }
  return bytes;
}

/** Bytes as UTF-8; null when they are not. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return decodeBytes(bytes, 'utf-8');
}

/** Bytes in a named charset; null when the charset is unknown or the bytes do not fit it. */
export function decodeBytes(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * What a header value was meant to say: servers send UTF-8 although the protocol only knows bytes. Valid UTF-8 is
 * read as such, anything else stays latin-1.
 */
export function decodeHeaderText(latin1: string): string {
  const bytes = bytesOfLatin1(latin1);
  return (bytes === null ? null : decodeUtf8(bytes)) ?? latin1;
}

const percentByte = /%([0-9a-f]{2})/gi;

/**
 * Undoes percent-encoding once, byte by byte; other chars count as their UTF-8 bytes and a `%` without two digits
 * stays what it is.
 */
export function percentDecode(text: string): Uint8Array {
  const plain = new TextEncoder().encode(text);
  const bytes = new Uint8Array(plain.length);
  let length = 0;
  for (let index = 0; index < plain.length; index += 1) {
    const value = plain[index] === 0x25 ? hexByte(plain[index + 1], plain[index + 2]) : null;
    bytes[length] = value ?? plain[index] ?? 0;
    length += 1;
    if (value !== null) index += 2;
  }
  return bytes.subarray(0, length);
}

/** Whether every `%` starts an encoded byte and there is at least one. */
export function isPercentEncoded(text: string): boolean {
  return text.includes('%') && !text.replace(percentByte, '').includes('%');
}

function hexByte(high: number | undefined, low: number | undefined): number | null {
  const value = hexDigit(high) * 16 + hexDigit(low);
  return Number.isNaN(value) ? null : value;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return Number.NaN;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : Number.NaN;
}
