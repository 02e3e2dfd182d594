import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureRepository } from '../support/fixture-repository.ts';

const manifest = '{ "type": "module", "scripts": { "build": "node build.js" } }';
const build = `
import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('dist', { recursive: true });
writeFileSync('dist/main.js', 'console.log("served", ...process.argv.slice(2)); process.exit(5);');
`;

const files = {
  'apps/server/package.json': manifest,
  'apps/server/build.js': build,
  'apps/desktop/package.json': manifest,
  'apps/desktop/build.js': build,
};

test('without a window the server is built and runs with the links, and its exit code is ours', async () => {
  const repository = fixtureRepository(files);
  const run = await repository.run('start', 'http://a.test/1', 'http://a.test/2');
  expect(run.exitCode).toBe(5);
  expect(run.output.split('\n').slice(-4)).toEqual([
    'No desktop window: there is no display. Sluice opens in the browser instead.',
    'Built apps/server.',
    'served http://a.test/1 http://a.test/2',
    '',
  ]);
});

test('with a window the desktop app runs with the links behind its folder', async () => {
  const program = `#!/bin/sh\n[ -n "$ELECTRON_RUN_AS_NODE" ] || { echo "$@"; exit 6; }\n`;
  const repository = fixtureRepository({ ...files, 'unpacked/electron': program });
  chmodSync(join(repository.root, 'unpacked/electron'), 0o755);
  Object.assign(repository.env, { DISPLAY: ':1', ELECTRON_OVERRIDE_DIST_PATH: join(repository.root, 'unpacked') });
  const run = await repository.run('start', 'http://a.test/1');
  expect(run.exitCode).toBe(6);
  const words = run.output.trim().split('\n').at(-1)?.split(' ') ?? [];
  expect(words[0]).toBe(join(repository.root, 'apps/desktop'));
  expect(words.filter((word) => !word.startsWith('--'))).toEqual([
    join(repository.root, 'apps/desktop'),
    'http://a.test/1',
  ]);
});

test('what cannot be built is not run', async () => {
  const repository = fixtureRepository({
    ...files,
    'apps/server/build.js': `console.error('no such file'); process.exit(1);`,
  });
  const run = await repository.run('start');
  expect(run.exitCode).toBe(1);
  expect(run.output).toContain('no such file');
  expect(run.output.trim().split('\n').at(-1)).toBe('apps/server could not be built; what the build said is above.');
});
