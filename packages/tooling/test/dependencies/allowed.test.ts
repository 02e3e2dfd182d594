/** What the check must let pass, so that its rules stay bearable. */
import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { fixtureWorkspace } from '../support/fixture-workspace.ts';

const opening = '/** Stands in a fixture to be judged by the check. */\n';

const allowed: ReadonlyArray<readonly [name: string, path: string, code: string]> = [
  ['an arrow of the table', 'packages/engine/src/index.ts', `import { SluiceError } from '@sluice/contract';`],
  ['the library on the engine', 'packages/sluice/src/index.ts', `import { Direct } from '@sluice/engine';`],
  ['the command on the library', 'apps/cli/src/a.ts', `import { download } from '@sluice/sluice/source';`],
  ['a package by its own name', 'packages/engine/test/a.test.ts', `import { createEngine } from '@sluice/engine';`],
  ['the testkit in a test', 'packages/engine/test/a.test.ts', `import { startOrigin } from '@sluice/testkit/origin';`],
  ['a sibling file', 'packages/host/src/a/b.ts', `import '../c.ts';`],
  ['a style sheet with a query', 'packages/ui/src/a.ts', `import './a.css?inline';`],
  ['a bundler’s own module', 'packages/ui/src/a.ts', `import 'virtual:icons';`],
  ['Node in a test of what runs without it', 'packages/contract/test/a.test.ts', `import 'node:net';`],
  ['a type whose types are declared', 'packages/engine/src/index.ts', `import type { WebSocket } from 'ws';`],
  ['electron in the desktop app', 'apps/desktop/src/main/a.ts', `import { app } from 'electron';`],
  ['electron’s types in the double', 'packages/electron-double/src/app.ts', `import type { App } from 'electron';`],
  [
    'a call that only looks like an import',
    'packages/ui/src/a.ts',
    `mine.mock('@sluice/engine'); load('@sluice/engine');`,
  ],
  [
    'a word in a comment or a string',
    'packages/ui/src/a.ts',
    `// import '@sluice/engine'\nexport const a = "import '@sluice/engine'";`,
  ],
  ['a URL that is no code', 'apps/cli/src/a.ts', `new URL('../../../README.md', import.meta.url);`],
];

test.each(allowed)('%s', (_name, path, code) => {
  const root = fixtureWorkspace({ [path]: `${opening}${code}\n` });
  expect(checkSources(root).violations).toEqual([]);
});

test('what is built or installed is not judged', () => {
  const bad = `import '@sluice/engine';`;
  const root = fixtureWorkspace({
    'packages/ui/dist/a.js': bad,
    'packages/ui/node_modules/a/index.js': bad,
    'packages/ui/test/fixtures/a.ts': bad,
  });
  expect(checkSources(root).violations).toEqual([]);
});
