/** An engine in a process of its own, told to fetch one link, with what it said of it until it ended. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';

const script = join(import.meta.dirname, '../engine/child.ts');

/** One thread for the disk and no ring: then every call to it is a system call, and they come in one order. */
const traceable = { UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0' };

export interface ChildLife {
  /** Every change that the child told of before it ended. */
  readonly changes: readonly DownloadPatch[];
  /** Whether it went on to its own end, rather than being killed. */
  readonly endedItself: boolean;
}

/** A program and its arguments to run the child under, such as a tracer; none for the child alone. */
export type Wrapper = readonly [program: string, ...args: string[]] | null;

export interface ChildSpec {
  readonly folder: string;
  readonly url: string;
  /** Default: what pays. */
  readonly maxConnections?: number;
}

/** @param onChange called with each change as it comes; `stop` kills the child at once */
export async function runChild(
  spec: ChildSpec,
  wrapper: Wrapper = null,
  onChange: (change: DownloadPatch, stop: () => void) => void = () => {},
): Promise<ChildLife> {
  const words = [script, spec.folder, spec.url, String(spec.maxConnections ?? 0)];
  const [program, ...args] = [...(wrapper ?? []), process.execPath, ...words];
  if (program === undefined) throw new Error('nothing to run');
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: wrapper === null ? process.env : { ...process.env, ...traceable },
  });
  const exited = once(child, 'exit');
  const changes: DownloadPatch[] = [];
  let isStopped = false;
  function stop(): void {
    isStopped = true;
    child.kill('SIGKILL');
  }
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line of a killed one may be half a line.
    if (isStopped) continue;
    const change: DownloadPatch = JSON.parse(line);
    changes.push(change);
    onChange(change, stop);
  }
  const [code] = await exited;
  return { changes, endedItself: code === 0 };
}

/** The name under which the download was finished. @throws when it was not */
export function finishedName(life: ChildLife): string {
  const name = life.changes.findLast((change) => change.name !== undefined)?.name;
  const last = life.changes.findLast((change) => change.state !== undefined)?.state;
  if (name === undefined || last?.kind !== 'finished') throw new Error(`not finished: ${JSON.stringify(last)}`);
  return name;
}

export function idOf(life: ChildLife): string | null {
  return life.changes[0]?.id ?? null;
}
