/** Says what part a file plays in its package, which decides what it may import. */

/** `source` is the package; `test` is run by its tests only; `config` serves those who work on it: a tool's config, a script. */
export type FileKind = 'source' | 'test' | 'config';

/** @param path From the workspace root, such as `packages/engine/src/index.ts`. */
export function fileKind(path: string, packageFolder: string): FileKind {
  if (packageFolder === 'e2e') return 'test';
  const inside = path.slice(packageFolder.length + 1);
  if (inside.startsWith('test/')) return 'test';
  return inside.startsWith('src/') ? 'source' : 'config';
}
