/** Tests what clients that show nothing and leave nothing can hold, and that none of them is waited for. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { socketEnd, stage, tcp } from './attack-stage.ts';
import { ask, openSocket, showFirst } from './server-fixture.ts';

test('F96 300 refused upgrades whose clients keep their side open are closed for good, and logged in one line', async () => {
  const { port, warnings } = await stage();
  await Promise.all(
    Array.from({ length: 300 }, async () => {
      const socket = tcp(port);
      socket.write(
        `GET /channel HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      socket.resume();
      const closed = once(socket, 'close').catch(() => {});
      await Promise.race([once(socket, 'end').catch(() => {}), closed]);
      // Only a peer that has let go of its descriptor answers what comes after its end by a reset.
      const writing = setInterval(() => void socket.write('x'), 5);
      await closed.finally(() => clearInterval(writing));
    }),
  );
  expect(warnings).toMatchObject([{ message: 'web requests were refused', count: 1 }]);
});

test('F96 a first message that has no end is not collected', async () => {
  const { port } = await stage();
  const socket = openSocket(port);
  await once(socket, 'open');
  // The beginning of a message in several frames: nothing but its length can tell that it is too much.
  socket.send('{"kind":"sign-in","key":"', { fin: false });
  socket.send('x'.repeat(20_000), { fin: false });
  expect((await once(socket, 'close'))[0]).toBe(1006);
});

test('F96 of clients that show nothing the oldest make room, and a browser still gets in', async () => {
  const { port, key } = await stage();
  const silent = Array.from({ length: 40 }, () => openSocket(port));
  await Promise.all(silent.slice(0, 24).map((socket) => once(socket, 'close')));
  expect(await socketEnd(port, { kind: 'sign-in', key })).toBe('in');
  expect(silent.slice(25).every((socket) => socket.readyState !== socket.CLOSED)).toBe(true);
});

test(
  'F96 a client that says nothing, half of a head, or all but the body, is cut off',
  { timeout: 60_000 },
  async () => {
    const { port } = await stage();
    const starts = [
      '',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 10\r\n\r\n1`,
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 10\r\n\r\n1`,
    ];
    const cut = starts.map(async (start) => {
      const socket = tcp(port);
      socket.resume();
      socket.write(start);
      await Promise.race([once(socket, 'end'), once(socket, 'close')]);
    });
    await Promise.all([...cut, once(openSocket(port), 'close')]);
  },
);

test('F96 close waits for no client, however many there are and whatever they are at', async () => {
  const { port, server, key } = await stage();
  const sockets = Array.from({ length: 300 }, (_, index) => {
    const socket = tcp(port);
    socket.resume();
    socket.write(
      [
        '',
        'GET / HTTP/1.1\r\n',
        `GET /channel HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      ][index % 3] ?? '',
    );
    return socket;
  });
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])));
  const browser = openSocket(port);
  expect((await showFirst(browser, { kind: 'sign-in', key })).kind).toBe('answered');
  const ended = once(browser, 'close');
  await server.close();
  await ended;
  await expect(ask(port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
