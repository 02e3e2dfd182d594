/** Tells a Content-Encoding that must be undone from one that merely names how the file itself is compressed. */
import type { Decoding } from './decoding.ts';
import { headerTokens, headerValue } from './headers.ts';
import { mediaType } from './media-type.ts';
import { parseContentDisposition } from '../names/content-disposition.ts';
import { nameFromUrl } from '../names/name-from-url.ts';
import type { ResponseHead } from './verdict.ts';

const decodings: ReadonlyMap<string, Decoding> = new Map<string, Decoding>([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['zstd', 'zstd'],
]);

/** Files that are compressed in their own right: their extensions and media types, by encoding. */
const compressedFiles: readonly {
  readonly encodings: readonly string[];
  readonly extension: RegExp;
  readonly type: RegExp;
}[] = [
  {
    encodings: ['gzip', 'x-gzip'],
    extension: /\.(?:gz|tgz|taz|gzip|svgz|emz|wmz|crate)$/i,
    type: /^application\/(?:(?:x-)?gzip|x-gunzip|gzipped|x-tgz|x-compressed-tar)$/,
  },
  { encodings: ['compress', 'x-compress'], extension: /\.(?:z|taz)$/i, type: /^application\/x-compress$/ },
  { encodings: ['br'], extension: /\.br$/i, type: /^application\/(?:x-)?brotli$/ },
  { encodings: ['zstd'], extension: /\.t?zst$/i, type: /^application\/(?:x-)?zstd$/ },
];

/**
 * The encoding that stands between the body and the file, lower-case; null when the body is the file.
 *
 * A `.tar.gz` sent with `Content-Encoding: gzip` is a server describing the file, not compressing it: decoding
 * would leave a tar under the name of a gzip, so the encoded bytes are the file. Browsers do the same.
 */
export function encodingInTheWay(response: ResponseHead): string | null {
  const encodings = headerTokens(response.headers, 'content-encoding').filter((one) => one !== 'identity');
  const [first] = encodings;
  if (first === undefined) return null;
  if (encodings.length > 1) return encodings.join(', ');
  const type = mediaType(headerValue(response.headers, 'content-type')) ?? '';
  const name = fileNameOf(response) ?? '';
  const itsOwn = compressedFiles.some(
    (kind) => kind.encodings.includes(first) && (kind.extension.test(name) || kind.type.test(type)),
  );
  return itsOwn ? null : first;
}

/**
 * The encoding that names how the file itself is compressed, as far as the head tells: a few servers compress such a
 * file once more, and only the bytes show it. Null where the head names no such encoding.
 */
export function encodingOfFile(response: Pick<ResponseHead, 'headers' | 'url'>): Decoding | null {
  const encodings = headerTokens(response.headers, 'content-encoding').filter((one) => one !== 'identity');
  const [only] = encodings;
  const isAlone = only !== undefined && encodings.length === 1;
  if (!isAlone || encodingInTheWay({ ...response, status: 200, nowMs: 0, bodyLengthBytes: null }) !== null) return null;
  return decodingOf(only);
}

/** Whether decoded bytes begin as a file compressed in that way begins. */
export function beginsAs(decoding: Decoding, bytes: Uint8Array): boolean {
  const magic = magics[decoding];
  return magic !== null && bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}

/** RFC 1952 section 2.3.1, RFC 8878 section 3.1.1. The others have none. */
const magics: Readonly<Record<Decoding, readonly number[] | null>> = {
  gzip: [0x1f, 0x8b],
  deflate: null,
  br: null,
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
};

/** How to undo `encoding`; null when this system cannot. */
export function decodingOf(encoding: string): Decoding | null {
  return decodings.get(encoding) ?? null;
}

function fileNameOf(response: ResponseHead): string | null {
  const disposition = headerValue(response.headers, 'content-disposition');
  return (disposition === null ? null : parseContentDisposition(disposition)) ?? nameFromUrl(response.url);
}
