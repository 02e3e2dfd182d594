import { redirectTo, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { allOf } from '../all-of.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const headers = { 'X-Mine': 'yes', Authorization: 'Bearer secret' };

describe.each(['memory', 'folder', 'stream', 'onChunk', 'range'] as const)('a request in the form %s', (form) => {
  const optionsOf = () =>
    ({
      memory: {},
      folder: { folder: temporaryFolder() },
      stream: { stream: true as const },
      onChunk: { onChunk: () => {} },
      range: { range: { start: 1 } },
    })[form];

  it('carries headers of one’s own to its origin, and to no other', async () => {
    await using there = await startOrigin();
    await using origin = await startOrigin();
    there.serve('/file.bin', { body: 'hello' });
    origin.script('/file.bin', redirectTo(there.urlOf('/file.bin')));
    const result = await download(origin.urlOf('/file.bin'), { headers, ...optionsOf() });
    if (result.kind === 'stream') await allOf(result);
    expect(origin.requests[0]?.headers).toMatchObject({ 'x-mine': 'yes', authorization: 'Bearer secret' });
    expect(there.requests[0]?.headers).not.toHaveProperty('x-mine');
    expect(there.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(result.finalUrl).toBe(there.urlOf('/file.bin'));
  });

  it('believes a certificate of one’s own authority, and no other', async () => {
    await using origin = await startOrigin({ tls: true });
    origin.serve('/file.bin', { body: 'hello' });
    const url = origin.urlOf('/file.bin');
    const certificateAuthority = origin.certificatePem ?? '';
    const result = await download(url, { request: { certificateAuthority }, ...optionsOf() });
    if (result.kind === 'stream') await allOf(result);
    await expect(download(url, { maxAttempts: 1, ...optionsOf() })).rejects.toMatchObject({ code: 'tls-certificate' });
  });

  it('logs in, and says who asks', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { body: 'hello' });
    const request = { userAgent: 'mine/1', referer: 'http://page.example/', cookies: 'a=1; b=2' };
    const login = { username: 'me', password: 'mine' };
    origin.script('/file.bin', ({ headers: sent }) =>
      sent['authorization'] === undefined ? { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } } : {},
    );
    const result = await download(origin.urlOf('/file.bin'), { request: { ...request, ...login }, ...optionsOf() });
    if (result.kind === 'stream') await allOf(result);
    expect(origin.requests.at(-1)?.headers).toMatchObject({
      'user-agent': 'mine/1',
      referer: 'http://page.example/',
      cookie: 'a=1; b=2',
      authorization: `Basic ${Buffer.from('me:mine').toString('base64')}`,
    });
  });
});
