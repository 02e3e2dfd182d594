/** Turns the options that say how links are asked for into the contract's, reading the files they name. */
import { backendSchema, type RequestOptions, requestOptionsSchema } from '@sluice/contract';
import { mistaken, type Parsed } from './mistake.ts';

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
  /** `name:password` of whatever proxy is named. */
  readonly proxyUser?: string;
  readonly caCertificate?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly acceptPage?: boolean;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly data?: string;
  readonly contentType?: string;
  readonly mirror?: readonly string[];
  readonly backend?: string;
}

/** @param readText reads a file that an option names; throws when it cannot */
export function readRequestWords(words: RequestWords, readText: (path: string) => string): Parsed<RequestOptions> {
  let reading = { option: '', path: '' };
  const file = (option: string, path: string | undefined): string | undefined => {
    if (path === undefined) return undefined;
    reading = { option, path };
    return readText(path);
  };
  if (words.httpPasswd !== undefined && words.user === undefined && words.httpUser === undefined) {
    return mistaken({ kind: 'goes-with', option: '--http-passwd', other: '--http-user' });
  }
  if (words.ipv4 === true && words.ipv6 === true) {
    return mistaken({ kind: 'either-or', one: '--ipv4', other: '--ipv6' });
  }
  if ((words.certificate === undefined) !== (words.key === undefined)) {
    const [option, other] = words.key === undefined ? ['--certificate', '--key'] : ['--key', '--certificate'];
    return mistaken({ kind: 'goes-with', option, other });
  }
  const backend = backendSchema.optional().safeParse(words.backend);
  if (!backend.success) return mistaken({ kind: 'request', option: '--backend' });
  try {
    const certificate = file('--certificate', words.certificate);
    const key = file('--key', words.key);
    const [username, password] = readLogin(words);
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
      acceptPage: words.acceptPage,
      ipFamily: words.ipv4 === true ? 'ipv4' : words.ipv6 === true ? 'ipv6' : undefined,
      method: words.data === undefined ? undefined : 'POST',
      body: words.data?.startsWith('@') === true ? file('--data', words.data.slice(1)) : words.data,
      contentType: words.contentType,
      mirrors: words.mirror === undefined ? undefined : [...words.mirror],
      backend: backend.data,
    };
    const parsed = requestOptionsSchema.safeParse(request);
    if (parsed.success) return { kind: 'ok', value: withoutAbsent(parsed.data) };
    return mistaken({ kind: 'request', option: optionOf(String(parsed.error.issues[0]?.path[0] ?? '')) });
  } catch {
    return mistaken({ kind: 'file-unreadable', ...reading });
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
