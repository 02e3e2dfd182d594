/** What a server may answer where a fetch goes on: by every backend and in every way the bytes are those of one version. */
import {
  type Answer,
  floodLines,
  type OriginResource,
  redirectTo,
  type ResourceTraits,
  type Script,
  seededBytes,
  startOrigin,
} from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';
import {
  type Ending,
  fileWays,
  inList,
  interruptedAt,
  interrupting,
  backends,
  sequenceWay,
  wholeBytes,
} from './ways.ts';

const seed = 50;
const otherSeed = 51;
/** Less than before, so that an old tail would show. */
const otherBytes = 350_000;

interface Case {
  readonly traits?: ResourceTraits;
  readonly first?: Answer;
  /** Changes what is served behind the interruption. */
  readonly changed?: Partial<OriginResource>;
  readonly resumed?: Script;
  /** `old`, `new`: that version, whole; else the code of the failure, which leaves what has come. */
  readonly file: string;
  /** The same of a sequence, which cannot take back what it handed on. */
  readonly sequence: string;
}

/** Answers ranges like this and everything else honestly. */
function toRanges(answer: Answer): Script {
  return ({ range }) => (range === null ? {} : answer);
}

function part(start: number, end: number, total: number | '*' = wholeBytes): Answer {
  return { headers: { 'Content-Range': `bytes ${start}-${end - 1}/${total}` }, send: { start, end } };
}

/** Answers a request for a range so, given where the range begins: what is asked again begins before the interruption. */
function fromAsked(answer: (start: number) => Answer): Script {
  return ({ asked }) => (asked === null ? {} : answer(asked.start));
}

const other = { seed: otherSeed, sizeBytes: otherBytes } as const;
const page = '<!doctype html><title>Please log in</title>';
const same = { file: 'old', sequence: 'old' };
const another = { file: 'new', sequence: 'resource-changed' };

/** Only the first request behind the interruption is answered so. */
function once(answer: Answer | Script): Script {
  return (request, index) => (index > 0 ? {} : typeof answer === 'function' ? answer(request, index) : answer);
}

