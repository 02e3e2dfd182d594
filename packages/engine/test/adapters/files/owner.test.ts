import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';

const files = createNodeFiles();
const adapterPath = join(import.meta.dirname, '../../../src/adapters/files/node-files.ts');

/** Another process that has given itself a name, and lives until it is killed. */
async function otherProcess(): Promise<{ readonly owner: string; readonly kill: () => Promise<void> }> {
  const program = `
    import { createNodeFiles } from ${JSON.stringify(adapterPath)};
    console.log(await createNodeFiles().owner());
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    owner: line.toString().trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('a process', () => {
  test('has one name, under which it is alive', async () => {
    const owner = await files.owner();
    expect(owner).toMatch(/sluice-[0-9a-f]{32}$/);
    expect(await createNodeFiles().owner()).toBe(owner);
    expect(await files.isOwnerAlive(owner ?? '')).toBe(true);
  });

  test('is alive to others until it is killed, and never again', async () => {
    const other = await otherProcess();
    expect(other.owner).not.toBe(await files.owner());
    expect(await files.isOwnerAlive(other.owner)).toBe(true);
    expect(await files.isOwnerAlive(other.owner)).toBe(true);
    await other.kill();
    expect(await files.isOwnerAlive(other.owner)).toBe(false);
  });

  test('ends although it has a name', async () => {
    const program = `
      import { createNodeFiles } from ${JSON.stringify(adapterPath)};
      await createNodeFiles().owner();
    `;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

test.each([
  '',
  'sluice-',
  '/etc/passwd',
  `/tmp/../etc/sluice-${'a'.repeat(32)}`,
  `sluice-${'0'.repeat(32)}`,
  'x'.repeat(5000),
])('nobody is called %j', async (owner) => {
  expect(await files.isOwnerAlive(owner)).toBe(false);
});
