/** The built app on the double: tray, menus, clipboard, notifications, closing, second launches, power and quitting. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededSha256, startOrigin, type Origin } from '@sluice/testkit/origin';
import { describe, expect, onTestFinished, test } from 'vitest';
import { launchDesktop, temporaryFolder } from '../launch.ts';
import { connected } from './page.ts';
import { sha256Of } from './sha256.ts';

const file = { seed: 7, sizeBytes: 300_000 };

async function origin(): Promise<Origin> {
  const started = await startOrigin();
  onTestFinished(() => started.close());
  return started;
}

function finished(titles: readonly { readonly title: string; readonly body: string }[], name: string): boolean {
  return titles.some(({ title, body }) => title === 'Download finished' && body === name);
}

describe('the desktop', { timeout: 60_000 }, () => {
  test('downloads a link of its command line, and says when it is there', async () => {
    const server = await origin();
    server.serve('/file.bin', file);
    const userDataFolder = temporaryFolder();
    const driver = await launchDesktop({ userDataFolder, args: [server.urlOf('/file.bin')] });
    const { notifications } = await driver.waitFor('the notification', (state) =>
      finished(state.notifications, 'file.bin'),
    );
    expect(notifications.filter(({ shown }) => shown)).toHaveLength(1);
    const path = join(userDataFolder, 'home', 'Downloads', 'file.bin');
    expect(await sha256Of(path)).toBe(seededSha256(file.seed, file.sizeBytes));
    await driver.window.minimize();
    await driver.notifications.click(1);
    await driver.waitFor('the window', ({ windows }) =>
      windows.some(({ visible, minimized }) => visible && !minimized),
    );
  });

  test('has a tray that shows the window and hands over what was copied', async () => {
    const driver = await launchDesktop();
    await connected(driver);
    const [tray] = (await driver.state()).trays;
    expect(tray).toMatchObject({ toolTip: 'Sluice', icon: 'tray-normal-color.png' });
    expect(tray?.menu.map(({ label }) => label).filter((label) => label !== '')).toEqual([
      'Show Sluice',
      'Add from clipboard…',
      'Pause all',
      'Resume all',
      'Quit Sluice',
    ]);
    await driver.window.close();
    await driver.waitFor('the window hidden', ({ windows }) => windows.every(({ visible }) => !visible));
    await driver.clipboard.write('look: https://example.test/copied.zip');
    await driver.tray.choose('Add from clipboard…');
    await driver.waitFor('the window', ({ windows }) => windows.some(({ visible }) => visible));
    const page = await driver.page();
    await expect
      .poll(() => page.getByRole('dialog').getByRole('textbox', { name: 'Links' }).inputValue())
      .toContain('https://example.test/copied.zip');
  });

  test('offers to paste where text goes in, and nothing where nothing can be done', async () => {
    const driver = await launchDesktop();
    const page = await connected(driver);
    await page.getByRole('button', { name: 'Add downloads' }).click();
    await page.getByRole('heading', { name: 'Add downloads' }).click({ button: 'right' });
    await page.getByRole('dialog').getByRole('textbox', { name: 'Links' }).click({ button: 'right' });
    const { popupMenu } = await driver.waitFor('the menu', (state) => state.popupMenu.length > 0);
    expect(popupMenu.map(({ role, type }) => role || type)).toEqual(['cut', 'copy', 'paste', 'separator', 'selectAll']);
  });

  test.for([
    ['hidden where there is a tray', true, { visible: false, minimized: false }],
    ['minimised where there is none', false, { visible: true, minimized: true }],
  ] as const)('a closed window is %s', async ([, trayHost, expected]) => {
    const driver = await launchDesktop({ trayHost });
    await connected(driver);
    await driver.window.close();
    const { windows, lifecycle } = await driver.waitFor('the window gone', (state) =>
      state.windows.some(({ visible, minimized }) => !visible || minimized),
    );
    expect(windows[0]).toMatchObject(expected);
    expect(lifecycle).toEqual(['ready']);
    await driver.secondInstance([]);
    await driver.waitFor('the window back', (state) =>
      state.windows.some(({ visible, minimized }) => visible && !minimized),
    );
  });

  test('tells once that closing the window is not the end', async () => {
    const driver = await launchDesktop();
    await connected(driver);
    await driver.window.close();
    await driver.waitFor('the hint', ({ notifications }) => notifications.length === 1);
    await driver.tray.click();
    await driver.window.close();
    await driver.waitFor('the window hidden', ({ windows }) => windows.every(({ visible }) => !visible));
    expect((await driver.state()).notifications.map(({ title }) => title)).toEqual(['Sluice keeps downloading']);
  });

  test('quits with its window when it is told not to stay', async () => {
    const driver = await launchDesktop();
    const page = await connected(driver);
    await page.getByRole('button', { name: 'Settings' }).click();
    const stay = 'Keep running in the tray when the window is closed';
    await page.getByText(stay).click();
    // Shown as off only once the engine has said so, to main as well.
    await expect.poll(() => page.getByRole('switch', { name: stay }).isChecked()).toBe(false);
    await driver.window.close();
    expect((await driver.exited).code).toBe(0);
  });

  test('a second launch hands over its links; one that is no link comes up for a look', async () => {
    const server = await origin();
    server.serve('/second.bin', file);
    const driver = await launchDesktop();
    const page = await connected(driver);
    const exit = await driver.secondInstance([server.urlOf('/second.bin'), 'htp://mistyped.test/x']);
    expect(exit.code).toBe(0);
    await driver.waitFor('the notification', (state) => finished(state.notifications, 'second.bin'));
    await expect
      .poll(() => page.getByRole('dialog').getByRole('textbox', { name: 'Links' }).inputValue())
      .toContain('htp://mistyped.test/x');
  });

  test('quits in order, checkpointed, from menu and signal', async () => {
    const driver = await launchDesktop();
    await connected(driver);
    await driver.menu.choose('File', 'Quit Sluice');
    const exit = await driver.exited;
    expect([exit.code, exit.output]).toEqual([0, '']);
    const signalled = await launchDesktop();
    await connected(signalled);
    process.kill(signalled.pid, 'SIGTERM');
    expect((await signalled.exited).code).toBe(0);
  });

  test('keeps the computer awake and shows progress only while bytes flow', async () => {
    const server = await origin();
    server.serve('/slow.bin', { ...file, sizeBytes: 4_000_000 });
    server.script('/slow.bin', { bytesPerSecond: 200_000 });
    const driver = await launchDesktop({ args: [server.urlOf('/slow.bin')] });
    const busy = await driver.waitFor('bytes flowing', ({ powerSaveBlockers }) => powerSaveBlockers.length === 1);
    expect(busy.powerSaveBlockers).toEqual(['prevent-app-suspension']);
    await driver.waitFor('a badge', ({ badgeCount }) => badgeCount === 1);
    await driver.waitFor('progress', ({ windows }) => windows.some(({ progress }) => progress > 0 && progress <= 1));
    await driver.waitFor('an active tray', ({ trays }) =>
      trays.some(({ icon, toolTip }) => icon === 'tray-active-color.png' && toolTip.includes('1 downloading')),
    );
    await driver.tray.choose('Pause all');
    const quiet = await driver.waitFor('quiet', ({ powerSaveBlockers }) => powerSaveBlockers.length === 0);
    expect(quiet.windows[0]?.progress).toBe(-1);
    await driver.waitFor(
      'a paused tray',
      ({ trays, badgeCount }) => badgeCount === 0 && trays.some(({ icon }) => icon === 'tray-paused-color.png'),
    );
  });

  test('gives up every countdown when the computer wakes', async () => {
    const server = await origin();
    server.serve('/nap.bin', file);
    server.script('/nap.bin', { status: 503, headers: { 'retry-after': '600' } });
    const driver = await launchDesktop({ args: [server.urlOf('/nap.bin')] });
    const page = await connected(driver);
    await page.getByText(/Next try in/).waitFor();
    server.script('/nap.bin', null);
    await driver.power.emit('resume');
    // Ten minutes early; when the host is asked again is the engine's to decide.
    await page.getByText(/Next try in/).waitFor({ state: 'detached' });
  });

  test('asks before it opens a file that can run, and opens others at once', async () => {
    const server = await origin();
    server.serve('/paper.pdf', file);
    server.serve('/setup.exe', file);
    const driver = await launchDesktop({ args: [server.urlOf('/paper.pdf'), server.urlOf('/setup.exe')] });
    const page = await connected(driver);
    await driver.waitFor(
      'both',
      ({ notifications }) => finished(notifications, 'paper.pdf') && finished(notifications, 'setup.exe'),
    );
    const open = (name: string): Promise<void> =>
      page.getByRole('button', { name: `Open ${name}`, exact: true }).click();
    await open('paper.pdf');
    await driver.waitFor('the file opened', ({ shellActions }) => shellActions.length === 1);
    await open('setup.exe');
    const { dialogs } = await driver.waitFor('the question', (state) => state.dialogs.length === 1);
    expect(dialogs[0]).toMatchObject({
      kind: 'message',
      message: 'Open “setup.exe”?',
      buttons: ['Don’t open', 'Open'],
    });
    await driver.dialogs.answer({ kind: 'message', button: 0 });
    await open('setup.exe');
    await driver.waitFor('the question again', (state) => state.dialogs.length === 2);
    expect((await driver.state()).shellActions).toHaveLength(1);
    await driver.dialogs.answer({ kind: 'message', button: 1 });
    const { shellActions } = await driver.waitFor('the program opened', (state) => state.shellActions.length === 2);
    expect(shellActions[1]).toMatchObject({ kind: 'open-path', path: expect.stringContaining('setup.exe') as string });
  });

  test('says in plain words that another host owns the data, hands it the links, and ends', async () => {
    const server = await origin();
    server.serve('/handed.bin', file);
    const homeFolder = temporaryFolder();
    const owner = await launchDesktop({ homeFolder });
    await connected(owner);
    const other = await launchDesktop({ homeFolder, args: [server.urlOf('/handed.bin')] });
    const { dialogs, windows } = await other.waitFor('the box', (state) => state.dialogs.length > 0);
    expect(dialogs[0]).toMatchObject({ kind: 'error', title: 'Sluice cannot start' });
    expect(JSON.stringify(dialogs[0])).toContain('Another Sluice is using');
    expect(JSON.stringify(dialogs[0])).toContain('handed to it');
    expect(windows).toEqual([]);
    expect((await other.exited).code).toBe(1);
    await owner.waitFor('the notification', (state) => finished(state.notifications, 'handed.bin'));
  });

  test('starts with a list that cannot be read: sets it aside and says so', async () => {
    const userDataFolder = temporaryFolder();
    const dataFolder = join(userDataFolder, 'home', '.local', 'share', 'sluice');
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(join(dataFolder, 'sluice.db'), 'not a database at all '.repeat(1000));
    const driver = await launchDesktop({ userDataFolder });
    await connected(driver);
    const { dialogs } = await driver.waitFor('the notice', (state) => state.dialogs.length === 1);
    expect(dialogs[0]).toMatchObject({ kind: 'message', message: 'The list of downloads was damaged' });
  });
});
