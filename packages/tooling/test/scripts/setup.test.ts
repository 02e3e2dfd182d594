import { rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { isComplete } from '../../scripts/lib/install.mjs';
import { canReach, firstHop } from '../../scripts/lib/reach.mjs';
import { fixtureRepository, type FixtureRepository } from '../support/fixture-repository.ts';

async function listening(): Promise<number> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

async function withRegistry(repository: FixtureRepository): Promise<FixtureRepository> {
  repository.env['npm_config_registry'] = `http://127.0.0.1:${await listening()}/`;
  return repository;
}

test('the first run installs as the lockfile says, the second does nothing', async () => {
  const repository = await withRegistry(fixtureRepository({}));
  expect(await repository.run('setup')).toMatchObject({ exitCode: 0 });
  expect(repository.installs()).toEqual(['--yes pnpm@12.21.0 install --frozen-lockfile']);
  expect(await repository.run('setup')).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^Ready\./u) });
  expect(repository.installs()).toHaveLength(1);
});

test.each([
  ['the lockfile', 'pnpm-lock.yaml', 'another'],
  ['a package', 'packages/a/package.json', '{ "name": "a" }'],
])('a change of %s installs again', async (_name, path, text) => {
  const repository = fixtureRepository({});
  await repository.run('setup');
  repository.write(path, text);
  await repository.run('setup');
  expect(repository.installs()).toHaveLength(2);
});

test('a package that went missing is installed again, whatever was remembered', async () => {
  const repository = fixtureRepository({ 'packages/a/package.json': '{ "dependencies": { "zod": "catalog:" } }' });
  repository.write('packages/a/node_modules/zod/package.json', '{}');
  await repository.run('setup');
  rmSync(join(repository.root, 'packages/a/node_modules'), { recursive: true });
  const run = await repository.run('setup');
  expect(repository.installs()).toHaveLength(2);
  expect(run).toMatchObject({ exitCode: 1, output: expect.stringContaining('packages are missing') });
});

test('a link to nothing is a missing package', () => {
  const { root, write } = fixtureRepository({
    'packages/a/package.json': '{ "devDependencies": { "zod": "catalog:" } }',
  });
  write('packages/a/node_modules/other', '');
  symlinkSync(join(root, 'gone'), join(root, 'packages/a/node_modules/zod'));
  expect(isComplete(root)).toBe(false);
});

test('without a network it installs from what was fetched before', async () => {
  const repository = fixtureRepository({});
  expect(await repository.run('setup')).toMatchObject({ exitCode: 0 });
  expect(repository.installs()).toEqual(['--offline --yes pnpm@12.21.0 install --frozen-lockfile --offline']);
});

test('without a network and with nothing fetched before it says so in a sentence', async () => {
  const repository = fixtureRepository({});
  Object.assign(repository.env, {
    INSTALL_EXITS: '1',
    INSTALL_SAYS: 'npm error code ENOTCACHED\n    at fetch (x.js:1:1)',
  });
  const run = await repository.run('setup');
  expect(run.exitCode).toBe(1);
  expect(run.output.split('\n').filter((line) => line !== '')).toEqual([
    'Installing packages (the first time takes about a minute)…',
    expect.stringMatching(/^Sluice needs the npm registry once .* then run `npm run setup` again\.$/u),
  ]);
});

test('without a network and with everything installed it goes on', async () => {
  const repository = await withRegistry(fixtureRepository({}));
  await repository.run('setup');
  Object.assign(repository.env, { INSTALL_EXITS: '1', npm_config_registry: 'http://127.0.0.1:1/' });
  expect(await repository.run('setup')).toMatchObject({ exitCode: 0 });
});

test('a failure that is not known is shown as it is, and nothing is remembered', async () => {
  const repository = await withRegistry(fixtureRepository({}));
  Object.assign(repository.env, { INSTALL_EXITS: '1', INSTALL_SAYS: 'ERR_PNPM_FETCH_404' });
  const run = await repository.run('setup');
  expect(run).toMatchObject({ exitCode: 1, output: expect.stringContaining('ERR_PNPM_FETCH_404') });
  await repository.run('setup');
  expect(repository.installs()).toHaveLength(2);
});

test.each([
  ['the registry itself', {}, { host: 'registry.npmjs.org', port: 443 }],
  ['a proxy, where one is set', { HTTPS_PROXY: 'http://proxy.test:3128' }, { host: 'proxy.test', port: 3128 }],
  ['npm’s own proxy', { npm_config_https_proxy: 'http://proxy.test' }, { host: 'proxy.test', port: 80 }],
  ['the registry, when the proxy is no address', { https_proxy: 'none' }, { host: 'registry.npmjs.org', port: 443 }],
])('what is tried first is %s', (_name, env, hop) => {
  expect(firstHop('https://registry.npmjs.org/', env)).toEqual(hop);
});

test('a port that listens is reached, one that does not is not', async () => {
  expect(await canReach({ host: '127.0.0.1', port: await listening() }, 5000)).toBe(true);
  expect(await canReach({ host: '127.0.0.1', port: 1 }, 5000)).toBe(false);
});
