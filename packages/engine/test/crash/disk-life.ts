/** A life on a real disk: a process that fetches a link and is killed at a call, and this one, which goes on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type CrashPoint, type DeathSpot, dyingAt, pointOfDeath } from '@sluice/testkit/disk';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { openRecords } from '../../src/adapters/records/sqlite-records.ts';
import type { Records } from '../../src/ports/records.ts';
import { fetchBy, type Form } from './crash-life.ts';

const script = join(import.meta.dirname, 'disk-child.ts');

export interface DiskPlace extends AsyncDisposable {
  readonly folder: string;
  /** Of the list; apart from the downloads. */
  readonly dataFolder: string;
  names(): Promise<string[]>;
}

export async function diskPlace(): Promise<DiskPlace> {
  const [folder, dataFolder] = [await temporary('disk'), await temporary('list')];
  return {
    folder,
    dataFolder,
    names: async () => (await readdir(folder)).sort(),
    async [Symbol.asyncDispose]() {
      for (const one of [folder, dataFolder]) await rm(one, { recursive: true });
    },
  };
}

async function temporary(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `sluice-${name}-`));
}

export function openRecordsOf(form: Form, dataFolder: string): Records {
  return form === 'list' ? openRecords(join(dataFolder, 'list.db')) : createMemoryRecords();
}

export interface DiskDeath {
  /** False: it came to its own end before it made so many calls. */
  readonly wasKilled: boolean;
  /** The step of the table that it died at; null for a call in none. */
  readonly point: CrashPoint | null;
}

/** @throws when the process ends by anything but its own end or the kill */
export async function dieOnDisk(
  form: Form,
  place: DiskPlace,
  how: { url: string; spot: DeathSpot },
): Promise<DiskDeath> {
  const { nodeOptions, environment } = dyingAt(how.spot);
  const words = [...nodeOptions, script, form, place.folder, place.dataFolder, how.url];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const [said, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the process failed: ${said}`);
  return { wasKilled: signal === 'SIGKILL', point: pointOfDeath(said) };
}

/** The next start, in this process. */
export async function goOnOnDisk(form: Form, place: DiskPlace, url: string): Promise<void> {
  const records = openRecordsOf(form, place.dataFolder);
  await fetchBy(form, createNodeFiles(), { url, folder: place.folder, records });
}
