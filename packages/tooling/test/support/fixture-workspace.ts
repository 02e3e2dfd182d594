/** Writes a small workspace to a temporary folder, right in every respect but the files a test adds to it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

interface ManifestFields {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const workspaceVersion = 'workspace:*';
const catalogVersion = 'catalog:';

const manifests: Readonly<Record<string, ManifestFields>> = {
  'packages/contract': {
    name: '@sluice/contract',
    dependencies: { zod: catalogVersion },
    devDependencies: { vitest: catalogVersion },
  },
  'packages/engine': {
    name: '@sluice/engine',
    dependencies: { '@sluice/contract': workspaceVersion, undici: catalogVersion, zod: catalogVersion },
    devDependencies: { '@sluice/testkit': workspaceVersion, '@types/ws': catalogVersion, vitest: catalogVersion },
  },
  'packages/host': {
    name: '@sluice/host',
    dependencies: { '@sluice/contract': workspaceVersion, '@sluice/engine': workspaceVersion },
  },
  'packages/sluice': { name: '@sluice/sluice', devDependencies: { '@sluice/engine': workspaceVersion } },
  'packages/ui': { name: '@sluice/ui', dependencies: { '@sluice/contract': workspaceVersion, react: catalogVersion } },
  'packages/testkit': {
    name: '@sluice/testkit',
    dependencies: { '@sluice/contract': workspaceVersion, '@sluice/engine': workspaceVersion },
  },
  'packages/electron-double': { name: '@sluice/electron-double', devDependencies: { electron: catalogVersion } },
  'apps/desktop': {
    name: '@sluice/desktop',
    dependencies: {
      '@sluice/contract': workspaceVersion,
      '@sluice/host': workspaceVersion,
      '@sluice/ui': workspaceVersion,
      react: catalogVersion,
    },
    devDependencies: { electron: catalogVersion, '@sluice/testkit': workspaceVersion },
  },
  'apps/cli': {
    name: '@sluice/cli',
    dependencies: { '@sluice/host': workspaceVersion, '@sluice/sluice': workspaceVersion },
  },
  e2e: { name: '@sluice/e2e', devDependencies: { '@sluice/testkit': workspaceVersion } },
};

/**
 * The root of a fresh workspace that goes away with the test.
 *
 * @param files Text by path from the root; a package.json among them replaces the usual one.
 */
export function fixtureWorkspace(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'sluice-tooling-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const usual = Object.entries(manifests).map(
    ([folder, fields]) => [`${folder}/package.json`, JSON.stringify(fields)] as const,
  );
  const all = { 'package.json': '{ "name": "fixture" }', ...Object.fromEntries(usual), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A package.json of the fixture with more dependencies. */
export function manifestWith(folder: string, more: Omit<ManifestFields, 'name'>): string {
  const usual = manifests[folder];
  if (usual === undefined) throw new Error(`The fixture has no package in ${folder}`);
  return JSON.stringify({
    ...usual,
    dependencies: { ...usual.dependencies, ...more.dependencies },
    devDependencies: { ...usual.devDependencies, ...more.devDependencies },
  });
}