const cases: Readonly<Record<string, Case>> = {
  'F01 ranges are ignored': { ...same, resumed: () => ({ resource: { ranges: false } }) },
  'F01 a node without ranges': { ...same, resumed: once({ resource: { ranges: false } }) },
  'F02 another version, whole': { ...another, changed: { ...other, ranges: false } },
  'F03 another version, as a part': { ...another, changed: other },
  'F03 another version of the same size, as a part': { ...another, changed: { seed: otherSeed } },
  'F04 another total': {
    file: 'old',
    sequence: 'resource-changed',
    resumed: fromAsked((start) => part(start, wholeBytes, wholeBytes + 5)),
  },
  'F05 a part from byte 0': { ...same, resumed: toRanges(part(0, interruptedAt)) },
  'F05 a part from elsewhere': { ...same, resumed: once(part(interruptedAt - 100_000, wholeBytes - 100_000)) },
  'F05 a part from elsewhere, as 200': {
    ...same,
    resumed: once({ ...part(interruptedAt - 100_000, wholeBytes - 100_000), status: 200 }),
  },
  'F06 no Content-Range': { ...same, resumed: toRanges({ headers: { 'Content-Range': null } }) },
  'F06 a garbled Content-Range': {
    ...same,
    resumed: toRanges({ headers: { 'Content-Range': 'bytes half-most/all' } }),
  },
  'F06 two Content-Range fields': {
    ...same,
    resumed: toRanges({ rawLines: [`Content-Range: bytes 0-99/${wholeBytes}`] }),
  },
  'F07 a part shorter than asked': { ...same, resumed: once(part(interruptedAt, interruptedAt + 50_000)) },
  'F07 a part shorter than asked, without a total': {
    ...same,
    resumed: once(fromAsked((start) => part(start, interruptedAt + 50_000, '*'))),
  },
  'F07 a part shorter than asked of what has no total': {
    ...same,
    first: { framing: 'chunked' },
    resumed: once(fromAsked((start) => part(start, interruptedAt + 50_000, '*'))),
  },
  'F07 a part that ends within its Content-Range of what has no total': {
    ...same,
    first: { framing: 'chunked' },
    resumed: once(
      fromAsked((start) => ({
        headers: { ...part(start, interruptedAt + 90_000, '*').headers, ETag: `"${seed}-${wholeBytes}"` },
        status: 206,
        body: Buffer.from(seededBytes(seed, start, interruptedAt + 50_000 - start)),
        framing: 'chunked',
      })),
    ),
  },
  'F08 a part that runs on beyond the end': {
    ...same,
    resumed: fromAsked((start) => ({
      ...part(start, wholeBytes),
      resource: { sizeBytes: wholeBytes + 70_000, etag: `"${seed}-${wholeBytes}"` },
      send: { start, end: wholeBytes + 70_000 },
      framing: 'chunked',
    })),
  },
  'F08 a part that runs on beyond what it says, with bytes of another place': {
    ...same,
    resumed: once(
      fromAsked((start) => ({
        headers: { ...part(start, interruptedAt + 50_000).headers, ETag: `"${seed}-${wholeBytes}"` },
        status: 206,
        body: Buffer.concat([
          seededBytes(seed, start, interruptedAt + 50_000 - start),
          seededBytes(otherSeed, 0, 150_000),
        ]),
        framing: 'chunked',
      })),
    ),
  },
  'F09 multipart/byteranges': { ...same, resumed: () => ({ multipart: true }) },
  'F10 a weak tag': { ...same, traits: { etag: 'W/"1"' } },
  'F10 a weak tag that stays while the bytes change': {
    ...another,
    traits: { etag: 'W/"1"' },
    changed: { seed: otherSeed },
  },
  'F10 no validator': { ...same, traits: { etag: null, lastModified: null } },
  'F10 no validator, and other bytes': {
    ...another,
    traits: { etag: null, lastModified: null },
    changed: { seed: otherSeed },
  },
  'F11 a date that stays while the bytes change': { ...another, traits: { etag: null }, changed: { seed: otherSeed } },
  'F12 If-Range is answered with the whole': {
    ...same,
    resumed: ({ headers }) => (headers['if-range'] === undefined ? {} : { resource: { ranges: false } }),
  },
  'F13 a tag for each answer': {
    ...same,
    resumed: (_request, index) => ({ resource: { etag: `"node-${index % 3}"` } }),
  },
  'F14 a compressed part, and a compressed whole': {
    file: 'old',
    sequence: 'encoding-unexpected',
    resumed: () => ({ gzip: true }),
  },
  'F16 a part in chunks': { ...same, resumed: () => ({ framing: 'chunked', trailers: ['X-Sum: 1'] }) },
  'F16 a part that only the end of the connection ends': { ...same, resumed: () => ({ framing: 'close' }) },
  'F17 a part that only the end of the connection ends, and too soon': {
    ...same,
    resumed: once({ framing: 'close', end: { afterBytes: 10_000, how: 'fin' } }),
  },
  'F17 the same as HTTP/1.0': {
    ...same,
    resumed: once(
      fromAsked((start) => ({
        rawHead: `HTTP/1.0 206 Partial Content\r\nContent-Range: bytes ${start}-${wholeBytes - 1}/${wholeBytes}\r\nETag: "${seed}-${wholeBytes}"\r\n\r\n`,
        framing: 'close',
        end: { afterBytes: 10_000, how: 'fin' },
      })),
    ),
  },
  'F20 a part that is cut off': { ...same, resumed: once({ end: { afterBytes: 10_000, how: 'reset' } }) },
  'F20 answers without a byte of theirs': {
    ...same,
    resumed: (_request, index) => (index < 2 ? { end: { afterBytes: 0, how: 'fin' } } : {}),
  },
  'F19 two lengths': { ...same, resumed: once({ headers: { 'Content-Length': ['100', '200'] } }) },
  'F19 a negative length': { ...same, resumed: once({ headers: { 'Content-Length': '-5' } }) },
  'F21 416 for bytes that are there': {
    file: 'range-not-satisfiable',
    sequence: 'range-not-satisfiable',
    resumed: () => ({ status: 416, headers: { 'Content-Range': `bytes */${wholeBytes}` } }),
  },
  'F21 416 behind a part that did not say that it was the last': {
    ...same,
    first: { framing: 'chunked' },
    resumed: once(fromAsked((start) => part(start, wholeBytes, '*'))),
  },
  'F22 a file that shrank': { ...another, changed: { seed: otherSeed, sizeBytes: 50_000 } },
  ...Object.fromEntries(
    [
      [401, 'http-unauthorized'],
      [403, 'http-forbidden'],
      [404, 'http-not-found'],
      [410, 'http-gone'],
      [500, 'http-server-error'],
      [204, 'http-not-found'],
      [304, 'http-malformed'],
    ].map(([status, code]) => [
      `F25 status ${status}`,
      { file: String(code), sequence: String(code), resumed: () => ({ status: Number(status) }) },
    ]),
  ),
  'F23 a server that is busy for a while': { ...same, resumed: once({ status: 503, headers: { 'Retry-After': '0' } }) },
  'F27 a page to log in': {
    file: 'page-instead-of-file',
    sequence: 'page-instead-of-file',
    resumed: () => ({ body: page, headers: { 'Content-Type': 'text/html' } }),
  },
  'F29 a redirect to a file': {
    file: 'redirect-unsafe',
    sequence: 'redirect-unsafe',
    resumed: () => redirectTo('file:///etc/passwd'),
  },
  'F29 a redirect to data': {
    file: 'redirect-unsafe',
    sequence: 'redirect-unsafe',
    resumed: () => redirectTo('data:,a'),
  },
  'F30 a redirect without end': {
    file: 'redirect-loop',
    sequence: 'redirect-loop',
    resumed: () => redirectTo('/file.bin'),
  },
  'F39 a flood of fields': { ...same, resumed: once({ rawLines: floodLines(5000, 100) }) },
  'F39 answers before the answer': {
    ...same,
    resumed: () => ({ interim: ['HTTP/1.1 103 Early Hints\r\nContent-Length: 7\r\n\r\n'] }),
  },
  'F59 a size that no number holds': {
    ...same,
    resumed: once({ headers: { 'Content-Range': `bytes ${interruptedAt}-${wholeBytes - 1}/99999999999999999999` } }),
  },
  'an answer of HTTP/0.9': { ...same, resumed: once({ rawHead: 'these are the bytes\n', keepAlive: false }) },
};

