/** Takes what is secret out of a download's record, and puts it back: the two are stored apart. Pure. */
import { requestOptionsSchema } from '@sluice/contract';
import { z } from 'zod';
import { withoutUserInfo } from '../plan/request/user-info.ts';
import type { DownloadRecord } from './record.ts';

/** Options whose whole value is secret. A form may hold a password, and a referrer the session of a page. */
const secretOptions = [
  'username',
  'password',
  'cookies',
  'cookieFile',
  'clientCertificate',
  'body',
  'referer',
] as const satisfies readonly (keyof DownloadRecord['request'])[];

const secretNames: ReadonlySet<string> = new Set(secretOptions);

/** Absent fields are as the record says. */
export const downloadSecretsSchema = z.object({
  /** With its user name and password. */
  url: z.string().exactOptional(),
  /** All of them: a field of any name may hold a key. */
  headers: z.record(z.string(), z.string()).exactOptional(),
  request: requestOptionsSchema.exactOptional(),
});
export type DownloadSecrets = z.infer<typeof downloadSecretsSchema>;

export interface SplitRecord {
  /** The record without secrets. */
  readonly open: DownloadRecord;
  /** Null when it has none. */
  readonly secrets: DownloadSecrets | null;
}

export function splitSecrets(record: DownloadRecord): SplitRecord {
  const url = withoutUserInfo(record.url);
  const hasHeaders = Object.keys(record.headers).length > 0;
  const { open: request, secret } = splitRequest(record.request);
  if (url === record.url && !hasHeaders && secret === null) return { open: record, secrets: null };
  return {
    open: { ...record, url, headers: {}, request },
    secrets: {
      ...(url === record.url ? {} : { url: record.url }),
      ...(hasHeaders ? { headers: record.headers } : {}),
      ...(secret === null ? {} : { request: secret }),
    },
  };
}

export function joinSecrets(open: DownloadRecord, { url, headers, request }: DownloadSecrets): DownloadRecord {
  return {
    ...open,
    url: url ?? open.url,
    headers: headers ?? open.headers,
    request: request === undefined ? open.request : { ...open.request, ...request },
  };
}

/** Whether a change of a request gives again what could not be read: with nothing of it a form would go out empty. */
export function givesSecrets(
  change: {
    readonly url?: string | undefined;
    readonly headers?: DownloadRecord['headers'] | undefined;
    readonly request?: DownloadRecord['request'] | undefined;
  },
  merged: DownloadRecord['request'],
): boolean {
  const { url = '', headers, request = {} } = change;
  const given = headers !== undefined || withoutUserInfo(url) !== url || secretOptions.some((name) => name in request);
  const sendsBody = merged.method !== undefined && merged.method !== 'GET' && merged.method !== 'HEAD';
  return given && (!sendsBody || merged.body !== undefined);
}

type Request = DownloadRecord['request'];

/** `secret` has every field that differs, whole: joined, it wins over the open one. */
function splitRequest(request: Request): { readonly open: Request; readonly secret: Request | null } {
  const isSecret = ([name]: readonly [string, unknown]): boolean => secretNames.has(name);
  const given = Object.entries(request).filter(([, value]) => value !== undefined);
  const open: Request = Object.fromEntries(given.filter((option) => !isSecret(option)));
  const secret: Request = Object.fromEntries(given.filter(isSecret));
  const { proxy, mirrors } = request;
  if (proxy !== undefined && proxy.includes('@')) {
    secret.proxy = proxy;
    open.proxy = withoutUserInfo(proxy);
  }
  const openMirrors = mirrors?.map(withoutUserInfo) ?? [];
  if (mirrors !== undefined && openMirrors.some((mirror, index) => mirror !== mirrors[index])) {
    secret.mirrors = mirrors;
    open.mirrors = openMirrors;
  }
  return { open, secret: Object.keys(secret).length === 0 ? null : secret };
}
