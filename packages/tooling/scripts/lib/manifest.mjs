/** Reads the few fields of a package.json that the scripts need. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string | null} main
 * @property {Record<string, string>} scripts
 * @property {string[]} dependencies The names of all kinds of dependencies.
 */

/**
 * @param {string} root
 * @param {string} folder From the root; empty for the root's own.
 * @returns {Manifest}
 */
export function readManifest(root, folder) {
  /** @type {unknown} */
  const parsed = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const fields = asRecord(parsed);
  return {
    name: typeof fields['name'] === 'string' ? fields['name'] : folder,
    main: typeof fields['main'] === 'string' ? fields['main'] : null,
    scripts: Object.fromEntries(
      Object.entries(asRecord(fields['scripts'])).map(([name, script]) => [name, String(script)]),
    ),
    dependencies: [
      ...Object.keys(asRecord(fields['dependencies'])),
      ...Object.keys(asRecord(fields['devDependencies'])),
    ],
  };
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>} The value itself where it is an object, else nothing.
 */
export function asRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
