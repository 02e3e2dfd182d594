/** Attacks on the local server, each with the answer it must get. */
import { once } from 'node:events';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { channelFromWebSocket, connectEngine } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { openWebAccess } from '../../src/web/web-access.ts';
import { type Stage, raw, socketEnd, stage, status } from './attack-stage.ts';
import { ask, fileTicket, openSocket, signIn, ticketOf } from './server-fixture.ts';

type Attack = readonly [name: string, answer: string, attack: (stage: Stage) => Promise<string>];

const strangersAtTheDoor: readonly Attack[] = [
  [
    'DNS rebinding: a name of the attacker’s as Host',
    '403',
    ({ port }) => status(port, '/', { headers: { host: `evil.test:${port}` } }),
  ],
  ['Host without the port', '403', ({ port }) => status(port, '/', { headers: { host: '127.0.0.1' } })],
  [
    'Host with a user name before it',
    '403',
    ({ port }) => status(port, '/', { headers: { host: `evil.test@127.0.0.1:${port}` } }),
  ],
  [
    'Host that begins like an address',
    '403',
    ({ port }) => status(port, '/', { headers: { host: `127.0.0.1.evil.test:${port}` } }),
  ],
  ['Host as a number', '403', ({ port }) => status(port, '/', { headers: { host: `2130706433:${port}` } })],
  [
    'another address of this machine as Host',
    '403',
    ({ port }) => status(port, '/', { headers: { host: `192.168.1.5:${port}` } }),
  ],
  ['no Host at all', '400', ({ port }) => raw(port, 'GET / HTTP/1.1\r\n\r\n')],
  ['HTTP/1.0 without Host', '403', ({ port }) => raw(port, 'GET / HTTP/1.0\r\n\r\n')],
  [
    'a page of another origin reads',
    '403',
    ({ port }) => status(port, '/', { headers: { origin: 'http://evil.test' } }),
  ],
  ['a sandboxed page reads', '403', ({ port }) => status(port, '/', { headers: { origin: 'null' } })],
  [
    'a page of another port reads',
    '403',
    ({ port }) => status(port, '/', { headers: { origin: `http://127.0.0.1:${port + 1}` } }),
  ],
  ['a form is posted', '405', ({ port, origin }) => status(port, '/', { method: 'POST', headers: { origin } })],
  ['CORS is asked for', '405', ({ port, origin }) => status(port, '/', { method: 'OPTIONS', headers: { origin } })],
  [
    'it is used as a proxy: CONNECT',
    'closed',
    ({ port }) => raw(port, `CONNECT evil.test:443 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
  ],
  [
    'two lengths of one request',
    '400',
    ({ port }) =>
      raw(
        port,
        `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ),
  ],
  [
    'a head without an end',
    '431',
    ({ port }) => raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`),
  ],
  ['TLS spoken to it', '400', ({ port }) => raw(port, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n')],
  ['out of the folder by dots', '404', ({ port }) => status(port, '/../secret')],
  ['out of the folder by encoded dots', '404', ({ port }) => status(port, '/assets/%2e%2e/%2e%2e/secret')],
  ['out of the folder by backslashes', '404', ({ port }) => status(port, '/assets/..%5c..%5csecret')],
  ['a file by its absolute path', '404', ({ port }) => status(port, '//etc/passwd')],
];

const files: readonly Attack[] = [
  ['a file without a ticket', '401', ({ port }) => status(port, '/files/done')],
  ['a file with a made-up ticket', '401', ({ port }) => status(port, `/files/done?ticket=${'x'.repeat(43)}`)],
  [
    'a file with the key in the address',
    '401',
    ({ port, key }) => status(port, `/files/done?ticket=${key}&key=${key}&token=${key}`),
  ],
  [
    'a file with the key as a cookie',
    '401',
    ({ port, key }) => status(port, '/files/done', { headers: { cookie: `sluice-${port}=${key}` } }),
  ],
  [
    'a file with a sign-in ticket',
    '401',
    async ({ port, server }) => status(port, `/files/done?ticket=${ticketOf(await server.newLink())}`),
  ],
  [
    'another file with this one’s ticket',
    '401',
    async ({ port, server, key }) => status(port, `/files/other?ticket=${await fileTicket(server, key, 'done')}`),
  ],
  [
    'a ticket used again',
    '200 401',
    async ({ port, server, key }) => {
      const path = `/files/done?ticket=${await fileTicket(server, key, 'done')}`;
      return `${await status(port, path)} ${await status(port, path)}`;
    },
  ],
  [
    'a ticket used eight times at once',
    '200',
    async ({ port, server, key }) => {
      const path = `/files/done?ticket=${await fileTicket(server, key, 'done')}`;
      const all = await Promise.all(Array.from({ length: 8 }, () => status(port, path)));
      return all.filter((one) => one === '200').join(' ');
    },
  ],
  [
    'a ticket for a file that is not on the list',
    'null',
    async ({ server, key }) => String(await fileTicket(server, key, '../secret')),
  ],
  [
    'a page of another origin with a good ticket',
    '403',
    async ({ port, server, key }) =>
      status(port, `/files/done?ticket=${await fileTicket(server, key, 'done')}`, {
        headers: { origin: 'http://evil.test' },
      }),
  ],
];

const channels: readonly Attack[] = [
  ['a WebSocket of no page', '403', ({ port, key }) => socketEnd(port, { kind: 'sign-in', key }, { origin: '' })],
  [
    'a WebSocket of another page',
    '403',
    ({ port, key }) => socketEnd(port, { kind: 'sign-in', key }, { origin: 'http://evil.test' }),
  ],
  [
    'a WebSocket of a sandboxed page',
    '403',
    ({ port, key }) => socketEnd(port, { kind: 'sign-in', key }, { origin: 'null' }),
  ],
  [
    'a WebSocket of a page on another port',
    '403',
    ({ port, key }) => socketEnd(port, { kind: 'sign-in', key }, { origin: `http://127.0.0.1:${port + 1}` }),
  ],
  [
    'a WebSocket of a rebound name, Host and Origin alike',
    '403',
    ({ port, key }) =>
      socketEnd(port, { kind: 'sign-in', key }, { origin: `http://evil.test:${port}`, host: `evil.test:${port}` }),
  ],
  [
    'a WebSocket under the ambiguous name',
    '403',
    ({ port, key }) =>
      socketEnd(port, { kind: 'sign-in', key }, { origin: `http://localhost:${port}`, host: `localhost:${port}` }),
  ],
  [
    'a WebSocket of https',
    '403',
    ({ port, key }) => socketEnd(port, { kind: 'sign-in', key }, { origin: `https://127.0.0.1:${port}` }),
  ],
  [
    'a WebSocket elsewhere',
    '404',
    ({ port, key }) => socketEnd(port, { kind: 'sign-in', key }, { path: `/channel?key=${key}` }),
  ],
  [
    'another protocol by upgrade',
    '400',
    ({ port, origin }) =>
      raw(
        port,
        `GET /channel HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
      ),
  ],
  [
    'the key of before, as a cookie',
    '4401',
    ({ port, key }) => socketEnd(port, { kind: 'sign-in' }, { cookie: `sluice-${port}=${key}` }),
  ],
  ['no key and no ticket', '4401', ({ port }) => socketEnd(port, { kind: 'sign-in' })],
  [
    'a command before the sign-in',
    '4401',
    ({ port }) => socketEnd(port, { kind: 'request', id: 1, method: 'snapshot', params: {} }),
  ],
  [
    'the greeting of the Channel before the sign-in',
    '4401',
    ({ port }) => socketEnd(port, { kind: 'hello', protocol: 2 }),
  ],
  [
    'the right id with another secret',
    '4401',
    ({ port, key }) => socketEnd(port, { kind: 'sign-in', key: `${key.slice(0, 17)}${'x'.repeat(43)}` }),
  ],
  ['a key that is a path', '4401', ({ port }) => socketEnd(port, { kind: 'sign-in', key: '../../secret.x' })],
  ['a key that is an object', '4401', ({ port }) => socketEnd(port, { kind: 'sign-in', key: { toString: 'x' } })],
  ['fields that are not known', '4401', ({ port, key }) => socketEnd(port, { kind: 'sign-in', key, admin: true })],
  ['a prototype in the message', '4401', ({ port }) => socketEnd(port, '{"kind":"sign-in","__proto__":{"key":"x"}}')],
  ['no JSON', '4401', ({ port }) => socketEnd(port, 'sign-in')],
  ['bytes', '4401', ({ port }) => socketEnd(port, Buffer.from('{"kind":"sign-in"}'))],
  [
    'the key of a session that was revoked',
    '4401',
    async ({ port, key, folder }) => {
      await (await openWebAccess(folder)).revoke(key.slice(0, 16));
      return socketEnd(port, { kind: 'sign-in', key });
    },
  ],
  [
    'a link used again',
    'in 4401',
    async ({ port, server }) => {
      const message = { kind: 'sign-in', ticket: ticketOf(await server.newLink()) };
      return `${await socketEnd(port, message)} ${await socketEnd(port, message)}`;
    },
  ],
  [
    'a link used eight times at once',
    'in',
    async ({ port, server }) => {
      const message = { kind: 'sign-in', ticket: ticketOf(await server.newLink()) };
      const all = await Promise.all(Array.from({ length: 8 }, () => socketEnd(port, message)));
      return all.filter((one) => one === 'in').join(' ');
    },
  ],
  [
    'a link used after its browser was signed in already',
    'in 4401',
    async ({ port, server, key }) => {
      const ticket = ticketOf(await server.newLink());
      return `${await socketEnd(port, { kind: 'sign-in', key, ticket })} ${await socketEnd(port, { kind: 'sign-in', ticket })}`;
    },
  ],
];

describe.each([
  ['strangers at the door', strangersAtTheDoor],
  ['files', files],
  ['channels', channels],
])('F93 F95 %s', (_group, attacks) => {
  test.each(attacks)('%s: %s', async (_name, answer, attack) => {
    expect(await attack(await stage())).toBe(answer);
  });
});

test('F93 no answer of any kind sets a cookie or names a secret, whatever was sent', async () => {
  const { port, key, server, origin } = await stage();
  const paths = [
    '/',
    '/favicon.ico',
    `/?token=${key}`,
    '/files/done',
    `/files/done?ticket=${await fileTicket(server, key, 'done')}`,
    '/x',
  ];
  for (const path of paths) {
    const { headers, body } = await ask(port, path, { headers: { cookie: `a=${key}`, origin } });
    expect([path, headers['set-cookie'], JSON.stringify(headers).includes(key), body.includes(key)]).toEqual([
      path,
      undefined,
      false,
      false,
    ]);
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
  expect(new URL(await server.newLink()).search).toBe('');
});

test('F94 a browser is led here by a file that is the user’s alone and gone afterwards, and its path tells nothing', async () => {
  const { port, server, folder } = await stage();
  const opened = Promise.withResolvers<string>();
  const answered = server.openPage((path) => {
    opened.resolve(path);
    return true;
  });
  const path = await opened.promise;
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'web'))).mode & 0o777).toBe(0o700);
  const ticket = /#ticket=([\w-]{43})"/.exec(await readFile(path, 'utf8'))?.[1] ?? '';
  expect(path).not.toContain(ticket);
  expect(await socketEnd(port, { kind: 'sign-in', ticket })).toBe('in');
  expect(await answered).toBe(true);
  expect(await socketEnd(port, { kind: 'sign-in', ticket })).toBe('4401');
  await expect
    .poll(async () => (await readdir(join(folder, 'web'))).filter((name) => name.startsWith('open-')))
    .toEqual([]);
});

test('F94 with no browser to open a link has to be shown at once, and what was prepared is dead', async () => {
  const { port, server, folder } = await stage();
  let text = Promise.resolve('');
  const answered = await server.openPage((path) => {
    text = readFile(path, 'utf8').catch(() => '');
    return false;
  });
  expect(answered).toBe(false);
  const ticket = /#ticket=([\w-]{43})"/.exec(await text)?.[1] ?? 'gone';
  await expect
    .poll(async () => (await readdir(join(folder, 'web'))).filter((name) => name.startsWith('open-')))
    .toEqual([]);
  expect(await socketEnd(port, { kind: 'sign-in', ticket })).toBe('4401');
});

test('commands sent behind a bad sign-in, or after the session is over, are not carried out', async () => {
  const { port, engine, server, folder } = await stage();
  const add = { kind: 'request', id: 1, method: 'add', params: { downloads: [{ url: 'http://h.test/f' }] } };
  const stranger = openSocket(port);
  await once(stranger, 'open');
  for (const message of [{ kind: 'sign-in', key: 'x' }, { kind: 'hello', protocol: 2 }, add])
    stranger.send(JSON.stringify(message));
  await once(stranger, 'close');
  const { key, socket } = await signIn(server);
  const closed = once(socket, 'close');
  await (await openWebAccess(folder)).revoke(key.slice(0, 16));
  await closed;
  socket.send(JSON.stringify(add), () => {});
  expect(engine.asked).toEqual([]);
});

test('a browser that is signed in has nothing put, asked or taken over outside the download folder', async () => {
  const { server, engine, folder } = await stage();
  const { socket } = await signIn(server);
  const remote = connectEngine(channelFromWebSocket(socket));
  const url = 'http://user:pass@h.test/f';
  for (const outside of ['/etc', `${folder}/..`, `${folder}/x/../../y`, 'relative', `${folder}\0/x`]) {
    const { results } = await remote.add({ downloads: [{ url, folder: outside }] });
    expect(results).toMatchObject([{ kind: 'rejected', error: { code: 'file-access-denied' } }]);
    expect(JSON.stringify(results)).not.toContain('pass');
    await expect(remote.preview({ download: { url, folder: outside } })).rejects.toMatchObject({
      code: 'file-access-denied',
    });
    await expect(remote.adopt({ folder: outside })).rejects.toMatchObject({ code: 'file-access-denied' });
    await expect(remote.writeSettings({ downloadFolder: outside })).rejects.toMatchObject({
      code: 'file-access-denied',
    });
    expect(await remote.folderInfo({ folder: outside })).toMatchObject({ freeBytes: null, writable: false });
  }
  expect(engine.asked).toEqual([]);
  remote.close();
});
