import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { executableOf, findElectron, isFresh } from '../../scripts/lib/electron.mjs';
import { hasDisplay } from '../../scripts/lib/display.mjs';
import { decideSandbox } from '../../scripts/lib/sandbox.mjs';
import { fixtureRepository, type FixtureRepository } from '../support/fixture-repository.ts';

const display = { DISPLAY: ':1' };

function withProgram(path: string, program: string): FixtureRepository {
  const repository = fixtureRepository({ [path]: `#!/bin/sh\n${program}\n` });
  chmodSync(join(repository.root, path), 0o755);
  return repository;
}

test('without a display there is no window', async () => {
  const { root, env } = fixtureRepository({});
  expect(await findElectron(root, { ...env, DISPLAY: '', WAYLAND_DISPLAY: '' })).toEqual({
    kind: 'none',
    reason: 'there is no display',
  });
});

test('an unpacked Electron that is named is used', async () => {
  const { root, env } = withProgram('unpacked/electron', 'exit 0');
  const found = await findElectron(root, { ...env, ...display, ELECTRON_OVERRIDE_DIST_PATH: join(root, 'unpacked') });
  expect(found).toMatchObject({ kind: 'found', file: join(root, 'unpacked/electron') });
});

test('a named folder without an Electron is said so', async () => {
  const { root, env } = fixtureRepository({});
  const found = await findElectron(root, { ...env, ...display, ELECTRON_OVERRIDE_DIST_PATH: join(root, 'empty') });
  expect(found).toEqual({
    kind: 'none',
    reason: `ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${join(root, 'empty/electron')}`,
  });
});

test('an Electron that lacks a library of the system is found out, with its own words', async () => {
  const { root, env } = withProgram(
    'unpacked/electron',
    `echo 'libnss3.so: cannot open shared object file' >&2; exit 127`,
  );
  const found = await findElectron(root, { ...env, ...display, ELECTRON_OVERRIDE_DIST_PATH: join(root, 'unpacked') });
  expect(found).toEqual({
    kind: 'none',
    reason: 'Electron does not run here: libnss3.so: cannot open shared object file',
  });
});

const electronPackage = 'apps/desktop/node_modules/electron';

test('an Electron that was fetched before is used', async () => {
  const { root, env, write } = withProgram(`${electronPackage}/dist/electron`, 'exit 0');
  write(`${electronPackage}/path.txt`, 'electron');
  expect(await findElectron(root, { ...env, ...display })).toMatchObject({ kind: 'found' });
});

test('one that cannot be fetched is tried once a day', async () => {
  const repository = fixtureRepository({ [`${electronPackage}/package.json`]: '{ "version": "45.4.1" }' });
  const env = { ...repository.env, ...display, ELECTRON_MIRROR: 'http://127.0.0.1:1/' };
  expect(await findElectron(repository.root, env)).toEqual({
    kind: 'none',
    reason: 'the Electron binary cannot be fetched from 127.0.0.1',
  });
  expect(await findElectron(repository.root, env)).toEqual({
    kind: 'none',
    reason: 'the Electron binary cannot be fetched from 127.0.0.1 (tried within the last day)',
  });
});

const hourMs = 60 * 60 * 1000;
const failure = { version: '45.4.1', address: 'https://a.test/', failedAtMs: 100 * hourMs };

test.each([
  ['an hour later', failure, { version: '45.4.1', address: 'https://a.test/', nowMs: 101 * hourMs }, true],
  ['a day later', failure, { version: '45.4.1', address: 'https://a.test/', nowMs: 124 * hourMs }, false],
  ['from another place', failure, { version: '45.4.1', address: 'https://b.test/', nowMs: 101 * hourMs }, false],
  ['of another version', failure, { version: '46.0.0', address: 'https://a.test/', nowMs: 101 * hourMs }, false],
  ['when the clock went back', failure, { version: '45.4.1', address: 'https://a.test/', nowMs: 99 * hourMs }, false],
  ['that never failed', null, { version: '45.4.1', address: 'https://a.test/', nowMs: 101 * hourMs }, false],
])('a fetch %s', (_name, remembered, wanted, fresh) => {
  expect(isFresh(remembered, wanted)).toBe(fresh);
});

test.each([
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', { DISPLAY: '' }, false],
  ['darwin', {}, true],
  ['win32', {}, true],
])('on %s with %j a display is there: %s', (platform, env, there) => {
  expect(hasDisplay(env, platform)).toBe(there);
});

test.each([
  ['linux', 'electron'],
  ['win32', 'electron.exe'],
  ['darwin', 'Electron.app/Contents/MacOS/Electron'],
])('on %s the program is %s', (platform, file) => {
  expect(executableOf(platform)).toBe(file);
});

const ordinary = {
  platform: 'linux',
  isRoot: false,
  namespacesAllowed: true,
  helperReady: false,
  helper: '/e/chrome-sandbox',
};

test.each([
  ['an ordinary user', ordinary, 'on'],
  ['root', { ...ordinary, isRoot: true }, 'off'],
  ['root elsewhere', { ...ordinary, platform: 'darwin', isRoot: true }, 'on'],
  ['a system without user namespaces', { ...ordinary, namespacesAllowed: false }, 'blocked'],
  ['such a system with the setuid helper', { ...ordinary, namespacesAllowed: false, helperReady: true }, 'on'],
])('the sandbox for %s is %s', (_name, facts, kind) => {
  expect(decideSandbox(facts).kind).toBe(kind);
});

test('a blocked sandbox comes with the command that allows it', () => {
  expect(decideSandbox({ ...ordinary, namespacesAllowed: false })).toMatchObject({
    reason: expect.stringContaining('sudo chown root /e/chrome-sandbox && sudo chmod 4755 /e/chrome-sandbox'),
  });
});
