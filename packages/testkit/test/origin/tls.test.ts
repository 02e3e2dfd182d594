import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { createGate, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { get, sendRaw } from './raw-client.ts';

test('serves over TLS', async () => {
  await using origin = await startOrigin({ tls: true });
  origin.serve('/file.bin', { seed: 4, sizeBytes: 1000 });
  const exchange = sendRaw(origin, get('/file.bin', 'Connection: close'));
  expect(await exchange.ended).toBe('fin');
  expect(exchange.text().endsWith(Buffer.from(seededBytes(4, 0, 1000)).toString('latin1'))).toBe(true);
});

test.each(['fin', 'fin-only', 'reset'] as const)('ends a TLS connection by %s', async (how) => {
  await using origin = await startOrigin({ tls: true });
  origin.serve('/file.bin', { seed: 4, sizeBytes: 1000 });
  origin.script('/file.bin', { end: { afterBytes: 10, how } });
  const exchange = sendRaw(origin, get('/file.bin'));
  // Without close_notify Node still says `end`: telling the two apart is the client's business, by its alert.
  expect(await exchange.ended).toBe(how === 'reset' ? 'ECONNRESET' : 'fin');
  await origin.waitFor(({ connections }) => connections.open === 0);
});

test.each([
  ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['expired', 'CERT_HAS_EXPIRED'],
] as const)('has a certificate to refuse: %s', async (name, code) => {
  await using origin = await startOrigin({ tls: name });
  expect(await sendRaw(origin, get('/')).ended).toBe(code);
});

test('a silent server: nothing happens on a connection until the gate opens', async () => {
  const acceptGate = createGate();
  await using origin = await startOrigin({ tls: true, acceptGate });
  const socket = connect({ port: origin.port, host: '127.0.0.1', ca: origin.certificatePem ?? '' });
  await acceptGate.reached;
  acceptGate.open();
  await once(socket, 'secureConnect');
  socket.destroy();
});
