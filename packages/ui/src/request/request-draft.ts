/** How a link is to be asked for, as a person types it, and what that means; pure. */
import { type Backend, backendSchema, type NewDownload, type RequestOptions } from '@sluice/contract';
import { parseLinks } from '@sluice/formats';
import { filledIn } from './filled-in.ts';

export const proxyChoices = ['system', 'none', 'own'] as const;
export type ProxyChoice = (typeof proxyChoices)[number];

/** `asBefore` says nothing: automatic for a new download, unchanged for one on the list. */
export const backendChoices = ['asBefore', ...backendSchema.options] as const;
export type BackendChoice = 'asBefore' | Backend;

export interface RequestDraft {
  readonly username: string;
  readonly password: string;
  /** One `Name: value` a line. */
  readonly headers: string;
  /** `name=value; name=value`, as browsers' tools copy it. */
  readonly cookies: string;
  readonly referer: string;
  readonly userAgent: string;
  readonly proxyChoice: ProxyChoice;
  readonly proxy: string;
  /** One link a line. */
  readonly mirrors: string;
  readonly insecure: boolean;
  readonly backend: BackendChoice;
}

export const emptyDraft: RequestDraft = {
  username: '',
  password: '',
  headers: '',
  cookies: '',
  referer: '',
  userAgent: '',
  proxyChoice: 'system',
  proxy: '',
  mirrors: '',
  insecure: false,
  backend: 'asBefore',
};

/** The fields that can be typed wrong. */
export type DraftProblem = 'headers' | 'proxy' | 'mirrors';

export interface DraftReading {
  /** Only what was filled in; goes into a download or a change as it is. */
  readonly fields: Pick<NewDownload, 'headers' | 'request'>;
  readonly problems: readonly DraftProblem[];
}

export function readDraft(draft: RequestDraft): DraftReading {
  const headers = readHeaders(draft.headers);
  const proxy = readProxy(draft);
  const mirrors = readMirrors(draft.mirrors);
  const problems: DraftProblem[] = [];
  if (headers === null) problems.push('headers');
  if (proxy === null) problems.push('proxy');
  if (mirrors === null) problems.push('mirrors');
  const { username, referer, userAgent } = draft;
  const cookies = draft.cookies.replace(/^\s*cookie:/i, '');
  const request: RequestOptions = {
    ...filledIn({ username, cookies, referer, userAgent, proxy: proxy ?? '' }),
    // A space at either end may belong to it.
    ...(draft.password === '' ? {} : { password: draft.password }),
    ...(mirrors === null || mirrors.length === 0 ? {} : { mirrors }),
    ...(draft.insecure ? { insecure: true } : {}),
    ...(draft.backend === 'asBefore' ? {} : { backend: draft.backend }),
  };
  return {
    fields: {
      ...(headers === null || Object.keys(headers).length === 0 ? {} : { headers }),
      ...(Object.keys(request).length === 0 ? {} : { request }),
    },
    problems,
  };
}

/** Null when a line is no header (RFC 9110 section 5.1: a name is a token). */
function readHeaders(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const line of linesOf(text)) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9a-z-]+):\s*(.*)$/i.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    headers[name] = value;
  }
  return headers;
}

/** `host:port` is what people know of their proxy. */
function readProxy({ proxyChoice, proxy }: RequestDraft): string | null {
  if (proxyChoice === 'system') return '';
  if (proxyChoice === 'none') return 'none';
  const typed = proxy.trim();
  const link = /^[a-z0-9+]+:\/\//i.test(typed) ? typed : `http://${typed}`;
  return /^(?:http|socks5h?):\/\/[^/\s]+\/?$/i.test(link) && URL.canParse(link) ? link : null;
}

function readMirrors(text: string): string[] | null {
  const { links, flagged, skipped } = parseLinks(text);
  return flagged.length > 0 || skipped > 0 ? null : links.map(({ url }) => url);
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