const ways = [...fileWays, sequenceWay];

describe.concurrent.each(backends)('by the %s backend', (backend) => {
  describe.each(ways)('$name, $interruption', (way) => {
    const mine = spread(Object.entries(cases), { backend, form: ways.indexOf(way), forms: ways.length });
    it.each(mine)('%s', async (_name, one) => {
      await using origin = await startOrigin();
      origin.serve('/file.bin', { seed, sizeBytes: wholeBytes, ...one.traits });
      let isHealed = false;
      origin.script(
        '/file.bin',
        interrupting(way, one.first ?? {}, (request, index) => {
          if (index === 0 && one.changed !== undefined) origin.change('/file.bin', one.changed);
          return isHealed ? {} : (one.resumed?.(request, index) ?? {});
        }),
      );
      const wanted = way === sequenceWay ? one.sequence : one.file;
      const failures: Ending[] = [];
      const ending = await way.fetch({
        backend,
        url: origin.urlOf('/file.bin'),
        onFailed(failed) {
          failures.push(failed);
          isHealed = true;
        },
      });
      // A list asks a person before it fetches another version.
      const isAsked = wanted === 'new' && way === inList;
      const code = isAsked ? 'resource-changed' : wanted === 'old' || wanted === 'new' ? null : wanted;
      if (way === sequenceWay) {
        expect(ending.code).toBe(code);
        expectStart(ending.bytes);
      } else {
        expect(failures.map(({ code: failed, keptBytes }) => [failed, keptBytes])).toEqual(
          code === null ? [] : [[code, interruptedAt]],
        );
        expect(ending.names).toEqual(['file.bin']);
      }
      if (wanted === 'new') expectWhole(ending.bytes, otherSeed, one.changed?.sizeBytes ?? wholeBytes);
      else if (ending.code === null) expectWhole(ending.bytes, seed, wholeBytes);
    });
  });
});

function expectWhole(actual: Buffer | null, ofSeed: number, sizeBytes: number): void {
  expect(actual?.length).toBe(sizeBytes);
  expect(actual?.equals(seededBytes(ofSeed, 0, sizeBytes))).toBe(true);
}

/** Whatever a sequence hands on is the beginning of what it began with. */
function expectStart(actual: Buffer | null): void {
  expect(actual?.equals(seededBytes(seed, 0, actual.length))).toBe(true);
}
