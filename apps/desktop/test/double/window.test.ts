/** The built app on the double: its window, what the page may do, and how it comes back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchDesktop, launchShared, temporaryFolder } from '../launch.ts';
import { connected } from './page.ts';

describe('the page', { timeout: 60_000 }, () => {
  let shared: Awaited<ReturnType<typeof launchShared>>;

  beforeAll(async () => {
    shared = await launchShared();
  }, 60_000);
  afterAll(() => shared.end());

  test('keeps Node, Electron and its ports from the page', async () => {
    const page = await connected(shared.driver);
    expect(
      await page.evaluate(() =>
        ['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
      ),
    ).toEqual([]);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated || 'Buffer' in globalThis)).toBe(false);
  });

  test('runs no inline script, no eval and no markup from a string', async () => {
    const page = await connected(shared.driver);
    const outcome = await page.evaluate(() => {
      const script = document.createElement('script');
      const attempts: Record<string, () => unknown> = {
        inline: () => {
          script.text = 'globalThis.inlineRan = true';
          document.body.append(script);
          return 'inlineRan' in globalThis;
        },
        markup: () => {
          document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="globalThis.markupRan = true">');
          return true;
        },
      };
      return Object.entries(attempts).map(([name, attempt]) => {
        try {
          return [name, attempt()];
        } catch (error) {
          return [name, error instanceof TypeError ? 'refused' : String(error)];
        }
      });
    });
    expect(outcome).toEqual([
      ['inline', 'refused'],
      ['markup', 'refused'],
    ]);
  });

  test('reaches no server', async () => {
    const page = await connected(shared.driver);
    const reached = await page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect(reached).toBe('refused');
  });

  test('is refused every permission', async () => {
    const page = await connected(shared.driver);
    const states = await page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'camera', 'microphone', 'midi'] as PermissionName[];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
  });
});

describe('the window', { timeout: 60_000 }, () => {
  test('opens at our own address, under the policy, without a complaint from the page', async () => {
    const driver = await launchDesktop();
    const page = await connected(driver);
    const [window] = (await driver.state()).windows;
    expect(window).toMatchObject({ url: 'sluice://app/index.html', title: 'Sluice', visible: true, focused: true });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const answer = await page.reload();
    await connected(driver);
    expect(complaints).toEqual([]);
    const headers = (await answer?.allHeaders()) ?? {};
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test.for(['https://example.invalid/away', '/other.html'])('cannot navigate to %s', async (target) => {
    const driver = await launchDesktop();
    const page = await connected(driver);
    await page.evaluate((address) => {
      const link = document.createElement('a');
      link.href = address;
      document.body.append(link);
      link.click();
    }, target);
    await expect.poll(() => page.title()).toBe('Sluice');
    expect((await driver.state()).windows[0]?.url).toBe('sluice://app/index.html');
    // The page is still alive, and still connected.
    await page.getByRole('button', { name: 'Add downloads' }).click();
    await page.getByRole('dialog').waitFor();
  });

  test.for([
    ['https://example.invalid/help', [{ kind: 'open-external', url: 'https://example.invalid/help' }]],
    ['file:///etc/passwd', []],
    ['smb://example.invalid/share', []],
  ] as const)('opens no second window for %s', async ([target, actions]) => {
    const driver = await launchDesktop();
    const page = await connected(driver);
    await page.evaluate((address) => void open(address), target);
    if (actions.length > 0) await driver.waitFor('the browser asked', ({ shellActions }) => shellActions.length > 0);
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect((await driver.state()).shellActions).toEqual(actions);
  });

  test('connects again after a reload and after its process died', async () => {
    const driver = await launchDesktop({ args: ['http://127.0.0.1:9/kept.bin'] });
    const page = await connected(driver);
    await page.getByText('kept.bin').first().waitFor();
    await page.reload();
    await page.getByText('kept.bin').first().waitFor();
    await driver.window.crash();
    await driver.waitFor('a living page', ({ windows }) => windows.some(({ loaded, crashed }) => loaded && !crashed));
    await (await driver.page()).getByText('kept.bin').first().waitFor();
  });

  test('opens where it was left', async () => {
    const userDataFolder = temporaryFolder();
    const first = await launchDesktop({ userDataFolder });
    await connected(first);
    const bounds = { x: 111, y: 99, width: 900, height: 600 };
    await first.window.move(bounds);
    await first.quit();
    const second = await launchDesktop({ userDataFolder });
    await connected(second);
    expect((await second.state()).windows[0]?.bounds).toEqual(bounds);
  });

  test('follows the system theme', async () => {
    const driver = await launchDesktop();
    const page = await connected(driver);
    await driver.theme.setSystemDark(true);
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
  });
});
