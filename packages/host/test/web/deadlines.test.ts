/** Tests the deadlines of the web server by a clock that the tests move: ten seconds for a page, one for its end. */
import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { socketEnd } from './attack-stage.ts';
import type * as WebFolderModule from '../../src/web/web-folder.ts';
import { serveFake } from './server-fixture.ts';

const stuck = vi.hoisted(() => ({ isStuck: false }));

vi.mock('../../src/web/web-folder.ts', async (importOriginal) => {
  const original = await importOriginal<typeof WebFolderModule>();
  const forgetAddress: typeof original.forgetAddress = (folder) =>
    stuck.isStuck ? new Promise(() => {}) : original.forgetAddress(folder);
  return { ...original, forgetAddress };
});

function stopClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

test('a page that has not answered after ten seconds has to be replaced by a link, and is let in for a minute', async () => {
  const { server } = await serveFake();
  stopClock();
  const opened = Promise.withResolvers<string>();
  let answered: boolean | null = null;
  const opening = server.openPage((path) => {
    opened.resolve(path);
    return true;
  });
  void opening.then((isAnswered) => (answered = isAnswered));
  const path = await opened.promise;
  const ticket = /#ticket=([\w-]{43})"/.exec(await readFile(path, 'utf8'))?.[1] ?? '';
  await vi.advanceTimersByTimeAsync(9_999);
  expect(answered).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(await opening).toBe(false);
  await vi.advanceTimersByTimeAsync(49_999);
  expect(await readFile(path, 'utf8')).toContain(ticket);
  expect(await socketEnd(server.port, { kind: 'sign-in', ticket })).toBe('in');
});

test('a page that comes too late finds neither file nor ticket', async () => {
  const { server } = await serveFake();
  stopClock();
  const opened = Promise.withResolvers<string>();
  const opening = server.openPage((path) => {
    opened.resolve(path);
    return true;
  });
  const path = await opened.promise;
  const ticket = /#ticket=([\w-]{43})"/.exec(await readFile(path, 'utf8'))?.[1] ?? '';
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await opening).toBe(false);
  vi.useRealTimers();
  await expect.poll(() => readFile(path, 'utf8').catch(() => 'gone')).toBe('gone');
  await expect.poll(() => socketEnd(server.port, { kind: 'sign-in', ticket })).toBe('4401');
});

test('an end waits a second at most, also for a disk that does not answer', async () => {
  const { server } = await serveFake();
  stuck.isStuck = true;
  onTestFinished(() => void (stuck.isStuck = false));
  stopClock();
  let hasEnded = false;
  const closing = server.close().then(() => (hasEnded = true));
  await vi.advanceTimersByTimeAsync(999);
  expect(hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await closing;
});
