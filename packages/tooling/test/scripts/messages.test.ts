import { expect, test } from 'vitest';
import { explainInstallFailure, noNetworkMessage } from '../../scripts/lib/install-failure.mjs';
import { requireNode } from '../../scripts/lib/node-version.mjs';

test.each([
  ['npm without a name server', 'npm error code EAI_AGAIN\nnpm error syscall getaddrinfo', noNetworkMessage],
  ['npm with nothing cached', 'npm error code ENOTCACHED', noNetworkMessage],
  [
    'pnpm without a name server',
    'ERR_PNPM_META_FETCH_FAIL error sending request: client error (Connect): dns error',
    noNetworkMessage,
  ],
  ['a certificate of a filtering proxy', 'npm error code SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
  ['a full disk', 'ENOSPC: no space left on device, write', 'room on the disk'],
  ['a cache of somebody else', "EACCES: permission denied, mkdir '/root/.npm'", 'yours'],
  ['a lockfile that does not fit', 'ERR_PNPM_OUTDATED_LOCKFILE Cannot install', 'pnpm-lock.yaml'],
])('%s is explained in a sentence', (_name, output, says) => {
  const message = explainInstallFailure(output);
  expect(message).toContain(says);
  expect(message).not.toContain('\n');
});

test('a cause that is not known is not made up', () => {
  expect(explainInstallFailure('ERR_PNPM_FETCH_404 GET https://registry.npmjs.org/x: Not Found - 404')).toBeNull();
});

test.each(['20.0.0', '24.21.0', '100.1.0'])('Node %s will do', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

test.each(['18.20.4', '6.0.0'])('Node %s is too old, and the message says what is needed', (version) => {
  expect(() => requireNode(version)).toThrow(`Sluice needs Node 20 or newer, and this is ${version}`);
});
