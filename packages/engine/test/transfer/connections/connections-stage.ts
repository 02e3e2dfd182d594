/** The connections of a download between a clock, a server and a disk that do only what a test tells them to. */
import { defaultSettings } from '@sluice/contract';
import { createFakeClock, type FakeClock } from '@sluice/testkit/clock';
import { largestBufferBytes } from '../../../src/plan/connections/buffer-size.ts';
import type { BodySink, HttpBody, HttpPort, HttpRequest } from '../../../src/ports/http.ts';
import type { OpenFile } from '../../../src/ports/files.ts';
import { ExtentLedger } from '../../../src/store/extent-ledger.ts';
import { BufferPool } from '../../../src/transfer/body/buffer-pool.ts';
import { noProxies } from '../../../src/plan/request/choose-proxy.ts';
import { runConnections } from '../../../src/transfer/connections/run-connections.ts';
import { createRequestSession } from '../../../src/transfer/request/request-session.ts';
import { RangeTrust } from '../../../src/transfer/proof/range-trust.ts';
import { SegmentBoard } from '../../../src/transfer/connections/segment-board.ts';
import { resolveTimeouts } from '../../../src/transfer/connections/timeouts.ts';
import { type CollectingLog, createCollectingLog } from '../../collecting-log.ts';
import { resource, url } from '../../plan/resources.ts';

/** A body that brings what it is told to, when it is told to. */
export interface StagedBody {
  readonly start: number;
  /** Brings so many bytes more, or fewer where its reader has enough. */
  deliver(sizeBytes: number): Promise<void>;
  /** Its reader wants no more of it. */
  readonly isOver: boolean;
}

export interface ConnectionsStage {
  readonly clock: FakeClock;
  /** In the order in which they were asked for; the first is the one that opened the run. */
  readonly bodies: readonly StagedBody[];
  readonly done: Promise<void>;
  readonly ledger: ExtentLedger;
  /** Places of the host that are taken, beyond the run's own. */
  readonly taken: () => number;
  /** What was learned of the host. */
  readonly lessons: readonly unknown[];
  readonly log: CollectingLog;
  /** Writes at or after `position` wait until the returned function is called. */
  blockWritesFrom(position: number): () => void;
}

/** Its buffers hold more than a staged connection brings between two writes of its own accord. */
class RoomyPool extends BufferPool {
  override take(): Uint8Array {
    return super.take(largestBufferBytes);
  }
}

export interface ConnectionsStageOptions {
  readonly sizeBytes: number;
  readonly ceiling: number;
  /** What a further connection fails with; null when it does not. */
  readonly refuse?: (openBodies: number) => Error | null;
  /** A body that is told to end has ended when this settles. Default: at once. */
  readonly closed?: Promise<void>;
}

export function stageConnections(options: ConnectionsStageOptions): ConnectionsStage {
  const clock = createFakeClock();
  const bodies: StagedBody[] = [];
  const lessons: unknown[] = [];
  const log = createCollectingLog();
  const known = resource({ totalBytes: options.sizeBytes, ranges: 'proved' });
  const disk = stagedDisk();
  const ledger = new ExtentLedger([]);
  const open = (start: number, end: number): HttpBody => {
    const body = new DirectedBody(start, end, options.closed);
    bodies.push(body);
    return body;
  };
  const first = open(0, options.sizeBytes);
  const http: HttpPort = {
    exchange: async (request) => {
      const error = options.refuse?.(bodies.filter(({ isOver }) => !isOver).length) ?? null;
      if (error !== null) throw error;
      const { start, end } = askedRange(request);
      const headers = [
        ['content-range', `bytes ${start}-${end - 1}/${options.sizeBytes}`],
        ['etag', known.etag ?? ''],
      ] as const;
      return { status: 206, headers, body: open(start, end) };
    },
    close: async () => {},
  };
  let taken = 0;
  const host = {
    tryTake: () => {
      taken += 1;
      return true;
    },
    release() {
      taken -= 1;
    },
    startCooldown() {},
    cooldownLeftMs: () => 0,
    lesson: () => null,
    learn: (lesson: unknown) => void lessons.push(lesson),
  };
  const done = runConnections(
    {
      ports: { http, clock, log, pool: new RoomyPool() },
      request: {
        url,
        headers: {},
        options: {},
        session: createRequestSession(url, {}, { proxies: noProxies }),
        userAgent: 'test',
        timeouts: resolveTimeouts(defaultSettings, {}),
      },
      link: url,
      firstLatencyMs: 0,
      mirrors: [],
      limits: {
        maxConnections: () => options.ceiling,
        limiters: () => [],
        host,
        hostOf: () => host,
      },
      reports: {
        phase() {},
        arrived() {},
        connections() {},
        received() {},
        segments() {},
        answered() {},
        learned() {},
        changed() {},
        finishing: async () => true,
        keptApart() {},
      },
      working: { partial: disk.file, ledger },
      trust: trusting(),
      resource: known,
      board: new SegmentBoard([{ start: 0, end: options.sizeBytes }]),
      first: { body: first, bodyStart: 0, start: 0, decoding: null },
    },
    new AbortController().signal,
  );
  return { clock, bodies, done, ledger, taken: () => taken, lessons, log, blockWritesFrom: disk.blockWritesFrom };
}

