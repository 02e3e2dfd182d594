/** Answers a Digest challenge (RFC 7616): proves that the password is known without sending it. */
import type { AuthChallenge } from './auth-challenge.ts';

export type DigestHash = 'md5' | 'sha256';

export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly hash: DigestHash;
  /** As the server wrote it; null when it named none, which means MD5. */
  readonly algorithm: string | null;
  readonly isSession: boolean;
  /** False for a server of RFC 2069, which offers no quality of protection. */
  readonly hasQop: boolean;
  readonly hashesUser: boolean;
}

export interface DigestAuthOptions {
  readonly challenge: DigestChallenge;
  readonly username: string;
  readonly password: string;
  readonly method: string;
  /** Path and query as on the request line. */
  readonly path: string;
  /** How many requests have been sent with this nonce, this one included. */
  readonly count: number;
  readonly clientNonce: string;
}

const hashes: ReadonlyMap<string, DigestHash> = new Map([
  ['sha-256', 'sha256'],
  ['md5', 'md5'],
]);

/** The strongest Digest challenge that can be answered; null when there is none. */
export function chooseDigest(challenges: readonly AuthChallenge[]): DigestChallenge | null {
  const usable = challenges.flatMap((challenge) => readDigest(challenge) ?? []);
  return usable.find(({ hash }) => hash === 'sha256') ?? usable[0] ?? null;
}

function readDigest({ scheme, parameters }: AuthChallenge): DigestChallenge | null {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  if (scheme !== 'digest' || realm === undefined || nonce === undefined) return null;
  const algorithm = parameters.get('algorithm') ?? null;
  const [, base = '', session] = /^(.*?)(-sess)?$/i.exec(algorithm ?? 'MD5') ?? [];
  const hash = hashes.get(base.toLowerCase());
  const qop = parameters.get('qop');
  const offered = qop?.split(',').map((one) => one.trim().toLowerCase());
  if (hash === undefined || (offered !== undefined && !offered.includes('auth'))) return null;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    hash,
    algorithm,
    isSession: session !== undefined,
    hasQop: offered !== undefined,
    hashesUser: parameters.get('userhash')?.toLowerCase() === 'true',
  };
}

/** @param digest lower-case hex of a text's UTF-8 bytes */
export function digestAuthorization(
  options: DigestAuthOptions,
  digest: (hash: DigestHash, text: string) => string,
): string {
  const { challenge, username, password, clientNonce } = options;
  const { realm, nonce } = challenge;
  const hash = (text: string): string => digest(challenge.hash, text);
  const count = options.count.toString(16).padStart(8, '0');
  const secret = hash(`${username}:${realm}:${password}`);
  const first = challenge.isSession ? hash(`${secret}:${nonce}:${clientNonce}`) : secret;
  const second = hash(`${options.method}:${options.path}`);
  const middle = challenge.hasQop ? `${nonce}:${count}:${clientNonce}:auth` : nonce;
  const user = challenge.hashesUser ? hash(`${username}:${realm}`) : username;
  const fields = [
    userField(user),
    `realm="${quote(realm)}"`,
    `nonce="${quote(nonce)}"`,
    `uri="${quote(options.path)}"`,
    ...(challenge.algorithm === null ? [] : [`algorithm=${challenge.algorithm}`]),
    ...(challenge.hasQop ? ['qop=auth', `nc=${count}`] : []),
    ...(challenge.hasQop || challenge.isSession ? [`cnonce="${clientNonce}"`] : []),
    `response="${hash(`${first}:${middle}:${second}`)}"`,
    ...(challenge.opaque === null ? [] : [`opaque="${quote(challenge.opaque)}"`]),
    ...(challenge.hashesUser ? ['userhash=true'] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}

/** A name beyond ASCII has a form of its own (RFC 7616 section 3.4, RFC 8187). */
function userField(user: string): string {
  return /^[ -~]*$/.test(user) ? `username="${quote(user)}"` : `username*=UTF-8''${extendedValue(user)}`;
}

function extendedValue(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function quote(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
