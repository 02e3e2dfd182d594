/** Fetches what a play serves as `get` does: a file without a list, over as many connections as the server rewards. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Origin, startOrigin } from '@sluice/testkit/origin';
import { type Play, playPath } from '@sluice/testkit/plays';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { Direct } from '../../src/direct/direct.ts';
import type { FileSpec, SequenceSpec } from '../../src/direct/spec.ts';
import type { HostLesson } from '../../src/download/host-lesson.ts';
import { SluiceError } from '../../src/errors.ts';
import type { ChosenBackend } from '../../src/plan/connections/choose-backend.ts';
import { silentLog } from '../../src/ports/log.ts';

export interface PlayStage extends AsyncDisposable {
  readonly origin: Origin;
  readonly folder: string;
  readonly sizeBytes: number;
  /** What was learned of hosts. */
  lessons(): readonly HostLesson[];
  /** Waits of more than a second, which take no time here: how long, and how many requests had been made before. */
  readonly waits: readonly { readonly delayMs: number; readonly requests: number }[];
  fetch(changes?: Partial<FileSpec>): Promise<Fetched>;
  read(changes?: Partial<SequenceSpec>): Promise<Fetched>;
  names(): Promise<string[]>;
}

export interface Fetched {
  /** Of the finished file, or all that a sequence handed on, however it ended; null without any. */
  readonly bytes: Buffer | null;
  /** Null: finished. */
  readonly code: string | null;
  readonly error: SluiceError | null;
  readonly name: string | null;
  readonly resumedFromBytes: number;
}

const never = new AbortController().signal;

export async function stagePlay(
  backend: ChosenBackend,
  play: Pick<Play, 'stage'>,
  scale: { readonly sizeBytes: number; readonly bytesPerSecond?: number; readonly learnedLevel?: number },
): Promise<PlayStage> {
  const origin = await startOrigin();
  play.stage(origin, scale);
  const folder = await mkdtemp(join(tmpdir(), 'sluice-play-'));
  const records = createMemoryRecords();
  const { learnedLevel: level = 1 } = scale;
  // Connections are then opened at once, however busy this computer is.
  if (level > 1) {
    records.saveHostLesson({ host: new URL(origin.url).host, level, refusedAbove: null, learnedAtMs: Date.now() });
  }
  const clock = createSystemClock();
  let skippedMs = 0;
  const waits: { readonly delayMs: number; readonly requests: number }[] = [];
  const direct = new Direct(
    {
      http: createHttpPort({ backend }),
      files: createNodeFiles(),
      clock: {
        ...clock,
        wallMs: () => clock.wallMs() + skippedMs,
        sleep: (delayMs, signal) => {
          if (delayMs <= 1000) return clock.sleep(delayMs, signal);
          waits.push({ delayMs, requests: origin.requests.length });
          skippedMs += delayMs;
          return clock.sleep(1, signal);
        },
      },
      log: silentLog,
      records,
    },
    { platform: 'linux', random: () => 0 },
  );
  const common = {
    url: origin.urlOf(playPath),
    headers: {},
    request: {},
    retry: { maxAttempts: 4, baseDelayMs: 1, maxDelayMs: 1 },
    checksum: null,
    speedLimitBytesPerSecond: 0,
    onProgress: () => {},
  };
  return {
    origin,
    folder,
    sizeBytes: scale.sizeBytes,
    lessons: () => records.loadHostLessons(),
    waits,
    async fetch(changes = {}) {
      const spec: FileSpec = {
        ...common,
        folder,
        name: null,
        whenTaken: 'number',
        resumes: true,
        keepsPartial: true,
        maxConnections: 8,
        findsChecksum: false,
        marksOrigin: false,
        ...changes,
      };
      try {
        const { path, resumedFromBytes } = await direct.fetchFile(spec, never);
        const name = path.slice(folder.length + 1);
        return { bytes: await readFile(path), code: null, error: null, name, resumedFromBytes };
      } catch (error) {
        if (!(error instanceof SluiceError)) throw error;
        return { bytes: null, code: error.code, error, name: null, resumedFromBytes: 0 };
      }
    },
    async read(changes = {}) {
      const pieces: Uint8Array[] = [];
      let error: SluiceError | null = null;
      try {
        const sequence = await direct.openSequence(
          { ...common, range: null, chunkBytes: 64 * 1024, ...changes },
          never,
        );
        for (let piece = await sequence.next(); piece !== null; piece = await sequence.next()) pieces.push(piece);
      } catch (failure) {
        if (!(failure instanceof SluiceError)) throw failure;
        error = failure;
      }
      return { bytes: Buffer.concat(pieces), code: error?.code ?? null, error, name: null, resumedFromBytes: 0 };
    },
    names: async () => (await readdir(folder)).sort(),
    async [Symbol.asyncDispose]() {
      await direct.close();
      await origin.close();
      await rm(folder, { recursive: true });
    },
  };
}
