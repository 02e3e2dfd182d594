/** Tells whether files changed, by content for what we write and by size and time for what tools wrote. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * One hash over the content and the path of each file; a missing file counts as such.
 *
 * @param {string} root
 * @param {readonly string[]} paths From the root.
 */
export function hashOfFiles(root, paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    const full = join(root, path);
    hash.update(`${path}\0`);
    hash.update(existsSync(full) ? createHash('sha256').update(readFileSync(full)).digest('hex') : 'missing');
    hash.update('\n');
  }
  return hash.digest('hex');
}

/**
 * One hash over the path, size and time of each file of a folder; null where the folder holds none.
 *
 * @param {string} folder
 */
export function hashOfTimes(folder) {
  const files = filesBelow(folder, () => true);
  if (files.length === 0) return null;
  const hash = createHash('sha256');
  for (const path of files) {
    const { size, mtimeMs } = statSync(join(folder, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/**
 * Every file below a folder, sorted, relative to it, with forward slashes.
 *
 * @param {string} folder
 * @param {(name: string) => boolean} enters Whether to go into a subfolder of this name.
 * @returns {string[]}
 */
export function filesBelow(folder, enters) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (!entry.isDirectory()) return [entry.name];
      if (!enters(entry.name)) return [];
      return filesBelow(join(folder, entry.name), enters).map((path) => `${entry.name}/${path}`);
    })
    .sort();
}

/**
 * @param {string} path
 * @returns {unknown} What {@link writeMemory} put there; null where nothing readable is.
 */
export function readMemory(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {string} path
 * @param {unknown} value
 */
export function writeMemory(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
}
