import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildApp, buildableApps } from '../../scripts/lib/build.mjs';
import { fixtureRepository } from '../support/fixture-repository.ts';

const app = JSON.stringify({
  name: 'app',
  scripts: { build: 'node build.cjs' },
  dependencies: { library: 'workspace:*' },
});
const build = `
const fs = require('node:fs');
fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/main.js', fs.readFileSync('../../packages/library/src/index.ts'));
`;

function repositoryWithApp() {
  return fixtureRepository({
    'apps/server/package.json': app,
    'apps/server/build.cjs': build,
    'packages/library/package.json': '{ "name": "library" }',
    'packages/library/src/index.ts': 'export {};',
    'packages/other/package.json': '{ "name": "other" }',
  });
}

test('an app is built once, and again only when something it is made of changed', async () => {
  const { root, write } = repositoryWithApp();
  const built = async (): Promise<boolean> => (await buildApp(root, 'apps/server')).built;
  expect(await built()).toBe(true);
  expect(await built()).toBe(false);
  write('packages/library/src/index.ts', 'export const changed = 1;');
  expect(await built()).toBe(true);
  write('packages/library/test/a.test.ts', '');
  write('packages/other/src/index.ts', 'export {};');
  expect(await built()).toBe(false);
  write('pnpm-lock.yaml', 'another');
  expect(await built()).toBe(true);
});

test.each([
  ['lost', (root: string) => rmSync(join(root, 'apps/server/dist'), { recursive: true })],
  ['partly lost', (root: string) => rmSync(join(root, 'apps/server/dist/main.js'))],
])('an app whose build is %s is built again', async (_name, lose) => {
  const { root, write } = repositoryWithApp();
  write('apps/server/dist/kept.js', '');
  await buildApp(root, 'apps/server');
  lose(root);
  expect(await buildApp(root, 'apps/server')).toMatchObject({ built: true, passed: true });
});

test.each([
  ['ends badly', `console.error('no such module'); process.exit(1);`, 'no such module'],
  ['makes nothing', ``, ''],
])('a build that %s fails, and is not remembered', async (_name, code, says) => {
  const { root, write } = repositoryWithApp();
  write('apps/server/build.cjs', code);
  const failed = await buildApp(root, 'apps/server');
  expect(failed).toMatchObject({ built: true, passed: false, output: expect.stringContaining(says) });
  expect(await buildApp(root, 'apps/server')).toMatchObject({ built: true, passed: false });
});

test('apps without a build are left out', () => {
  const { root, write } = repositoryWithApp();
  write('apps/plain/package.json', '{ "name": "plain" }');
  expect(buildableApps(root)).toEqual(['apps/server']);
});
