/** The desktop around a window: tray, menus, dialogs, notifications, clipboard, power and theme. */
import { describe, expect, test } from 'vitest';
import { launchFixture, waitForOutput } from './launch.ts';

describe('the desktop of the double', { timeout: 30_000 }, () => {
  test('lists the tray with its menu, and clicks it by label', async () => {
    const driver = await launchFixture();
    const { trays } = await driver.waitFor('a tray', (state) => state.trays.length === 1);
    expect(trays[0]).toMatchObject({ toolTip: 'fixture', icon: 'icon.png' });
    expect(trays[0]?.menu.map(({ label }) => label)).toEqual(['Show', 'Off', 'Quit']);
    await expect(driver.tray.choose('Off')).rejects.toThrow('cannot be clicked');
    await expect(driver.tray.choose('Nothing')).rejects.toThrow('no menu item Nothing');
    await driver.tray.choose('Quit');
    expect((await driver.exited).code).toBe(0);
  });

  test('keeps a dialog open until the test answers', async () => {
    const driver = await launchFixture();
    await driver.page();
    await driver.menu.choose('File', 'Open…');
    const { dialogs } = await driver.waitFor('the dialog', (state) => state.dialogs.length === 1);
    expect(dialogs).toEqual([{ kind: 'open', title: 'Pick', properties: ['openDirectory'] }]);
    await driver.dialogs.answer({ kind: 'open', filePaths: ['/tmp/chosen'] });
    await waitForOutput(driver, 'picked /tmp/chosen');
    expect((await driver.state()).shellActions).toEqual([{ kind: 'show-item', path: '/tmp/chosen' }]);
  });

  test('plays clipboard, notification, badge, progress and power', async () => {
    const driver = await launchFixture();
    await driver.page();
    await driver.clipboard.write('https://example.test/file');
    await driver.menu.choose('File', 'Paste');
    const state = await driver.waitFor('the notification', ({ notifications }) =>
      notifications.some(({ shown }) => shown),
    );
    expect(state.notifications).toEqual([{ id: 1, title: 'Pasted', body: 'https://example.test/file', shown: true }]);
    const after = await driver.waitFor('the badge', ({ badgeCount }) => badgeCount === 3);
    expect(after.powerSaveBlockers).toEqual(['prevent-app-suspension']);
    expect(after.windows[0]?.progress).toBe(0.5);
    await driver.notifications.click(1);
    await waitForOutput(driver, 'notification clicked');
    await driver.power.emit('resume');
    await waitForOutput(driver, 'resumed');
  });

  test('follows the system theme in main and in the page', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(false);
    await driver.theme.setSystemDark(true);
    await waitForOutput(driver, 'theme true');
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
  });
});
