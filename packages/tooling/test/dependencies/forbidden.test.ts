/** Every rule about imports, each with the file that must fail and what the message must say. */
import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { formatViolation } from '../../src/violation.ts';
import { fixtureWorkspace, manifestWith } from '../support/fixture-workspace.ts';

const opening = '/** Stands in a fixture to be judged by the check. */\n';

interface Case {
  readonly name: string;
  readonly path: string;
  readonly code: string;
  readonly rule: string;
  /** Words of the message. */
  readonly says: string;
}

const forbidden: readonly Case[] = [
  {
    name: 'ui never meets engine',
    path: 'packages/ui/src/list.tsx',
    code: `import { createEngine } from '@sluice/engine';`,
    rule: 'arrow',
    says: '@sluice/ui must not import @sluice/engine',
  },
  {
    name: 'a type counts',
    path: 'packages/ui/src/list.tsx',
    code: `import type { Engine } from '@sluice/engine';`,
    rule: 'arrow',
    says: '@sluice/ui must not import @sluice/engine',
  },
  {
    name: 'a type imported inline counts',
    path: 'packages/contract/src/a.ts',
    code: `export type Engine = import('@sluice/engine').Engine;`,
    rule: 'arrow',
    says: '@sluice/contract must not import @sluice/engine',
  },
  {
    name: 're-exporting counts',
    path: 'packages/engine/src/index.ts',
    code: `export * from '@sluice/host';`,
    rule: 'arrow',
    says: '@sluice/engine must not import @sluice/host: it may import @sluice/contract',
  },
  {
    name: 'importing late counts',
    path: 'packages/engine/src/index.ts',
    code: `export async function late() { return import('@sluice/host'); }`,
    rule: 'arrow',
    says: '@sluice/engine must not import @sluice/host',
  },
  {
    name: 'mocking counts',
    path: 'packages/ui/test/list.test.ts',
    code: `vi.mock('@sluice/engine');`,
    rule: 'arrow',
    says: '@sluice/ui must not import @sluice/engine',
  },
  {
    name: 'a subpath is its package',
    path: 'packages/ui/src/a.ts',
    code: `import { x } from '@sluice/engine/deep/down';`,
    rule: 'arrow',
    says: '@sluice/ui must not import @sluice/engine',
  },
  {
    name: 'the testkit stays in tests',
    path: 'packages/engine/src/index.ts',
    code: `import { startOrigin } from '@sluice/testkit/origin';`,
    rule: 'arrow',
    says: '@sluice/engine must not import @sluice/testkit outside its tests',
  },
  {
    name: 'nothing imports an app',
    path: 'packages/host/src/a.ts',
    code: `import { run } from '@sluice/cli';`,
    rule: 'app',
    says: 'nothing imports an app',
  },
  {
    name: 'not even another app',
    path: 'apps/desktop/src/main/a.ts',
    code: `import { run } from '@sluice/cli';`,
    rule: 'app',
    says: 'nothing imports an app',
  },
  {
    name: 'e2e drives built apps, never source',
    path: 'e2e/journeys/add.spec.ts',
    code: `import { createHost } from '@sluice/host';`,
    rule: 'arrow',
    says: '@sluice/e2e must not import @sluice/host',
  },
  {
    name: 'no relative path out of a package',
    path: 'apps/cli/src/a.ts',
    code: `import { createHost } from '../../../packages/host/src/index.ts';`,
    rule: 'relative',
    says: 'import @sluice/host by its name',
  },
  {
    name: 'nor for a worker',
    path: 'apps/cli/src/a.ts',
    code: `new Worker(new URL('../../../packages/host/src/worker.ts', import.meta.url));`,
    rule: 'relative',
    says: 'import @sluice/host by its name',
  },
  {
    name: 'nor from a test',
    path: 'packages/host/test/a.test.ts',
    code: `import '../../engine/src/index.ts';`,
    rule: 'relative',
    says: 'packages/host must not reach packages/engine/src/index.ts',
  },
  {
    name: 'contract uses zod alone',
    path: 'packages/contract/src/a.ts',
    code: `import ws from 'ws';`,
    rule: 'library',
    says: '@sluice/contract must not import ws: it may use zod',
  },
  {
    name: 'contract runs without Node',
    path: 'packages/contract/src/a.ts',
    code: `import { EventEmitter } from 'node:events';`,
    rule: 'node',
    says: '@sluice/contract must not import node:events',
  },
  {
    name: 'ui runs without Node, however it is spelled',
    path: 'packages/ui/src/a.ts',
    code: `import { join } from 'path';`,
    rule: 'node',
    says: '@sluice/ui must not import node:path',
  },
  {
    name: 'what ships is a dependency of its own package',
    path: 'packages/host/src/a.ts',
    code: `import { request } from 'undici';`,
    rule: 'declared',
    says: 'undici is imported but not named in packages/host/package.json: add it to dependencies',
  },
  {
    name: 'a development dependency does not ship',
    path: 'packages/engine/src/index.ts',
    code: `import { test } from 'vitest';`,
    rule: 'declared',
    says: 'dependencies, not devDependencies',
  },
  {
    name: 'a test names what it imports',
    path: 'packages/contract/test/a.test.ts',
    code: `import fc from 'fast-check';`,
    rule: 'declared',
    says: 'fast-check is imported but not named in packages/contract/package.json',
  },
  {
    name: 'require is an import',
    path: 'packages/host/src/a.ts',
    code: `const undici = require('undici');`,
    rule: 'declared',
    says: 'undici is imported but not named',
  },
  {
    name: 'electron is the desktop app’s',
    path: 'packages/host/src/a.ts',
    code: `import type { App } from 'electron';`,
    rule: 'electron',
    says: '@sluice/host must not import electron: only @sluice/desktop depends on it',
  },
  {
    name: 'the double has only electron’s types',
    path: 'packages/electron-double/src/app.ts',
    code: `import { app } from 'electron';`,
    rule: 'electron',
    says: 'as types only',
  },
  {
    name: 'the testkit has not even those',
    path: 'packages/testkit/src/origin/origin.ts',
    code: `import type { App } from 'electron';`,
    rule: 'electron',
    says: '@sluice/testkit must not import electron',
  },
];

