/** An engine over real sockets and a real folder, with waits for named states instead of sleeps. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownloadState, DownloadView, NewDownload, Settings } from '@sluice/contract';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { createEngine, type Engine } from '../../src/engine.ts';
import type { Timeouts } from '../../src/transfer/connections/timeouts.ts';
import type { EnginePorts } from '../../src/ports/engine-ports.ts';
import { silentLog } from '../../src/ports/log.ts';

/** How much of what is on disk a resume asks for again, to compare it before it appends. */
export const overlapBytes = 64 * 1024;

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly folder: string;
  readonly ports: EnginePorts;
  /** Adds one link and gives its id. @throws when it was not added */
  add(url: string, spec?: Partial<NewDownload>): Promise<string>;
  view(id: string): Promise<DownloadView>;
  /** Settles with the view once the predicate holds. */
  until(id: string, predicate: (view: DownloadView) => boolean): Promise<DownloadView>;
  /** Settles once the download is in one of these states; fails at once when it fails instead. */
  reach(id: string, ...kinds: readonly DownloadState['kind'][]): Promise<DownloadView>;
  /** Settles once the file is known to have changed, with everything fetched kept; and takes the new version then. */
  replaceChanged(id: string): Promise<void>;
  path(name: string): string;
  names(): Promise<string[]>;
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sluice-engine-'));
}

export async function startEngine(
  options: {
    readonly folder?: string;
    readonly ports?: Partial<EnginePorts>;
    readonly settings?: Partial<Settings>;
    readonly timeouts?: Partial<Timeouts>;
  } = {},
): Promise<TestEngine> {
  const folder = options.folder ?? (await temporaryFolder());
  const ports: EnginePorts = {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: createMemoryRecords(),
    ...options.ports,
  };
  const engine = createEngine(ports, {
    downloadFolder: folder,
    platform: 'linux',
    random: () => 0,
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  });
  // Off unless a test is about it: what the origin is asked for is what the tests count.
  await engine.writeSettings({ findChecksums: false, ...options.settings });

  async function view(id: string): Promise<DownloadView> {
    const found = (await engine.snapshot({})).downloads.find((download) => download.id === id);
    if (found === undefined) throw new Error(`no download ${id}`);
    return found;
  }

  async function until(id: string, predicate: (view: DownloadView) => boolean): Promise<DownloadView> {
    const reached = Promise.withResolvers<DownloadView>();
    const check = () => view(id).then((now) => predicate(now) && reached.resolve(now), reached.reject);
    const stop = engine.subscribe(() => void check());
    await check();
    try {
      return await reached.promise;
    } finally {
      stop();
    }
  }

  return {
    engine,
    folder,
    ports,
    async add(url, spec = {}) {
      const { results } = await engine.add({ downloads: [{ url, ...spec }] });
      const [result] = results;
      if (result?.kind !== 'added') throw new Error(`not added: ${JSON.stringify(result)}`);
      return result.id;
    },
    view,
    until,
    async reach(id, ...kinds) {
      const reached = await until(id, ({ state }) => kinds.includes(state.kind) || state.kind === 'failed');
      if (!kinds.includes(reached.state.kind)) throw new Error(`failed instead: ${JSON.stringify(reached.state)}`);
      return reached;
    },
    async replaceChanged(id) {
      const { state } = await until(id, (now) => now.state.kind === 'failed' || now.state.kind === 'finished');
      if (state.kind !== 'failed' || state.change === undefined)
        throw new Error(`not changed: ${JSON.stringify(state)}`);
      await engine.resolveChanged({ ids: [id], choice: 'replace' });
    },
    path: (name) => join(folder, name),
    names: async () => (await readdir(folder)).sort(),
    async [Symbol.asyncDispose]() {
      await engine.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
