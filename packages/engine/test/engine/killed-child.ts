/** An engine in a process of its own that is killed without warning. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';

/** Starts the engine and kills it without warning once the predicate holds. */
export async function runUntil(folder: string, url: string, holds: (change: DownloadPatch) => boolean): Promise<void> {
  const script = join(import.meta.dirname, 'child.ts');
  const child: ChildProcess = spawn(process.execPath, [script, folder, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('the child has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const change: DownloadPatch = JSON.parse(line);
    if (change.state?.kind === 'failed') throw new Error(line);
    if (holds(change)) break;
  }
  child.kill('SIGKILL');
  await exited;
}
