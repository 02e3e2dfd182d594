/** Every way in which a fetch is interrupted half-way and goes on: in a list, as a file without one, as a sequence. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, createGate, type Script } from '@sluice/testkit/origin';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { Direct } from '../../src/direct/direct.ts';
import type { DownloadSpec } from '../../src/direct/spec.ts';
import { SluiceError } from '../../src/errors.ts';
import type { ChosenBackend } from '../../src/plan/connections/choose-backend.ts';
import { silentLog } from '../../src/ports/log.ts';
import { startEngine } from '../engine/harness.ts';

export const wholeBytes = 400_000;
/** So many bytes have come when it is interrupted. */
export const interruptedAt = 200_000;

export const backends = ['socket', 'undici', 'curl'] as const satisfies readonly ChosenBackend[];

export interface Ending {
  /** The finished file, or all that a sequence handed on, however it ended; null without any. */
  readonly bytes: Buffer | null;
  /** Null: finished. */
  readonly code: string | null;
  /** What waits on the disk for another try. */
  readonly keptBytes: number;
  readonly names: readonly string[];
}

export interface Way {
  readonly name: 'list' | 'file' | 'file, told again' | 'sequence';
  /** `stop`: by whoever fetches, who knows afterwards what is on the disk and no more; `cut`: by the server. */
  readonly interruption: 'stop' | 'cut';
  /**
   * Fetches over one connection what {@link interrupting} interrupts, and goes on as far as it comes.
   * @throws what is no SluiceError
   */
  fetch(options: FetchCase): Promise<Ending>;
}

export interface FetchCase {
  readonly backend: ChosenBackend;
  readonly url: string;
  /** Called when it failed for good; then it is tried once more. */
  readonly onFailed?: (ending: Ending) => void;
}

/** The first answer of a path brings the interruption, later ones are `resumed`'s. */
export function interrupting({ interruption }: Way, first: Answer, resumed: Script): Script {
  const never = createGate();
  return (request, index) => {
    if (index > 0) return resumed(request, index - 1);
    return interruption === 'stop'
      ? { ...first, stall: { afterBytes: interruptedAt, until: never } }
      : { ...first, end: { afterBytes: interruptedAt, how: 'fin' } };
  };
}

export const inList: Way = {
  name: 'list',
  interruption: 'stop',
  async fetch({ backend, url, onFailed }) {
    const settings = { maxAttempts: 4, retryWaitMs: 100, retryWaitLimitMs: 100 };
    await using test = await startEngine({ settings, ports: { http: createHttpPort({ backend }) } });
    const id = await test.add(url, { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= interruptedAt);
    await test.engine.pause({ ids: [id] });
    await test.engine.resume({ ids: [id] });
    let ending = await end();
    if (ending.code !== null && onFailed !== undefined) {
      onFailed(ending);
      const { state } = await test.view(id);
      const hasChanged = state.kind === 'failed' && state.change !== undefined;
      await (hasChanged
        ? test.engine.resolveChanged({ ids: [id], choice: 'replace' })
        : test.engine.retry({ ids: [id] }));
      ending = await end();
    }
    return ending;

    async function end(): Promise<Ending> {
      const { state, name, receivedBytes } = await test.until(id, (now) => isOver(now.state.kind));
      const isFinished = state.kind === 'finished';
      return {
        bytes: isFinished ? await readFile(test.path(name)) : null,
        code: state.kind === 'failed' ? state.error.code : null,
        keptBytes: isFinished ? 0 : receivedBytes,
        names: await test.names(),
      };
    }
  },
};

function isOver(kind: string): boolean {
  return kind === 'finished' || kind === 'failed';
}

function fetchesFile(name: Way['name'], interruption: Way['interruption']): Way {
  return {
    name,
    interruption,
    async fetch({ backend, url, onFailed }) {
      const folder = await mkdtemp(join(tmpdir(), 'sluice-faults-'));
      const direct = directBy(backend);
      try {
        let ending = interruption === 'cut' ? await tryOnce(() => {}) : await stopAndGoOn();
        if (ending.code !== null && onFailed !== undefined) {
          onFailed(ending);
          ending = await tryOnce(() => {});
        }
        return ending;
      } finally {
        await direct.close();
        await rm(folder, { recursive: true });
      }

      async function stopAndGoOn(): Promise<Ending> {
        const stopping = new AbortController();
        await tryOnce((receivedBytes) => {
          if (receivedBytes >= interruptedAt) stopping.abort(new SluiceError('aborted'));
        }, stopping.signal);
        return tryOnce(() => {});
      }

      async function tryOnce(onReceived: (receivedBytes: number) => void, signal = never): Promise<Ending> {
        let bytes: Buffer | null = null;
        let code: string | null = null;
        try {
          const spec = {
            ...specFor(url, ({ receivedBytes }) => onReceived(receivedBytes)),
            folder,
            name: null,
            whenTaken: 'number',
            resumes: true,
            keepsPartial: true,
            maxConnections: 1,
            findsChecksum: false,
            marksOrigin: false,
          } as const;
          bytes = await readFile((await direct.fetchFile(spec, signal)).path);
        } catch (error) {
          code = codeOf(error);
        }
        return {
          bytes,
          code,
          keptBytes: await direct.resumeBytes(folder, 'file.bin'),
          names: (await readdir(folder)).sort(),
        };
      }
    },
  };
}

const asSequence: Way = {
  name: 'sequence',
  interruption: 'cut',
  async fetch({ backend, url }) {
    const direct = directBy(backend);
    const pieces: Uint8Array[] = [];
    let code: string | null = null;
    try {
      const spec = { ...specFor(url, () => {}), range: null, chunkBytes: 16 * 1024 };
      const sequence = await direct.openSequence(spec, never);
      for (let piece = await sequence.next(); piece !== null; piece = await sequence.next()) {
        pieces.push(piece);
      }
    } catch (error) {
      code = codeOf(error);
    } finally {
      await direct.close();
    }
    return { bytes: Buffer.concat(pieces), code, keptBytes: 0, names: [] };
  },
};

export const fileWays: readonly Way[] = [inList, fetchesFile('file', 'cut'), fetchesFile('file, told again', 'stop')];
export const sequenceWay: Way = asSequence;

const never = new AbortController().signal;

export function directBy(backend: ChosenBackend): Direct {
  const ports = {
    http: createHttpPort({ backend }),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: createMemoryRecords(),
  };
  return new Direct(ports, { platform: 'linux', random: () => 0 });
}

export function specFor(url: string, onProgress: DownloadSpec['onProgress']): DownloadSpec {
  return {
    url,
    headers: {},
    request: {},
    retry: { maxAttempts: 4, baseDelayMs: 1, maxDelayMs: 1 },
    checksum: null,
    speedLimitBytesPerSecond: 0,
    onProgress,
  };
}

export function codeOf(error: unknown): string {
  if (error instanceof SluiceError) return error.code;
  throw error;
}