test.each(forbidden)('$name', ({ path, code, rule, says }) => {
  const root = fixtureWorkspace({ [path]: `${opening}\n${code}\n` });
  const { violations } = checkSources(root);
  expect(violations).toEqual([{ file: path, line: 3, rule, message: expect.stringContaining(says) }]);
});

test('a violation names the file and the line', () => {
  const root = fixtureWorkspace({ 'packages/ui/src/list.tsx': `${opening}import {\n  a,\n} from '@sluice/engine';\n` });
  const [violation] = checkSources(root).violations;
  expect(violation && formatViolation(violation)).toBe(
    'packages/ui/src/list.tsx:2  @sluice/ui must not import @sluice/engine: it may import @sluice/contract, @sluice/formats, @sluice/texts  [arrow]',
  );
});

test('a package without a row of arrows must get one', () => {
  const root = fixtureWorkspace({ 'packages/extra/package.json': '{ "name": "@sluice/extra" }' });
  expect(checkSources(root).violations).toMatchObject([{ file: 'packages/extra/package.json', rule: 'arrow' }]);
});

test.each([
  [
    'packages/ui',
    { dependencies: { '@sluice/engine': 'workspace:*' } },
    'arrow',
    '@sluice/ui must not depend on @sluice/engine',
  ],
  [
    'packages/engine',
    { dependencies: { '@sluice/testkit': 'workspace:*' } },
    'arrow',
    'must not depend on @sluice/testkit',
  ],
  [
    'packages/host',
    { devDependencies: { electron: 'catalog:' } },
    'electron',
    '@sluice/host must not depend on electron',
  ],
  [
    'packages/testkit',
    { dependencies: { electron: 'catalog:' } },
    'electron',
    '@sluice/testkit must not depend on electron',
  ],
  ['packages/host', { dependencies: { pino: '^10.0.0' } }, 'version', 'pino says ^10.0.0'],
  ['packages/host', { dependencies: { '@sluice/contract': '0.1.0' } }, 'version', 'so say workspace:*'],
])('a manifest may not name what may not be imported: %s %o', (folder, more, rule, says) => {
  const file = `${folder}/package.json`;
  const root = fixtureWorkspace({ [file]: manifestWith(folder, more) });
  expect(checkSources(root).violations).toEqual([{ file, line: null, rule, message: expect.stringContaining(says) }]);
});

test('the root hands no library to everyone', () => {
  const root = fixtureWorkspace({ 'package.json': '{ "name": "root", "devDependencies": { "react": "catalog:" } }' });
  expect(checkSources(root).violations).toMatchObject([{ file: 'package.json', rule: 'root' }]);
});
