/** Tests what is kept of browsers that are signed in, who is let in again, and who not. */
import { mkdir, readFile, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSessions } from '../../src/web/sessions.ts';
import { SignInTickets } from '../../src/web/sign-in-tickets.ts';
import { openWebFolder } from '../../src/web/web-folder.ts';
import { tempFolder } from '../temp-folder.ts';

const browser = { port: 7411, browser: 'Firefox', address: '127.0.0.1' };

async function open() {
  const folder = await tempFolder();
  return { folder, sessions: await WebSessions.open(folder) };
}

test('a key lets in its own browser, at its own port, and the disk holds nothing that does', async () => {
  const { folder, sessions } = await open();
  const { id, key } = await sessions.create(browser);
  expect(await sessions.check(key, 7411)).toBe(id);
  expect(await sessions.check(key, 7412)).toBeNull();
  expect(await sessions.check(`${key.slice(0, -1)}~`, 7411)).toBeNull();
  const path = join(folder, 'sessions', `${id}.json`);
  expect(await readFile(path, 'utf8')).not.toContain(key.split('.')[1]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'sessions'))).mode & 0o777).toBe(0o700);
});

test.each([
  '',
  '.',
  'x',
  '../../etc/passwd',
  '0123456789abcdef',
  '0123456789abcdef.',
  `${'0'.repeat(16)}.${'x'.repeat(43)}`,
])('the key %j signs no browser in', async (key) => {
  const { sessions } = await open();
  await sessions.create(browser);
  expect(await sessions.check(key, 7411)).toBeNull();
});

test('the list tells who was seen last, and a session that is revoked is gone', async () => {
  const { sessions } = await open();
  const first = await sessions.create(browser);
  const second = await sessions.create({ ...browser, browser: 'x'.repeat(1000) });
  await sessions.check(first.key, 7411, Date.now() + 1000);
  const listed = await sessions.list();
  expect(listed.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(listed[1]?.browser).toHaveLength(300);
  expect([await sessions.revoke(first.id), await sessions.revoke(first.id), await sessions.revoke('../x')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([await sessions.check(first.key, 7411), await sessions.has(first.id)]).toEqual([null, false]);
  await sessions.revokePort(7411);
  expect(await sessions.list()).toEqual([]);
});

test('a browser that was long not seen signs in again, and its file goes', async () => {
  const { folder, sessions } = await open();
  const { id, key } = await sessions.create(browser);
  const path = join(folder, 'sessions', `${id}.json`);
  await utimes(path, new Date(0), new Date(0));
  expect(await sessions.check(key, 7411)).toBeNull();
  await writeFile(join(folder, 'sessions', '0123456789abcdef.json'), '{}');
  expect(await sessions.list()).toEqual([]);
  expect(await readdir(join(folder, 'sessions'))).toEqual([]);
});

test('a sign-in ticket works once in whichever process, and leaves no trace', async () => {
  const folder = await tempFolder();
  const [one, other] = [await SignInTickets.open(folder), await SignInTickets.open(folder)];
  const ticket = await one.issue(0);
  expect(await readdir(join(folder, 'tickets'))).not.toContain(ticket);
  const both = await Promise.all([one.redeem(ticket, 1), other.redeem(ticket, 1)]);
  expect(both.filter(Boolean)).toHaveLength(1);
  expect(await readdir(join(folder, 'tickets'))).toEqual([]);
  expect(await one.redeem(await one.issue(0), 15 * 60_000)).toBe(false);
  expect(await one.redeem('../../x')).toBe(false);
});

test('tickets that are too old, or of a clock that was set back, are removed', async () => {
  const folder = await tempFolder();
  const tickets = await SignInTickets.open(folder);
  await tickets.issue(0);
  await tickets.issue(Date.now() + 10 * 60 * 60_000);
  await SignInTickets.open(folder);
  expect(await readdir(join(folder, 'tickets'))).toEqual([]);
});

test('the folder of sign-ins is closed to others, a token of before goes, and a link in its place is refused', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'web-token'), 'an old key');
  await mkdir(join(folder, 'web'), { mode: 0o777 });
  await openWebFolder(folder);
  expect((await stat(join(folder, 'web'))).mode & 0o777).toBe(0o700);
  expect(await readdir(folder)).toEqual(['web']);
  const other = await tempFolder();
  await symlink(folder, join(other, 'web'));
  await expect(openWebFolder(other)).rejects.toMatchObject({ code: 'file-access-denied' });
});
