/** Turns the options that say how links are asked for into the contract's, reading the files they name. */
import { backendSchema, type RequestOptions, requestOptionsSchema } from '@sluice/contract';

/** As commander hands them over. */
export interface RequestWords {
  readonly referer?: string;
  readonly userAgent?: string;
  readonly cookie?: string;
  readonly loadCookies?: string;
  readonly user?: string;
  readonly httpUser?: string;
  readonly httpPasswd?: string;
  readonly netrc?: boolean;
  readonly proxy?: string | false;
  readonly caCertificate?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly data?: string;
  readonly contentType?: string;
  readonly mirror?: readonly string[];
  readonly backend?: string;
}

export type RequestRead =
  | { readonly kind: 'request'; readonly request: RequestOptions }
  /** `option`: the one at fault. Its value may be a secret and is not told. */
  | { readonly kind: 'mistake'; readonly option: string };

/** @param readText reads a file that an option names; throws when it cannot */
export function readRequestWords(words: RequestWords, readText: (path: string) => string): RequestRead {
  let reading = '';
  const file = (option: string, path: string | undefined): string | undefined => {
    reading = option;
    return path === undefined ? undefined : readText(path);
  };
  if (words.httpPasswd !== undefined && words.user === undefined && words.httpUser === undefined) {
    return { kind: 'mistake', option: '--http-user' };
  }
  if (words.ipv4 === true && words.ipv6 === true) return { kind: 'mistake', option: '--ipv6' };
  if ((words.certificate === undefined) !== (words.key === undefined)) {
    return { kind: 'mistake', option: words.key === undefined ? '--key' : '--certificate' };
  }
  try {
    const certificate = file('--certificate', words.certificate);
    const key = file('--key', words.key);
    const [username, password] = readLogin(words);
    reading = '--backend';
    const backend = backendSchema.optional().parse(words.backend);
    const request: RequestOptions = {
      referer: words.referer,
      userAgent: words.userAgent,
      cookies: words.cookie,
      cookieFile: file('--load-cookies', words.loadCookies),
      username,
      password,
      proxy: words.proxy === false ? 'none' : words.proxy,
      certificateAuthority: file('--ca-certificate', words.caCertificate),
      clientCertificate: certificate === undefined || key === undefined ? undefined : { certificate, key },
      insecure: words.insecure,
      ipFamily: words.ipv4 === true ? 'ipv4' : words.ipv6 === true ? 'ipv6' : undefined,
      method: words.data === undefined ? undefined : 'POST',
      body: words.data?.startsWith('@') === true ? file('--data', words.data.slice(1)) : words.data,
      contentType: words.contentType,
      mirrors: words.mirror === undefined ? undefined : [...words.mirror],
      backend,
    };
    const parsed = requestOptionsSchema.safeParse(request);
    if (parsed.success) return { kind: 'request', request: withoutAbsent(parsed.data) };
    return { kind: 'mistake', option: optionOf(String(parsed.error.issues[0]?.path[0] ?? '')) };
  } catch {
    return { kind: 'mistake', option: reading };
  }
}

/** The password may hold colons, the name may not (RFC 7617 section 2). */
function readLogin({ user, httpUser, httpPasswd }: RequestWords): readonly [string | undefined, string | undefined] {
  if (user === undefined) return httpUser === undefined ? [undefined, undefined] : [httpUser, httpPasswd ?? ''];
  const at = user.indexOf(':');
  return at === -1 ? [user, httpPasswd ?? ''] : [user.slice(0, at), user.slice(at + 1)];
}

function withoutAbsent(request: RequestOptions): RequestOptions {
  return requestOptionsSchema.parse(
    Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)),
  );
}

const options: Readonly<Record<string, string>> = {
  cookies: '--cookie',
  cookieFile: '--load-cookies',
  username: '--user',
  password: '--user',
  certificateAuthority: '--ca-certificate',
  clientCertificate: '--certificate',
  body: '--data',
  mirrors: '--mirror',
  userAgent: '--user-agent',
  contentType: '--content-type',
};

function optionOf(field: string): string {
  return options[field] ?? `--${field}`;
}
