/** The platform services over a channel: both ends parse, errors keep their codes, and nothing hangs. */
import { createMemoryChannelPair, SluiceError, type Channel } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { connectPlatform, type PlatformClient } from '../../src/shared/connect-platform.ts';
import type { PlatformHandlers } from '../../src/shared/platform-protocol.ts';
import { servePlatform, type PlatformServer } from '../../src/shared/serve-platform.ts';

const handlers: PlatformHandlers = {
  copyText: async () => ({}),
  readClipboardText: async () => ({ text: 'copied' }),
  chooseFolder: async ({ current }) => ({ folder: current === '' ? null : `${current}/chosen` }),
  openFile: ({ id }) => Promise.reject(new SluiceError('file-missing', undefined, { facts: { name: id } })),
  showInFolder: () => Promise.reject(new Error('secret path')),
  setTheme: async () => ({}),
};

interface Pair {
  readonly client: PlatformClient;
  readonly server: PlatformServer;
  readonly opened: (readonly string[])[];
  readonly hostClosed: Promise<void>;
}

function connect(own: Partial<PlatformHandlers> = {}): Pair {
  const [host, window] = createMemoryChannelPair();
  const opened: (readonly string[])[] = [];
  const closed = Promise.withResolvers<void>();
  const server = servePlatform(host, { ...handlers, ...own }, closed.resolve);
  return { server, opened, hostClosed: closed.promise, client: connectPlatform(window, (urls) => opened.push(urls)) };
}

/** Speaks to the host without the client's manners. */
async function ask(message: unknown): Promise<unknown> {
  const [host, window]: [Channel, Channel] = createMemoryChannelPair();
  servePlatform(host, handlers, () => undefined);
  const answer = Promise.withResolvers<unknown>();
  window.start({ onMessage: answer.resolve, onClose: () => answer.reject(new Error('closed')) });
  window.send(message);
  return answer.promise;
}

describe('platform services', () => {
  test('answer calls', async () => {
    const { client } = connect();
    expect(await client.call('readClipboardText', {})).toEqual({ text: 'copied' });
    expect(await client.call('chooseFolder', { current: '/home' })).toEqual({ folder: '/home/chosen' });
    expect(await client.call('chooseFolder', { current: '' })).toEqual({ folder: null });
  });

  test('keep the code and facts of an error, and the cause to themselves', async () => {
    const { client } = connect();
    await expect(client.call('openFile', { id: 'x' })).rejects.toMatchObject({
      code: 'file-missing',
      facts: { name: 'x' },
    });
    await expect(client.call('showInFolder', { id: 'x' })).rejects.toMatchObject({ code: 'internal' });
  });

  test.for([
    [{ kind: 'call', id: 1, method: 'copyText', params: { text: 7 } }, 'request-invalid'],
    [{ kind: 'call', id: 1, method: 'openFile', params: { id: '' } }, 'request-invalid'],
    [{ kind: 'call', id: 1, method: 'openFile', params: { path: '/etc/passwd' } }, 'request-invalid'],
    [{ kind: 'call', id: 1, method: 'setTheme', params: { theme: 'neon' } }, 'request-invalid'],
    [{ kind: 'call', id: 1, method: 'toString', params: {} }, 'unsupported'],
    [{ kind: 'call', id: 1, method: 'openPath', params: { path: '/bin/sh' } }, 'unsupported'],
  ] as const)('refuse %j', async ([message, code]) => {
    expect(await ask(message)).toMatchObject({ kind: 'failure', id: 1, error: { code } });
  });

  test('call an answer that does not parse internal', async () => {
    const { client } = connect({ readClipboardText: async () => ({ text: 7 as unknown as string }) });
    await expect(client.call('readClipboardText', {})).rejects.toMatchObject({ code: 'internal' });
  });

  test('hand links to the window', async () => {
    const { server, opened, client } = connect();
    server.openUrls(['https://a.test/x']);
    server.openUrls([]);
    await client.call('readClipboardText', {});
    expect(opened).toEqual([['https://a.test/x'], []]);
  });

  test('end calls under way, and later ones, when either end goes', async () => {
    const pending = connect({ readClipboardText: () => new Promise(() => undefined) });
    const call = pending.client.call('readClipboardText', {});
    pending.server.close();
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await expect(pending.client.call('copyText', { text: '' })).rejects.toMatchObject({ code: 'disconnected' });
    const gone = connect();
    gone.client.close();
    await gone.hostClosed;
  });
});
