/** Starts the real command as a process of its own, with a home of its own, and watches it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownloadView } from '@sluice/contract';
import { type DeathSpot, dyingAt } from '@sluice/testkit/disk';
import { builtCommand } from '../../scripts/build.ts';
import type { JsonLine } from '../../src/report/json-reporter.ts';

export interface Sluice {
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly written: { out: string; error: string };
  /** Its JSON lines so far, the last one only if it is whole. */
  lines(): readonly JsonLine[];
  /** Settles once the predicate holds; asked after everything it writes. Rejects if it ends before. */
  until(predicate: () => boolean): Promise<void>;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface Workplace {
  readonly folder: string;
  start(...words: readonly string[]): Sluice;
  /** As {@link start}, in a process that dies at a call to the disk. */
  startDying(spot: DeathSpot, ...words: readonly string[]): Sluice;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A folder to download into, thrown away with all that still runs in it. Its command is the built one, as people run it. */
export async function workplace(): Promise<Workplace> {
  const root = await mkdtemp(join(tmpdir(), 'sluice-cli-'));
  const running = new Set<Sluice>();
  function watch(sluice: Sluice): Sluice {
    running.add(sluice);
    void sluice.ended.then(() => running.delete(sluice));
    return sluice;
  }
  return {
    folder: root,
    start: (...words) => watch(start(root, [builtCommand, ...words])),
    startDying(spot, ...words) {
      const { nodeOptions, environment } = dyingAt(spot);
      return watch(start(root, [...nodeOptions, builtCommand, ...words], environment));
    },
    async [Symbol.asyncDispose]() {
      for (const sluice of running) sluice.process.kill('SIGKILL');
      await Promise.all([...running].map(({ ended }) => ended));
      await rm(root, { recursive: true, force: true });
    },
  };
}

function start(folder: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): Sluice {
  const home = join(folder, '.home');
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: home, USERPROFILE: home, LANG: 'C.UTF-8', NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', error: '' };
  const watchers = new Set<() => void>();
  for (const [stream, name] of [
    [child.stdout, 'out'],
    [child.stderr, 'error'],
  ] as const) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      for (const watcher of watchers) watcher();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    written,
    lines: () =>
      written.out
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as JsonLine),
    async until(predicate) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const check = (): void => {
        if (predicate()) resolve();
      };
      watchers.add(check);
      void ended.then((code) => reject(new Error(`ended with ${code} before that: ${written.error}${written.out}`)));
      check();
      await promise.finally(() => watchers.delete(check));
    },
    ended,
  };
}

/** The last state of a download that JSON lines tell of. */
export function lastDownload(sluice: Sluice): DownloadView | undefined {
  return sluice.lines().findLast((line) => line.kind === 'download')?.download;
}
