/** One process that fetches a link to a disk in memory, by list, by `get` or by the library, until it ends or is ended. */
import type { Choose, FaultyFiles, MemoryFiles } from '@sluice/testkit/disk';
import { createFaultyFiles } from '@sluice/testkit/disk';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { Direct } from '../../src/direct/direct.ts';
import type { FileSpec } from '../../src/direct/spec.ts';
import type { DownloadRecord } from '../../src/download/record.ts';
import type { ChosenBackend } from '../../src/plan/connections/choose-backend.ts';
import type { EnginePorts } from '../../src/ports/engine-ports.ts';
import type { Files } from '../../src/ports/files.ts';
import { silentLog } from '../../src/ports/log.ts';
import type { Records } from '../../src/ports/records.ts';
import { startEngine } from '../engine/harness.ts';

export const folder = '/downloads';

/** With a list that is kept, with one that ends with the process, and with none. */
export const forms = ['list', 'get', 'library'] as const;
export type Form = (typeof forms)[number];

/** The list of a process that may be killed, and what a power cut would leave of it. */
export class CrashRecords {
  /** Every state that was saved, oldest first. */
  readonly #states: (readonly DownloadRecord[])[];
  #durable = 0;
  #isDead: () => boolean = () => false;

  constructor(records: readonly DownloadRecord[] = []) {
    this.#states = [records];
  }

  /** @param isDead nothing is saved any more from then on */
  open(isDead: () => boolean): Records {
    this.#isDead = isDead;
    const memory = createMemoryRecords();
    memory.saveDownloads(this.#states.at(-1) ?? []);
    return {
      ...memory,
      saveDownloads: (changed) => {
        if (this.#isDead()) return;
        memory.saveDownloads(changed);
        this.#states.push(memory.loadDownloads());
      },
      flush: async () => {
        if (!this.#isDead()) this.#durable = this.#states.length - 1;
      },
    };
  }

  afterKill(): CrashRecords {
    return new CrashRecords(this.#states.at(-1));
  }

  /** SQLite's log is synced a moment after each commit: any whole number of the later ones may be there. */
  afterPowerCut(choose: Choose): CrashRecords {
    const kept = this.#durable + choose(this.#states.length - this.#durable);
    return new CrashRecords(this.#states[kept]);
  }

  now(): readonly DownloadRecord[] {
    return this.#states.at(-1) ?? [];
  }
}

/** Fetches the link, or goes on with it, until it is finished or the disk is dead. @throws what it fails with */
async function live(form: Form, disk: FaultyFiles, task: { url: string; records: CrashRecords }): Promise<void> {
  const kept = form === 'list' ? task.records : new CrashRecords();
  try {
    await fetchBy(form, disk, { url: task.url, folder, records: kept.open(() => disk.killed) });
  } catch (error) {
    if (!disk.killed) throw error;
  }
}

/** @param place `records`: what a list keeps; the other forms leave nothing in them */
export async function fetchBy(
  form: Form,
  files: Files,
  place: {
    readonly url: string;
    readonly folder: string;
    readonly records: Records;
    readonly backend?: ChosenBackend | 'auto';
  },
): Promise<void> {
  const { url, folder: downloads, records, backend = 'auto' } = place;
  const http = createHttpPort({ backend });
  if (form === 'library') return fetchDirectly({ files, http }, { url, folder: downloads });
  const ports = { files, http, records: form === 'list' ? records : { ...records, endsWithProcess: true as const } };
  await using test = await startEngine({ folder: downloads, ports });
  const [known] = (await test.engine.snapshot({})).downloads;
  const id = known?.id ?? (await test.add(url));
  const { state } = await test.until(id, (view) => view.state.kind !== 'queued' && view.state.kind !== 'running');
  if (state.kind !== 'finished') throw new Error(`not finished: ${JSON.stringify(state)}`);
}

async function fetchDirectly(
  own: Pick<EnginePorts, 'files' | 'http'>,
  spec: { readonly url: string; readonly folder: string },
): Promise<void> {
  const records = { loadHostLessons: () => [], saveHostLesson: () => {} };
  const ports = { ...own, clock: createSystemClock(), log: silentLog, records };
  const direct = new Direct(ports, { platform: 'linux', random: () => 0 });
  try {
    await direct.fetchFile({ ...fileSpec(spec.url), folder: spec.folder }, new AbortController().signal);
  } finally {
    await direct.close();
  }
}

export function fileSpec(url: string): FileSpec {
  return {
    url,
    headers: {},
    request: {},
    retry: { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
    checksum: null,
    speedLimitBytesPerSecond: 0,
    onProgress: () => {},
    folder,
    name: 'file.bin',
    whenTaken: 'refuse',
    resumes: true,
    keepsPartial: true,
    findsChecksum: false,
    marksOrigin: true,
    maxConnections: 1,
  };
}

export interface Ended {
  readonly wasKilled: boolean;
  readonly records: CrashRecords;
}

/** A process that dies at its call number `at` to the disk, or ends by itself. */
export async function liveUntil(
  form: Form,
  memory: MemoryFiles,
  task: { url: string; at: number; effect: 'nothing' | 'half' },
): Promise<Ended & { readonly disk: FaultyFiles }> {
  const process = memory.asOtherProcess();
  const disk = createFaultyFiles(process);
  disk.killAt(task.at, task.effect);
  const records = new CrashRecords();
  await live(form, disk, { url: task.url, records });
  process.end();
  return { wasKilled: disk.killed, records, disk };
}

export async function liveOn(form: Form, files: Files, task: { url: string; records: CrashRecords }): Promise<void> {
  await live(form, createFaultyFiles(files), task);
}
