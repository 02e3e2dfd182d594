import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture } from '../../scripts/lib/command.mjs';
import { installScript, missingMessage, missingPackages } from '../../scripts/lib/system-packages.mjs';
import { fixtureRepository } from '../support/fixture-repository.ts';

const browser = { name: 'browser', commands: ['browser-a', 'browser-b'], variable: 'THE_BROWSER', service: null };
const daemon = { name: 'daemon', commands: ['daemon-that-is-nowhere'], variable: null, service: 'daemon' };

function program(path: string): string {
  const { root } = fixtureRepository({ [path]: '#!/bin/sh\n' });
  chmodSync(join(root, path), 0o755);
  return root;
}

test('any of its commands on the PATH proves a package', () => {
  const folder = join(program('bin/browser-b'), 'bin');
  expect(missingPackages([browser, daemon], { PATH: `/nowhere:${folder}` })).toEqual([daemon]);
});

test('a file that cannot be run proves nothing', () => {
  const { root } = fixtureRepository({ 'bin/browser-a': '' });
  expect(missingPackages([browser], { PATH: join(root, 'bin') })).toEqual([browser]);
});

test('a variable may name the program, and then has to be right', () => {
  expect(missingPackages([browser], { PATH: '', THE_BROWSER: process.execPath })).toEqual([]);
  expect(missingPackages([browser], { PATH: '', THE_BROWSER: '/nowhere/browser' })).toEqual([browser]);
});

test('what is missing is named with the exact command', () => {
  expect(missingMessage([browser, daemon])).toBe(
    'The tests drive programs that are not here: browser daemon. Install them with: sudo apt-get install --no-install-recommends browser daemon (THE_BROWSER may name another browser)',
  );
});

/** Stands in for apt-get: logs what it is asked, and whether the policy forbids daemons at that moment. */
const aptGet = `#!/bin/sh
echo "$@" >> "$APT_LOG"
[ "$1" = update ] && touch "$APT_LOG.updated"
sh "$POLICY" || echo "policy says $?" >> "$APT_LOG"
[ "$1" = update ] || [ "$APT_KNOWS" = yes ] || [ -e "$APT_LOG.updated" ]
`;

async function install(policyText: string | null, knows: 'yes' | 'after update') {
  const { root, write } = fixtureRepository({ 'bin/apt-get': aptGet });
  chmodSync(join(root, 'bin/apt-get'), 0o755);
  const policy = join(root, 'policy-rc.d');
  if (policyText !== null) write('policy-rc.d', policyText);
  const log = join(root, 'apt.log');
  const env = {
    PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
    APT_LOG: log,
    APT_KNOWS: knows,
    POLICY: policy,
  };
  const run = await capture('sh', ['-c', installScript([browser], policy)], { cwd: root, env });
  return { exitCode: run.exitCode, log: readFileSync(log, 'utf8').trim().split('\n'), policyLeft: existsSync(policy) };
}

test('daemons may not start while it installs, and the policy goes away again', async () => {
  expect(await install(null, 'yes')).toEqual({
    exitCode: 0,
    log: ['install -y --no-install-recommends browser', 'policy says 101'],
    policyLeft: false,
  });
});

test('a policy that is there already stays, and a system without lists is brought up to date', async () => {
  expect(await install('#!/bin/sh\nexit 101\n', 'after update')).toEqual({
    exitCode: 0,
    log: [
      'install -y --no-install-recommends browser',
      'policy says 101',
      'update',
      'policy says 101',
      'install -y --no-install-recommends browser',
      'policy says 101',
    ],
    policyLeft: true,
  });
});
