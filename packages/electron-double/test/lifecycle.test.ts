/** Starting, quitting, being killed, and a second launch, in the order Electron documents. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixtureMain, launchFixture, temporaryFolder, waitForOutput } from './launch.ts';

/** The processes that run on a profile inside `folder`, by the kernel's own list. */
function chromiumsIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').includes(`--user-data-dir=${folder}`);
      } catch {
        return false;
      }
    });
}

function eventsIn(output: string): string[] {
  return [...output.matchAll(/fixture: event (\S+)/g)].map(([, name]) => name ?? '');
}

describe('the life of the double', { timeout: 30_000 }, () => {
  test('quits in order: before-quit, windows, will-quit, quit', async () => {
    const driver = await launchFixture();
    await driver.page();
    const exit = await driver.quit();
    expect(exit.code).toBe(0);
    expect(eventsIn(exit.output)).toEqual(['before-quit', 'will-quit', 'quit']);
  });

  test('a listener may call the quit off', async () => {
    const driver = await launchFixture(['--refuse-quit']);
    await driver.page();
    process.kill(driver.pid, 'SIGTERM');
    await waitForOutput(driver, 'event before-quit');
    expect((await driver.state()).lifecycle).toEqual(['ready', 'before-quit']);
  });

  test('a window that stays open calls the quit off', async () => {
    const driver = await launchFixture(['--keep']);
    await driver.page();
    process.kill(driver.pid, 'SIGTERM');
    await driver.waitFor('the window hidden', ({ windows }) => windows.some(({ visible }) => !visible));
    expect((await driver.state()).lifecycle).toEqual(['ready', 'before-quit']);
  });

  test('SIGTERM quits as Electron does on POSIX', async () => {
    const driver = await launchFixture();
    await driver.page();
    process.kill(driver.pid, 'SIGTERM');
    expect(eventsIn((await driver.exited).output)).toEqual(['before-quit', 'will-quit', 'quit']);
  });

  test('closing the last window says so, and leaves the rest to the application', async () => {
    const driver = await launchFixture();
    await driver.page();
    await driver.window.close();
    const { lifecycle } = await driver.waitFor('no window', ({ windows }) => windows.length === 0);
    expect(lifecycle).toEqual(['ready', 'window-closed', 'window-all-closed']);
  });

  test('Chromium dies with the process, however it dies', async () => {
    const userDataFolder = temporaryFolder();
    const driver = await launchFixture([], { userDataFolder });
    await driver.page();
    expect(chromiumsIn(userDataFolder)).not.toEqual([]);
    await driver.kill('SIGKILL');
    await expect.poll(() => chromiumsIn(userDataFolder), { timeout: 10_000 }).toEqual([]);
    const again = await launchFixture([], { userDataFolder });
    expect(await (await again.page()).title()).toBe('Fixture');
  });

  test('a second launch hands over its arguments and ends', async () => {
    const driver = await launchFixture(['--keep']);
    await driver.page();
    await driver.window.close();
    const exit = await driver.secondInstance(['https://example.test/second']);
    expect(exit.code).toBe(0);
    await waitForOutput(
      driver,
      JSON.stringify({ argv: ['https://example.test/second'], data: { args: ['https://example.test/second'] } }),
    );
    await driver.waitFor('the window shown', ({ windows }) => windows.some(({ visible }) => visible));
  });

  test('another folder is another installation', async () => {
    await (await launchFixture()).page();
    const other = await launchFixture();
    expect(await (await other.page()).title()).toBe('Fixture');
  });

  test('reports a main script that fails, with its output', async () => {
    const driver = await launchFixture([], { main: `${fixtureMain}.missing` });
    await expect(driver.page()).rejects.toThrow('Cannot find module');
  });
});
