/**
 * Locks files without native code. Linux: `flock` of util-linux or BusyBox is handed the descriptor and locks what it
 * stands for, which this process keeps open. macOS and Windows lock a file as they open it (libuv's UV_FS_O_EXLOCK).
 */
import { spawn } from 'node:child_process';
import type { LockState } from '../../plan/process/process-record.ts';
import { errnoOf } from './disk-errors.ts';
import type { NodePlatform } from './system.ts';
import { findProgram } from '../programs/find-program.ts';

/** A server that grants locks and does not answer must not keep a download waiting. */
const answerWithinMs = 5000;
/** What `flock -n` ends with when another one has the lock. */
const refused = 1;

/** By absolute path; undefined before it was looked for. */
let flock: string | null | undefined;

/** To be added to what a file is opened with; 0 where that locks nothing. */
export function exclusiveFlag(platform: NodePlatform): number {
  if (platform === 'darwin') return 0x20;
  return platform === 'win32' ? 0x1000_0000 : 0;
}

/** @param program for tests */
export function lockDescriptor(descriptor: number, program = flockProgram()): Promise<LockState> {
  if (program === null) return Promise.resolve('none');
  return new Promise((resolve) => {
    try {
      const child = spawn(program, ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', descriptor] });
      const timer = setTimeout(() => child.kill('SIGKILL'), answerWithinMs);
      child.once('error', (error) => {
        clearTimeout(timer);
        if (program === flock && errnoOf(error) === 'ENOENT') flock = null;
        resolve('none');
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        resolve(code === 0 ? 'ours' : code === refused ? 'theirs' : 'none');
      });
    } catch {
      // The descriptor is closed, or there are too many.
      resolve('none');
    }
  });
}

function flockProgram(): string | null {
  if (flock === undefined) flock = findProgram('flock');
  return flock;
}