function askedRange(request: HttpRequest): { readonly start: number; readonly end: number } {
  const value = request.headers.find(([name]) => name === 'range')?.[1] ?? '';
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(value) ?? [];
  return { start: Number(first), end: Number(last) + 1 };
}

class DirectedBody implements HttpBody, StagedBody {
  readonly framing = 'length';
  readonly lengthBytes: number;
  readonly start: number;
  readonly #taker = Promise.withResolvers<BodySink>();
  readonly #outcome = Promise.withResolvers<'end' | 'enough'>();
  readonly #closed: Promise<void>;
  isOver = false;
  #left: number;

  constructor(start: number, end: number, closed: Promise<void> = Promise.resolve()) {
    this.#closed = closed;
    this.start = start;
    this.lengthBytes = end - start;
    this.#left = this.lengthBytes;
  }

  pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    signal.addEventListener('abort', () => {
      this.isOver = true;
      void this.#closed.then(() => this.#outcome.reject(signal.reason));
    });
    this.#taker.resolve(sink);
    return this.#outcome.promise;
  }

  discard(): void {}

  async deliver(sizeBytes: number): Promise<void> {
    const sink = await this.#taker.promise;
    for (let rest = Math.min(sizeBytes, this.#left); rest > 0 && !this.isOver;) {
      const space = sink.space();
      const count = Math.min(space.length, rest);
      rest -= count;
      this.#left -= count;
      const answer = await sink.advance(count);
      if (answer === 'enough' || this.#left === 0) this.#end(answer === 'enough' ? 'enough' : 'end');
    }
  }

  #end(how: 'end' | 'enough'): void {
    this.isOver = true;
    this.#outcome.resolve(how);
  }
}

function stagedDisk(): { readonly file: OpenFile; readonly blockWritesFrom: (position: number) => () => void } {
  let blocked: { readonly from: number; readonly until: Promise<void> } | null = null;
  const unused = () => Promise.reject(new Error('not used here'));
  const file: OpenFile = {
    path: '/staged',
    write: async (_bytes, position) => {
      if (blocked !== null && position >= blocked.from) await blocked.until;
    },
    // What a staged body brings is never written into its reader's space.
    read: async (into) => into.fill(0).length,
    sync: unused,
    truncate: unused,
    facts: unused,
    lock: async () => 'none' as const,
    setModifiedTime: unused,
    close: unused,
  };
  const blockWritesFrom = (from: number): (() => void) => {
    const gate = Promise.withResolvers<void>();
    blocked = { from, until: gate.promise };
    return () => {
      blocked = null;
      gate.resolve();
    };
  };
  return { file, blockWritesFrom };
}

/** The host has shown what its ranges are. */
function trusting(): RangeTrust {
  const trust = new RangeTrust();
  trust.prove(url);
  return trust;
}
