/** What a page may not do by itself: the double asks the application, as Electron would. */
import { describe, expect, test } from 'vitest';
import { launchFixture, waitForOutput } from './launch.ts';

describe('navigation on the double', { timeout: 30_000 }, () => {
  test('puts a click on a link to the application, and stays when refused', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    await page.click('#away');
    await waitForOutput(driver, 'will-navigate https://example.invalid/away');
    expect(await page.title()).toBe('Fixture');
    expect((await driver.state()).windows[0]?.url).toBe('fixture://app/index.html');
  });

  test('puts a change of location to the application under its own scheme', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    await page.evaluate(() => location.assign('/other.html'));
    await waitForOutput(driver, 'will-navigate fixture://app/other.html');
    await expect.poll(() => page.title()).toBe('Fixture');
  });

  test('does not ask about a reload from outside', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    await page.reload();
    expect(await page.title()).toBe('Fixture');
    expect(driver.output()).not.toContain('will-navigate');
  });

  const popups: readonly (readonly [string, () => void])[] = [
    ['a link with a target', () => document.querySelector<HTMLAnchorElement>('#popup')?.click()],
    ['window.open', () => void open('https://example.invalid/popup')],
  ];
  test.for(popups)('asks before it opens %s, and opens nothing', async ([, act]) => {
    const driver = await launchFixture();
    const page = await driver.page();
    await page.evaluate(act);
    await waitForOutput(driver, 'window-open https://example.invalid/popup');
    await expect.poll(() => page.context().pages().length).toBe(1);
  });

  test.for([
    ['grants everything without a handler, as Electron does', [], 'granted'],
    ['denies what the handlers deny', ['--deny'], 'denied'],
  ] as const)('%s', async ([, args, expected]) => {
    const page = await (await launchFixture(args)).page();
    const states = await page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'camera', 'microphone'] as PermissionName[];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(new Set(states)).toEqual(new Set([expected]));
  });
});
