/** Preloaded into a process (`node --import`), kills it at the call to the disk that the environment names. */
import { constants, fdatasync, fsync, ftruncate, write, writeSync } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';
import { pointOf } from './crash-points.ts';
import { type DeathSpot, deathVariable, deathWord } from './dying-process.ts';
import type { FileCall } from './faulty-files.ts';

const spot = JSON.parse(process.env[deathVariable] ?? 'null') as DeathSpot;
let count = 0;

interface Ways<Result> {
  readonly whole: () => Promise<Result>;
  readonly half?: () => Promise<unknown>;
}

async function counted<Result>(call: FileCall, { whole, half }: Ways<Result>): Promise<Result> {
  const point = pointOf(call);
  const counts = spot.point === 'any' ? call.path.includes('.sluice') || point !== null : point === spot.point;
  if (!counts || ++count !== spot.nth) return whole();
  if (spot.moment === 'half') await half?.();
  if (spot.moment === 'after') await whole();
  writeSync(2, `${deathWord}${point ?? `${call.kind} ${call.path}`}\n`);
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

const { open, link, rename, unlink } = fs;
const writeTo = promisify(write);
const truncate = promisify(ftruncate);
const sync = promisify(fsync);
const syncData = promisify(fdatasync);

fs.open = async (path, flags, mode) => {
  const bits = typeof flags === 'number' ? flags : 0;
  const place = { path: String(path), isFolder: (bits & constants.O_DIRECTORY) !== 0 };
  const whole = (): Promise<FileHandle> => open(path, flags, mode);
  const isNew = (bits & constants.O_CREAT) !== 0;
  return countedHandle(await (isNew ? counted({ kind: 'create', path: place.path }, { whole }) : whole()), place);
};
fs.link = (from, to) => counted({ kind: 'moveNew', path: String(to) }, { whole: () => link(from, to) });
fs.rename = (from, to) => counted({ kind: 'replace', path: String(to) }, { whole: () => rename(from, to) });
fs.unlink = (path) => counted({ kind: 'delete', path: String(path) }, { whole: () => unlink(path) });
syncBuiltinESMExports();

function countedHandle(
  handle: FileHandle,
  { path, isFolder }: { readonly path: string; readonly isFolder: boolean },
): FileHandle {
  return Object.assign(handle, {
    write(bytes: Uint8Array, offset: number, length: number, position: number) {
      const some = (size: number) => writeTo(handle.fd, bytes, offset, size, position);
      return counted({ kind: 'write', path }, { whole: () => some(length), half: () => some(length >>> 1) });
    },
    truncate: (sizeBytes: number) =>
      counted({ kind: 'truncate', path }, { whole: () => truncate(handle.fd, sizeBytes) }),
    sync: () => counted({ kind: isFolder ? 'syncFolder' : 'sync', path }, { whole: () => sync(handle.fd) }),
    datasync: () => counted({ kind: 'sync', path }, { whole: () => syncData(handle.fd) }),
  });
}
