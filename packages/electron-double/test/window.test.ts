/** A window of the double: custom scheme, policy, isolated preload script, ports, reload and crash. */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { launchFixture, waitForOutput } from './launch.ts';

interface Seen {
  readonly messages: readonly Record<string, unknown>[];
  readonly port: readonly unknown[];
}

/** What the page saw once `count` messages came over the port. */
async function seen(page: Page, count: number): Promise<Seen> {
  await page.waitForFunction(
    (wanted) => (globalThis as unknown as { seen?: Seen }).seen?.port.length === wanted,
    count,
  );
  return page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
}

describe('a window of the double', { timeout: 30_000 }, () => {
  test('serves a custom scheme with its headers, and main sees its own addresses', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    const [window] = (await driver.state()).windows;
    expect(window).toMatchObject({ url: 'fixture://app/index.html', title: 'Fixture', visible: true, focused: true });
    expect(await page.evaluate(() => [innerWidth, innerHeight, isSecureContext])).toEqual([700, 500, true]);
    expect(await page.evaluate(async () => (await fetch('page.js')).headers.get('x-asked'))).toBe(
      'fixture://app/page.js',
    );
    expect(await page.evaluate(async () => (await fetch('MISSING')).status)).toBe(404);
  });

  test('enforces the content security policy that the handler sent', async () => {
    const page = await (await launchFixture()).page();
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.body.append(script);
      return 'inlineRan' in globalThis;
    });
    expect(ran).toBe(false);
  });

  test('runs the preload script in a world of its own, without Node', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    expect(
      await page.evaluate(() => ['preloadSecret' in globalThis, 'require' in globalThis, 'process' in globalThis]),
    ).toEqual([false, false, false]);
    expect((await seen(page, 2)).messages).toContainEqual({ kind: 'sum', sum: 5, reached: 'nothing' });
    expect(driver.output()).not.toContain('preload script failed');
  });

  test('carries ports and structured values both ways', async () => {
    const page = await (await launchFixture()).page();
    const { messages, port } = await seen(page, 2);
    expect(messages).toContainEqual({ kind: 'ports', hello: '1970-01-01T00:00:00.000Z' });
    expect(port[0]).toBe('welcome');
    expect(port[1]).toMatchObject({ origin: 'fixture://app', url: 'fixture://app/index.html', echo: { text: 'hi' } });
    const types = await page.evaluate(() => {
      const { echo } = (
        globalThis as unknown as { seen: { port: { echo: { bytes: object; many: Map<string, bigint> } }[] } }
      ).seen.port[1] ?? { echo: undefined };
      return [
        echo?.bytes instanceof Uint8Array,
        echo?.many instanceof Map && echo.many.get('a') === 1n,
        echo !== undefined && 'nothing' in echo,
      ];
    });
    expect(types).toEqual([true, true, true]);
  });

  test('closes the old port on reload and hands over a new one', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    await seen(page, 2);
    await page.reload();
    await waitForOutput(driver, 'port closed');
    expect((await seen(page, 2)).port[0]).toBe('welcome');
  });

  test('tells main when the page closes its end of a port', async () => {
    const driver = await launchFixture();
    const page = await driver.page();
    await seen(page, 2);
    expect(driver.output()).not.toContain('port closed');
    await page.evaluate(() => (globalThis as unknown as { port: MessagePort }).port.close());
    await waitForOutput(driver, 'port closed');
  });

  test('survives the death of the renderer', async () => {
    const driver = await launchFixture();
    await seen(await driver.page(), 2);
    await driver.window.crash();
    await waitForOutput(driver, 'gone crashed');
    await driver.waitFor('the page back', ({ windows }) => windows.some(({ crashed }) => !crashed));
    const { port } = await seen(await driver.page(), 2);
    expect(port[0]).toBe('welcome');
  });

  test('lets a hidden page know, and a shown one too', async () => {
    const driver = await launchFixture(['--keep']);
    const page = await driver.page();
    await driver.window.close();
    expect((await driver.state()).windows[0]).toMatchObject({ visible: false, focused: false });
    await page.waitForFunction(() => document.visibilityState === 'hidden', undefined, { polling: 50 });
    await driver.tray.choose('Show');
    await page.waitForFunction(() => document.visibilityState === 'visible', undefined, { polling: 50 });
    expect((await driver.state()).windows[0]).toMatchObject({ visible: true, focused: true });
  });
});
