/** Finds the workspace's packages and the source files that belong to each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  /** Path from the workspace root with forward slashes, such as `packages/engine`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Every code file of the package, as paths from the workspace root, sorted. */
  readonly files: readonly string[];
}

export interface Workspace {
  readonly root: string;
  readonly rootManifest: Manifest;
  readonly packages: readonly WorkspacePackage[];
}

const packageParents = ['apps', 'packages'];
const packageFolders = ['e2e'];
const codeFile = /\.(?:ts|tsx|mts|mjs|js)$/u;
const skippedFolders = new Set([
  'node_modules',
  'dist',
  'out',
  'release',
  'coverage',
  '.stryker-tmp',
  'reports',
  'fixtures',
  'test-results',
  'playwright-report',
]);

/** Reads the workspace whose root folder is `root`. A folder without a package.json is not a package yet. */
export function readWorkspace(root: string): Workspace {
  const nested = packageParents.flatMap((parent) => foldersIn(join(root, parent)).map((name) => `${parent}/${name}`));
  const folders = [...nested, ...packageFolders].filter((folder) => existsSync(join(root, folder, 'package.json')));
  const packages = folders.toSorted().map((folder) => ({
    folder,
    manifest: readManifest(join(root, folder, 'package.json')),
    files: codeFilesIn(root, folder).toSorted(),
  }));
  return { root, rootManifest: readManifest(join(root, 'package.json')), packages };
}

function readManifest(path: string): Manifest {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const fields: Record<string, unknown> = isRecord(parsed) ? parsed : {};
  return {
    name: typeof fields['name'] === 'string' ? fields['name'] : '',
    dependencies: {
      ...stringsOf(fields['dependencies']),
      ...stringsOf(fields['optionalDependencies']),
      ...stringsOf(fields['peerDependencies']),
    },
    devDependencies: stringsOf(fields['devDependencies']),
  };
}

function stringsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function codeFilesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : codeFilesIn(root, path);
    return codeFile.test(entry.name) ? [path] : [];
  });
}
