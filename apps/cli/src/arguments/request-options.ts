/** Turns the options that say how links are asked for into the contract's, reading the files they name. */
import { backendSchema, type RequestOptions, requestOptionsSchema } from '@sluice/contract';
import { wrongUsage, type Parsed } from './usage-error.ts';

/** As commander hands them over. */
export interface RawRequestOptions {
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
export function readRequestOptions(raw: RawRequestOptions, readText: (path: string) => string): Parsed<RequestOptions> {
  let reading = { option: '', path: '' };
  const file = (option: string, path: string | undefined): string | undefined => {
    if (path === undefined) return undefined;
    reading = { option, path };
    return readText(path);
  };
  if (raw.httpPasswd !== undefined && raw.user === undefined && raw.httpUser === undefined) {
    return wrongUsage({ kind: 'goes-with', option: '--http-passwd', other: '--http-user' });
  }
  if (raw.ipv4 === true && raw.ipv6 === true) {
    return wrongUsage({ kind: 'either-or', one: '--ipv4', other: '--ipv6' });
  }
  if ((raw.certificate === undefined) !== (raw.key === undefined)) {
    const [option, other] = raw.key === undefined ? ['--certificate', '--key'] : ['--key', '--certificate'];
    return wrongUsage({ kind: 'goes-with', option, other });
  }
  const backend = backendSchema.optional().safeParse(raw.backend);
  if (!backend.success) return wrongUsage({ kind: 'request', option: '--backend' });
  try {
    const certificate = file('--certificate', raw.certificate);
    const key = file('--key', raw.key);
    const [username, password] = readLogin(raw);
    const request: RequestOptions = {
      referer: raw.referer,
      userAgent: raw.userAgent,
      cookies: raw.cookie,
      cookieFile: file('--load-cookies', raw.loadCookies),
      username,
      password,
      proxy: raw.proxy === false ? 'none' : raw.proxy,
      certificateAuthority: file('--ca-certificate', raw.caCertificate),
      clientCertificate: certificate === undefined || key === undefined ? undefined : { certificate, key },
      insecure: raw.insecure,
      acceptPage: raw.acceptPage,
      ipFamily: raw.ipv4 === true ? 'ipv4' : raw.ipv6 === true ? 'ipv6' : undefined,
      method: raw.data === undefined ? undefined : 'POST',
      body: raw.data?.startsWith('@') === true ? file('--data', raw.data.slice(1)) : raw.data,
      contentType: raw.contentType,
      mirrors: raw.mirror === undefined ? undefined : [...raw.mirror],
      backend: backend.data,
    };
    const parsed = requestOptionsSchema.safeParse(request);
    if (parsed.success) return { kind: 'ok', value: withoutAbsent(parsed.data) };
    return wrongUsage({ kind: 'request', option: optionOf(String(parsed.error.issues[0]?.path[0] ?? '')) });
  } catch {
    return wrongUsage({ kind: 'file-unreadable', ...reading });
  }
}

/** The password may hold colons, the name may not (RFC 7617 section 2). */
function readLogin({
  user,
  httpUser,
  httpPasswd,
}: RawRequestOptions): readonly [string | undefined, string | undefined] {
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
