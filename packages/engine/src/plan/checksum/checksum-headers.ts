/** Reads what a response says of the whole file's checksum. */
import { algorithmNamed, type Checksum, type ChecksumAlgorithm, hexLengths } from '@sluice/contract';
import { type HeaderLines, headerTokens, headerValue, headerValues } from '../response/headers.ts';

/** Amazon's, each a field of its own. */
const amazonAlgorithms = ['sha256', 'sha1', 'crc32c', 'crc32'] as const;

/** In the names of all these fields, and in hardly any other: most responses say nothing of the kind. */
const telling = /digest|md5|hash|checksum/i;

/**
 * Repr-Digest (RFC 9530), Digest (RFC 3230), Google's and Amazon's own fields; and, only where the message is the
 * whole file, Content-Digest and Content-MD5 (RFC 1864). What an encoding was put around is another file than
 * the one that gets written, so that nothing is said of that.
 * @param body what the body is of the file: all of it, a part, or all of it in an encoding that will be undone
 */
export function checksumsFromHeaders(headers: HeaderLines, body: 'whole' | 'part' | 'encoded'): Checksum[] {
  if (body === 'encoded' || !headers.some(([name]) => telling.test(name))) return [];
  const isWhole = body === 'whole';
  const list = (name: string): string[] => headerValues(headers, name).flatMap((value) => value.split(','));
  const found: (Checksum | null)[] = [];
  for (const member of [...list('repr-digest'), ...(isWhole ? list('content-digest') : [])]) {
    const match = /^\s*([a-z0-9-]+)\s*=\s*:([\w+/=]+):\s*$/i.exec(member);
    found.push(fromBase64(match?.[1], match?.[2]));
  }
  for (const member of [...list('digest'), ...(isStoredAsSent(headers) ? list('x-goog-hash') : [])]) {
    const match = /^\s*([a-z0-9-]+)\s*=\s*([\w+/=]+)\s*$/i.exec(member);
    found.push(fromBase64(match?.[1], match?.[2]));
  }
  if (isWhole) for (const value of headerValues(headers, 'content-md5')) found.push(fromBase64('md5', value));
  if (headerValue(headers, 'x-amz-checksum-type')?.toUpperCase() !== 'COMPOSITE') {
    for (const algorithm of amazonAlgorithms) {
      // A value with a dash and a number is the checksum of the parts' checksums, not of the file.
      for (const value of headerValues(headers, `x-amz-checksum-${algorithm}`))
        found.push(fromBase64(algorithm, value));
    }
  }
  return found.filter((one) => one !== null);
}

/** Google unpacks what is stored compressed for a client that wants it plain, and still sends the stored one's hash. */
function isStoredAsSent(headers: HeaderLines): boolean {
  const stored = headerTokens(headers, 'x-goog-stored-content-encoding').filter((one) => one !== 'identity');
  const sent = headerTokens(headers, 'content-encoding').filter((one) => one !== 'identity');
  return stored.join(',') === sent.join(',');
}

function fromBase64(name: string | undefined, base64: string | undefined): Checksum | null {
  const algorithm: ChecksumAlgorithm | undefined = name === undefined ? undefined : algorithmNamed(name);
  if (algorithm === undefined || base64 === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  let hex = '';
  try {
    for (const char of atob(base64)) hex += char.charCodeAt(0).toString(16).padStart(2, '0');
  } catch {
    return null;
  }
  return hex.length === hexLengths[algorithm] ? { algorithm, hex } : null;
}
