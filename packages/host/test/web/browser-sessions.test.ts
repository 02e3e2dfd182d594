/** Tests what a browser that is signed in learns of the others, and how it signs them out. */
import { once } from 'node:events';
import type { BrowserSession } from '@sluice/contract';
import { expect, test } from 'vitest';
import type { WebServer } from '../../src/web/start-web-server.ts';
import { openSocket, serveFake, showFirst, signIn, ticketOf } from './server-fixture.ts';

async function askSessions(server: WebServer, key: string, sessions: unknown): Promise<readonly BrowserSession[]> {
  const end = await showFirst(openSocket(server.port), { kind: 'sign-in', key, sessions });
  if (end.kind !== 'answered') throw new Error(`no answer but ${JSON.stringify(end)}`);
  expect(end.message).toMatchObject({ kind: 'sessions' });
  // What has been answered is over: no Channel opens behind it.
  expect((await once(end.socket, 'close'))[0]).toBe(1000);
  return (end.message as { readonly sessions: readonly BrowserSession[] }).sessions;
}

test('a browser sees who is signed in, and which of them it is, but no key', async () => {
  const { server } = await serveFake();
  const [mine, other] = [await signIn(server), await signIn(server)];
  const listed = await askSessions(server, mine.key, 'list');
  expect(listed).toHaveLength(2);
  expect(listed.filter(({ isThis }) => isThis)).toMatchObject([{ address: '127.0.0.1' }]);
  const said = JSON.stringify(listed);
  for (const key of [mine.key, other.key]) expect(said).not.toContain(key.split('.')[1]);
});

test('one is signed out by another, loses its connection, and its key is dead', async () => {
  const { server } = await serveFake();
  const [mine, other] = [await signIn(server), await signIn(server)];
  const listed = await askSessions(server, mine.key, 'list');
  const closed = once(other.socket, 'close');
  const left = await askSessions(server, mine.key, { revoke: listed.find(({ isThis }) => !isThis)?.id });
  expect(left.map(({ isThis }) => isThis)).toEqual([true]);
  expect((await closed)[0]).toBe(4401);
  const end = await showFirst(openSocket(server.port), { kind: 'sign-in', key: other.key, sessions: 'list' });
  expect(end).toEqual({ kind: 'closed', code: 4401 });
});

test('all others are signed out at once, and this one stays', async () => {
  const { server } = await serveFake();
  const mine = await signIn(server);
  const others = await Promise.all([signIn(server), signIn(server), signIn(server)]);
  const closed = Promise.all(others.map(({ socket }) => once(socket, 'close')));
  const left = await askSessions(server, mine.key, { revoke: 'others' });
  expect(left.map(({ isThis }) => isThis)).toEqual([true]);
  await closed;
  expect(await askSessions(server, mine.key, 'list')).toHaveLength(1);
});

test('a browser may sign itself out', async () => {
  const { server } = await serveFake();
  const mine = await signIn(server);
  const closed = once(mine.socket, 'close');
  const [own] = await askSessions(server, mine.key, 'list');
  expect(await askSessions(server, mine.key, { revoke: own?.id })).toEqual([]);
  expect((await closed)[0]).toBe(4401);
});

test.each([
  ['a stranger asks', { sessions: 'list' }],
  ['a wrong key asks', { key: `${'0'.repeat(16)}.x`, sessions: 'list' }],
  ['a wrong key signs out', { key: `${'0'.repeat(16)}.x`, sessions: { revoke: 'others' } }],
  ['it names two things', { sessions: { revoke: 'others', key: 'x' } }],
  ['it is of another shape', { sessions: ['list'] }],
  ['the id is not a text', { sessions: { revoke: 7 } }],
  ['the id is too long', { sessions: { revoke: 'x'.repeat(201) } }],
])('nothing is said or done when %s', async (_, message) => {
  const { server } = await serveFake();
  const mine = await signIn(server);
  const key = 'key' in message ? message.key : message.sessions === 'list' ? undefined : mine.key;
  const end = await showFirst(openSocket(server.port), { kind: 'sign-in', ...message, ...(key ? { key } : {}) });
  expect(end).toEqual({ kind: 'closed', code: 4401 });
  expect(await askSessions(server, mine.key, 'list')).toHaveLength(1);
});

test('a ticket signs a browser in and asks nothing, and stays good when it was shown with a question', async () => {
  const { server } = await serveFake();
  const mine = await signIn(server);
  const ticket = ticketOf(await server.newLink());
  for (const question of [{ sessions: { revoke: 'others' } }, { file: 'done' }]) {
    const end = await showFirst(openSocket(server.port), { kind: 'sign-in', ticket, ...question });
    expect(end).toEqual({ kind: 'closed', code: 4401 });
  }
  expect(await askSessions(server, mine.key, 'list')).toHaveLength(1);
  expect(await showFirst(openSocket(server.port), { kind: 'sign-in', ticket })).toMatchObject({ kind: 'answered' });
});

test('an id leads to no file outside the folder of sessions', async () => {
  const { server } = await serveFake();
  const mine = await signIn(server);
  for (const id of ['../tickets/x', '..', '/etc/passwd', 'others.json', '%2e%2e'])
    expect(await askSessions(server, mine.key, { revoke: id })).toHaveLength(1);
  expect(ticketOf(await server.newLink())).toHaveLength(43);
});
