/** Turns a request, what is served and a script's departures into the exact bytes of an answer. */
import { STATUS_CODES } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from './answer.ts';
import { type BodySource, emptySource, literalSource, readSource, resourceSource, sliceSource } from './body-source.ts';
import { HeaderList } from './headers.ts';
import { multipartBoundary, multipartSource } from './multipart.ts';
import { type OriginResource, etagOf, lastModifiedOf } from './resource.ts';
import { type RangeReadOptions, selectRanges } from './selection.ts';

export interface PlannedAnswer {
  readonly status: number;
  readonly head: Buffer;
  readonly source: BodySource;
  readonly framing: 'length' | 'chunked' | 'close';
  readonly closes: boolean;
}

interface Content {
  readonly status: number;
  readonly source: BodySource;
}

export function planAnswer(options: RangeReadOptions, served: OriginResource | null, answer: Answer): PlannedAnswer {
  const resource = overlay(served, answer.resource);
  const headers = new HeaderList();
  let { status, source } = chooseContent({ options, resource, answer, headers });
  if (answer.gzip === true) {
    source = literalSource(gzipSync(readSource(source)));
    headers.set('Content-Encoding', 'gzip');
  }
  status = answer.status ?? status;
  const bodiless = status === 204 || status === 304;
  const framing = bodiless ? 'length' : (answer.framing ?? 'length');
  if (framing === 'chunked') headers.set('Transfer-Encoding', 'chunked');
  if (framing === 'length' && !bodiless) headers.set('Content-Length', String(source.lengthBytes));
  const closes =
    framing === 'close' || answer.keepAlive === false || /\bclose\b/i.test(options.headers['connection'] ?? '');
  if (closes) headers.set('Connection', 'close');
  headers.apply(resource?.headers ?? {});
  headers.apply(answer.headers ?? {});
  const lines = [
    `HTTP/1.1 ${status} ${answer.reason ?? STATUS_CODES[status] ?? 'Unknown'}`,
    ...headers.lines(),
    ...(answer.rawLines ?? []),
  ];
  return {
    status,
    head: Buffer.from(answer.rawHead ?? `${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    source: bodiless || options.method === 'HEAD' ? emptySource : source,
    framing,
    closes,
  };
}

interface ContentOptions {
  readonly options: RangeReadOptions;
  readonly resource: OriginResource | null;
  readonly answer: Answer;
  readonly headers: HeaderList;
}

function chooseContent({ options, resource, answer, headers }: ContentOptions): Content {
  const isFault = answer.status !== undefined && (answer.status < 200 || answer.status > 299);
  if (answer.body !== undefined) {
    headers.set('Content-Type', 'text/plain');
    return { status: 200, source: literalSource(answer.body) };
  }
  if (resource === null || isFault) {
    headers.set('Content-Type', 'text/plain');
    const status = answer.status ?? 404;
    return { status, source: literalSource(`${status} ${STATUS_CODES[status] ?? ''}\n`) };
  }
  describe(resource, headers);
  const whole = resourceSource(resource);
  const total = whole.lengthBytes;
  const selection = selectRanges(options, resource, total);
  if (selection.kind === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${total}`);
    return { status: 416, source: literalSource('416 Range Not Satisfiable\n') };
  }
  const [first] = selection.kind === 'ranges' ? selection.ranges : [];
  const forced = answer.send === undefined ? null : sliceSource(whole, answer.send.start, answer.send.end);
  if (selection.kind === 'whole' || first === undefined) return { status: 200, source: forced ?? whole };
  if (answer.multipart === true || selection.ranges.length > 1) {
    headers.set('Content-Type', `multipart/byteranges; boundary=${multipartBoundary}`);
    return { status: 206, source: multipartSource(whole, selection.ranges, resource.contentType ?? null) };
  }
  headers.set('Content-Range', `bytes ${first.start}-${first.end - 1}/${total}`);
  return { status: 206, source: forced ?? sliceSource(whole, first.start, first.end) };
}

function describe(resource: OriginResource, headers: HeaderList): void {
  const etag = etagOf(resource);
  const lastModified = lastModifiedOf(resource);
  const contentType = resource.contentType === undefined ? 'application/octet-stream' : resource.contentType;
  headers.set('Date', new Date().toUTCString());
  if (etag !== null) headers.set('ETag', etag);
  if (lastModified !== null) headers.set('Last-Modified', lastModified);
  if (contentType !== null) headers.set('Content-Type', contentType);
  if (resource.contentDisposition !== undefined) headers.set('Content-Disposition', resource.contentDisposition);
  headers.set('Accept-Ranges', resource.ranges === false ? 'none' : 'bytes');
}

/** Changed traits over the served ones; new content of one kind takes the place of the other kind. */
export function overlay(served: OriginResource | null, changes: Partial<OriginResource> = {}): OriginResource | null {
  const { seed, sizeBytes, body, ...traits } = changes;
  const { seed: servedSeed, sizeBytes: servedSize, body: servedBody, ...servedTraits } = served ?? {};
  const all = { ...servedTraits, ...traits };
  if (body !== undefined) return { ...all, body };
  if (servedBody !== undefined && seed === undefined) return { ...all, body: servedBody };
  const [nextSeed, nextSize] = [seed ?? servedSeed, sizeBytes ?? servedSize];
  return nextSeed === undefined || nextSize === undefined ? null : { ...all, seed: nextSeed, sizeBytes: nextSize };
}
