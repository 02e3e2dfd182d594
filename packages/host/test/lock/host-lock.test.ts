/** Tests that a data folder has one owner at a time, whatever became of the last one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimHostLock } from '../../src/lock/host-lock.ts';
import { tempFolder } from '../temp-folder.ts';

/** Another process that tries for the lock. @returns it and the first line it says */
async function holder(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hold-lock.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit');
  });
  const [data] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: data.toString().trim() };
}

test('one host in this process', async () => {
  const folder = await tempFolder();
  const lock = claimHostLock(folder);
  expect(() => claimHostLock(folder)).toThrow(expect.objectContaining({ code: 'host-busy', facts: { path: folder } }));
  // The refused one must not have loosened the lock that others see.
  expect((await holder(folder)).said).toBe('host-busy');
  lock.release();
  claimHostLock(folder).release();
});

test('F55: one host among processes, and a killed one leaves nothing behind', async () => {
  const folder = await tempFolder();
  const first = await holder(folder);
  expect(first.said).toBe('locked');
  expect(() => claimHostLock(folder)).toThrow(expect.objectContaining({ code: 'host-busy' }));
  expect((await holder(folder)).said).toBe('host-busy');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  claimHostLock(folder).release();
});

test('of many that start over a killed host at once, one wins', async () => {
  const folder = await tempFolder();
  const killed = await holder(folder);
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  const said = await Promise.all(Array.from({ length: 4 }, async () => (await holder(folder)).said));
  expect(said.toSorted()).toEqual(['host-busy', 'host-busy', 'host-busy', 'locked']);
});

test('a scribbled lock file neither stops a host nor lets a second one in', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'host.lock'), 'scribble '.repeat(1000));
  expect((await holder(folder)).said).toBe('locked');
  await writeFile(join(folder, 'host.lock'), 'scribble '.repeat(1000), { flag: 'r+' });
  expect((await holder(folder)).said).toBe('host-busy');
});

test('the lock file is private and stays empty', async () => {
  const folder = await tempFolder();
  const lock = claimHostLock(folder);
  const facts = await stat(join(folder, 'host.lock'));
  expect([facts.mode & 0o777, facts.size]).toEqual([0o600, 0]);
  lock.release();
});

test('says which folder cannot be written', () => {
  expect(() => claimHostLock('/proc/self/nowhere')).toThrow(expect.objectContaining({ code: 'file-access-denied' }));
});
