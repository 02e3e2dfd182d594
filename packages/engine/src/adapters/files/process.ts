/** Describes this process for those in other containers and on other machines, and judges what such a description is worth. */
import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { judgeLiveness } from '../../plan/process/liveness.ts';
import type { Liveness, ProcessRecord } from '../../plan/process/process-record.ts';
import { errnoOf } from './disk-errors.ts';
import type { NodeFilesBase } from './system.ts';

/**
 * Disks that only one kernel has in use at a time, as Linux numbers them: ext, XFS, Btrfs, tmpfs, ramfs, F2FS, ZFS,
 * bcachefs, FAT, exFAT, NTFS (both drivers), overlayfs over such ones, JFS, ReiserFS, HFS+, UDF.
 */
const localDisks: ReadonlySet<bigint> = new Set([
  0xef53n,
  0x5846_5342n,
  0x9123_683en,
  0x0102_1994n,
  0x8584_58f6n,
  0xf2f5_2010n,
  0x2fc1_2fc1n,
  0xca45_1a4en,
  0x4d44n,
  0x2011_bab0n,
  0x5346_544en,
  0x7366_746en,
  0x794c_7630n,
  0x3153_464an,
  0x5265_4973n,
  0x482bn,
  0x1501_3346n,
]);

let ours: Promise<ProcessRecord> | null = null;

export function recordOfThisProcess(): Promise<ProcessRecord> {
  ours ??=
    process.platform === 'linux' ? describeOnLinux() : Promise.resolve(describe({ machine: shortened(hostname()) }));
  return ours;
}

function describe(facts: Partial<ProcessRecord>): ProcessRecord {
  return { machine: null, boot: null, namespace: null, pid: process.pid, started: null, ...facts };
}

async function describeOnLinux(): Promise<ProcessRecord> {
  const [machine, boot, namespace, started] = await Promise.all([
    orNull(readFile('/etc/machine-id', 'utf8')),
    orNull(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    orNull(readlink('/proc/self/ns/pid')),
    startOf('self'),
  ]);
  // Systems that were cloned may have one number, but hardly one name too. Containers often have no number at all.
  return describe({
    machine: machine === null ? null : shortened(`${machine} ${hostname()}`),
    boot: boot === null ? null : shortened(boot),
    namespace: namespace?.replaceAll(/\D/g, '') ?? null,
    started,
  });
}

/** As long as it takes to tell them apart; and a machine's number is not for others to read. */
function shortened(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function orNull(reading: Promise<string>): Promise<string | null> {
  const text = (await reading.catch(() => '')).trim();
  return text === '' ? null : text;
}

/** In clock ticks since the kernel started: the 22nd field, counted behind the name, which may hold anything. */
async function startOf(pid: number | 'self'): Promise<string | null> {
  const stat = await orNull(readFile(`/proc/${pid}/stat`, 'latin1'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

export async function livenessIn(base: NodeFilesBase, theirs: ProcessRecord, folder: string): Promise<Liveness> {
  return judgeLiveness(theirs, {
    ours: await recordOfThisProcess(),
    isRunning: await isRunning(theirs),
    isLocalDisk: await isLocalDisk(base, folder),
  });
}

/** Of another user's processes there may be nothing to read: such a one lives, as far as can be told. */
async function isRunning({ pid, started }: ProcessRecord): Promise<boolean> {
  try {
    if (pid > 0) process.kill(pid, 0);
  } catch (error) {
    if (errnoOf(error) === 'ESRCH') return false;
  }
  const now = await startOf(pid);
  return now === null || started === null || now === started;
}

async function isLocalDisk({ system, platform }: NodeFilesBase, folder: string): Promise<boolean> {
  if (platform !== 'linux') return false;
  try {
    return localDisks.has(BigInt.asUintN(32, (await system.statfs(folder, { bigint: true })).type));
  } catch {
    return false;
  }
}
