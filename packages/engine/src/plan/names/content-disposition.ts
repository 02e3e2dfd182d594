/** Reads the file name out of a Content-Disposition field: the grammar by a library, the leniency here. */
import { parse } from 'content-disposition';
import { trimEndWhere } from '../ranges/trim.ts';
import { guessText } from './guess-charset.ts';
import { bytesOfLatin1, decodeBytes, decodeHeaderText, decodeUtf8, isPercentEncoded, percentDecode } from './text.ts';

/**
 * The name a server gives its file (RFC 6266): `filename*` where it is valid, else the continuations of RFC 2231
 * that some mail-like servers send, else `filename`, else whatever a broken `filename*` may have meant. Not yet
 * safe to use on a disk: see `sanitizeFileName`.
 * @param headerValueLatin1 the field as it travelled, one char per byte
 * @returns null when there is no name in it
 */
export function parseContentDisposition(headerValueLatin1: string): string | null {
  const parameters = readParameters(headerValueLatin1);
  const extended = parameters['filename*'];
  return (
    meaningful(extended === undefined ? null : decodeExtended(extended)) ??
    meaningful(joinContinuations(parameters)) ??
    meaningful(decodePlain(parameters['filename'])) ??
    meaningful(extended === undefined ? null : guessExtended(extended))
  );
}

function meaningful(name: string | null): string | null {
  return name === null || name.trim() === '' ? null : name;
}

function readParameters(value: string): Readonly<Record<string, string>> {
  const firstPart = value.split(';', 1)[0] ?? '';
  // `filename=x` without a type is common enough; browsers read it.
  const typed = firstPart.includes('=') ? `attachment; ${value}` : value;
  return parse(closeQuote(typed), { extended: false }).parameters;
}

/** A quote that is never closed would take its whole parameter with it. */
function closeQuote(value: string): string {
  const unescaped = value.replace(/\\[^]/g, '');
  if (unescaped.split('"').length % 2 === 1) return value;
  return unescaped.endsWith('\\') ? `${value}\\"` : `${value}"`;
}

/** RFC 8187: `charset'language'percent-encoded`. Any charset the platform knows is read, not UTF-8 alone. */
function decodeExtended(value: string): string | null {
  const match = /^([^']+)'[^']*'(.*)$/s.exec(value);
  if (match === null) return null;
  const [, charset = '', encoded = ''] = match;
  const isBroken = /[^\x20-\x7e]/.test(encoded) || (encoded.includes('%') && !isPercentEncoded(encoded));
  return isBroken ? null : decodeBytes(percentDecodeLatin1(encoded), charset);
}

/** A charset left out or unknown, raw bytes, broken escapes: the rest is most often UTF-8. */
function guessExtended(value: string): string {
  const bytes = percentDecodeLatin1(value.replace(/^[\w-]*'(?:[^']*')?/, ''));
  return decodeUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

/** Continuations (RFC 2231 section 3): `filename*0="a"; filename*1*=…`, in order and without a gap. */
function joinContinuations(parameters: Readonly<Record<string, string>>): string | null {
  const parts: Uint8Array[] = [];
  let charset = 'utf-8';
  for (let index = 0; ; index += 1) {
    const plain = parameters[`filename*${index}`];
    const encoded = parameters[`filename*${index}*`];
    if (encoded !== undefined) {
      const match = index === 0 ? /^([^']*)'[^']*'(.*)$/s.exec(encoded) : null;
      if (match?.[1] !== undefined && match[1] !== '') charset = match[1];
      parts.push(percentDecodeLatin1(match?.[2] ?? encoded));
    } else if (plain !== undefined) {
      parts.push(bytesOfLatin1(plain) ?? new TextEncoder().encode(plain));
    } else {
      break;
    }
  }
  return parts.length === 0 ? null : decodeBytes(concat(parts), charset);
}

/** The beginning of one is enough: what follows may be cut off. */
const encodedWord = /=\?[^?]+\?[bq]\?/i;

/**
 * The plain parameter. By the letter it is latin-1 and literal; in the wild it is UTF-8, percent-encoded UTF-8 or
 * MIME encoded words (RFC 2047), all of which browsers undo.
 */
function decodePlain(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (encodedWord.test(value)) return decodeWords(value);
  const bytes = bytesOfLatin1(value);
  const text = (bytes === null ? null : (decodeUtf8(bytes) ?? guessText(bytes))) ?? decodeHeaderText(value);
  return isPercentEncoded(text) ? (decodeUtf8(percentDecode(text)) ?? text) : text;
}

/** Space behind an encoded word is not part of the name. A word that cannot be decoded makes the name worthless. */
function decodeWords(value: string): string | null {
  const decoded = value.replace(
    /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=\s*/gi,
    (word, charset: string, kind: string, text: string) => {
      const bytes = kind.toLowerCase() === 'b' ? decodeBase64(text) : decodeQ(text);
      return (bytes === null ? null : decodeBytes(bytes, charset)) ?? word;
    },
  );
  return encodedWord.test(decoded) ? null : decoded;
}

function decodeQ(text: string): Uint8Array {
  return percentDecodeLatin1(
    text
      .replace(/%/g, '%25')
      .replace(/_/g, '%20')
      .replace(/=([0-9a-f]{2})/gi, '%$1'),
  );
}

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let bits = 0;
  let pending = 0;
  for (const digit of trimEndWhere(text, (char) => char === '=')) {
    const value = base64Digits.indexOf(digit);
    if (value < 0) return null;
    bits = (bits << 6) | value;
    pending += 6;
    if (pending >= 8) {
      pending -= 8;
      bytes.push((bits >> pending) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

/** Percent-decoding of a text whose other chars are bytes already. */
function percentDecodeLatin1(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const digits = text[index] === '%' ? text.slice(index + 1, index + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      index += 2;
    } else {
      bytes.push(text.charCodeAt(index) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
