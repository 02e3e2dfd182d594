import { redirectTo, startOrigin, testCertificate, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { startEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;

it('F28 connections that are redirected to nodes with another version bring no byte of it', async () => {
  await using origin = await startOrigin();
  await using current = await startOrigin();
  await using stale = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 3 * mebibyte;
  current.serve('/node.bin', { seed: 70, sizeBytes, bytesPerSecond: mebibyte });
  stale.serve('/node.bin', { seed: 71, sizeBytes, bytesPerSecond: mebibyte });
  let staleRequests = 0;
  origin.script('/file.bin', (_request, index) => redirectTo((index === 0 ? current : stale).urlOf('/node.bin')));
  current.script('/node.bin', (request) => {
    if (request.range === null) return {};
    staleRequests += 1;
    return staleRequests === 1 ? redirectTo(stale.urlOf('/node.bin')) : {};
  });
  const id = await test.add(origin.urlOf('/file.bin'));
  await test.reach(id, 'finished');
  const seeds = await Promise.all([70, 71].map((seed) => verifySeeded(test.path('node.bin'), seed, sizeBytes)));
  expect(staleRequests).toBeGreaterThan(0);
  expect(seeds).toContain(null);
});

it.each(['file:///etc/passwd', 'data:text/plain,x', 'ftp://127.0.0.1/file.bin', 'blob:x'])(
  'F29 a redirect to %s is refused',
  async (location) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.script('/file.bin', redirectTo(location));
    const id = await test.add(origin.urlOf('/file.bin'));
    const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed');
    expect(state).toMatchObject({ error: { code: 'redirect-unsafe' } });
    expect(await test.names()).toEqual([]);
  },
);

it('F30 a loop of redirects ends after twenty', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.script('/file.bin', redirectTo('/file.bin'));
  const id = await test.add(origin.urlOf('/file.bin'));
  const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'redirect-loop' } });
  expect(origin.requests).toHaveLength(21);
});

it('F30 a redirect from https to http is not followed', async () => {
  await using secure = await startOrigin({ tls: true });
  await using plain = await startOrigin();
  await using test = await startEngine();
  plain.serve('/file.bin', { seed: 72, sizeBytes: 1000 });
  secure.script('/file.bin', redirectTo(plain.urlOf('/file.bin')));
  const request = { certificateAuthority: testCertificate('trusted').certificatePem };
  const id = await test.add(secure.urlOf('/file.bin'), { request });
  const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'redirect-unsafe' } });
  expect(plain.requests).toHaveLength(0);
});
