/** Gathers what a reader finds: checks each link, confines names, folds repeated requests and bounds both lists. */
import {
  type Checksum,
  formatChecksum,
  maxUrlLength,
  mostLinks,
  type NewDownload,
  type RequestOptions,
  requestOptionsSchema,
  strongestChecksum,
} from '@sluice/contract';
import { confineName } from './confine-name.ts';
import type { FileFormat, LinkEntry, LinksRead, ReadProblem, UnreadLine } from './entry.ts';
import { type HeaderPair, sortHeaders } from './request-fields.ts';
import { linkProblem, schemes, urlKey, withoutLogin } from './text/parse-links.ts';

/** What a reader knows of one download, unchecked. */
export interface FoundLink {
  readonly url: string;
  readonly line: number;
  readonly name?: string | undefined;
  readonly checksums?: readonly Checksum[];
  readonly headers?: readonly HeaderPair[];
  /** Wins over what the headers say. */
  readonly request?: RequestOptions;
  readonly sizeBytes?: number | null;
  readonly contentType?: string | null;
  readonly status?: number | null;
}

/** A longer list of problems is no help, and a file of nothing else should not fill the memory. */
const mostUnread = 1000;
const longestText = 300;
const mostMirrors = 32;

export class LinkCollector {
  readonly #entries: LinkEntry[] = [];
  readonly #unread: UnreadLine[] = [];
  readonly #seen = new Set<string>();
  #repeated = 0;
  #isFull = false;

  add(found: FoundLink): void {
    const { url, line } = found;
    if (!isLink(url)) return this.flag(line, url, linkProblem(url));
    const request = this.#requestOf(found);
    const key = `${request?.method ?? 'GET'} ${urlKey(url)}\n${request?.body ?? ''}`;
    if (this.#seen.has(key)) {
      this.#repeated += 1;
      return;
    }
    if (this.#entries.length >= mostLinks) {
      if (!this.#isFull) this.flag(line, url, { kind: 'too-many' });
      this.#isFull = true;
      return;
    }
    this.#seen.add(key);
    const { sizeBytes = null, contentType = null, status = null } = found;
    this.#entries.push({ line, download: this.#downloadOf(found, request), sizeBytes, contentType, status });
  }

  flag(line: number, text: string, problem: ReadProblem): void {
    if (this.#unread.length >= mostUnread) return;
    this.#unread.push({ line, text: withoutLogin(text.trim().slice(0, longestText)), problem });
  }

  /** The names of options and fields are told, never what they say. */
  leaveOut(line: number, name: string): void {
    this.flag(line, name, { kind: 'left-out', name: name.slice(0, 100) });
  }

  end(format: FileFormat): LinksRead {
    const unread = this.#unread.toSorted((a, b) => a.line - b.line);
    return { format, entries: this.#entries, unread, repeated: this.#repeated, skipped: 0 };
  }

  #downloadOf({ url, name, checksums = [], ...found }: FoundLink, request: RequestOptions | null): NewDownload {
    const own = name === undefined ? null : confineName(name);
    const checksum = strongestChecksum(checksums);
    const { headers } = sortHeaders(found.headers ?? [], false);
    return {
      url,
      ...(own === null ? {} : { name: own }),
      ...(checksum === null ? {} : { checksum: formatChecksum(checksum) }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(request === null ? {} : { request }),
    };
  }

  /** Each option is judged by itself: one that cannot be sent does not cost the others. */
  #requestOf({ line, headers = [], request = {} }: FoundLink): RequestOptions | null {
    const sorted = sortHeaders(headers, request.body !== undefined);
    for (const name of sorted.leftOut) this.leaveOut(line, name);
    const asked: Record<string, unknown> = {};
    for (const [name, value] of Object.entries({ ...sorted.request, ...request, ...this.#mirrorsOf(line, request) })) {
      if (value === undefined) continue;
      if (requestOptionsSchema.safeParse({ [name]: value }).success) asked[name] = value;
      else this.leaveOut(line, name);
    }
    const options = requestOptionsSchema.parse(asked);
    return Object.keys(options).length === 0 ? null : options;
  }

  #mirrorsOf(line: number, { mirrors }: RequestOptions): Pick<RequestOptions, 'mirrors'> {
    if (mirrors === undefined) return {};
    const usable = mirrors.filter((mirror) => {
      if (!isLink(mirror)) this.flag(line, mirror, linkProblem(mirror));
      return isLink(mirror);
    });
    for (const mirror of usable.slice(mostMirrors)) this.flag(line, mirror, { kind: 'too-many' });
    return usable.length === 0 ? { mirrors: undefined } : { mirrors: usable.slice(0, mostMirrors) };
  }
}

const linkStart = new RegExp(`^(?:${schemes.join('|')})://`, 'iu');

function isLink(url: string): boolean {
  return url.length <= maxUrlLength && linkStart.test(url) && URL.canParse(url);
}
