/** What every journey is handed: an origin to fetch from, a host to drive, and the eyes on its window. */
import { writeFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test as base } from '@playwright/test';
import { findChromium } from '@sluice/electron-double';
import { type Origin, startOrigin } from '@sluice/testkit/origin';
import { driveDesktop } from './hosts/desktop-driver.ts';
import type { HostDriver } from './hosts/host-driver.ts';
import { driveServer } from './hosts/server-driver.ts';
import { DownloadsWindow } from './window/downloads-window.ts';
import { expectSoundWindow, listenForComplaints } from './window/window-invariants.ts';

export { expect } from '@playwright/test';

export interface ProjectOptions {
  readonly hostKind: HostDriver['kind'];
}

interface Fixtures {
  readonly origin: Origin;
  /** Not started yet. */
  readonly host: HostDriver;
  /** Starts the host. @returns the eyes on its window */
  readonly open: (urls?: readonly string[]) => Promise<DownloadsWindow>;
}

interface WorkerFixtures extends ProjectOptions {
  readonly chromiumBrowser: () => Promise<Browser>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  hostKind: ['server', { option: true, scope: 'worker' }],

  /** Only the server's journeys need one: the double brings its own. */
  chromiumBrowser: [
    async ({ playwright }, use) => {
      const launched: Promise<Browser>[] = [];
      await use(() => {
        if (launched.length === 0) {
          launched.push(playwright.chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] }));
        }
        // Just made sure that there is one.
        return launched[0]!;
      });
      for (const browser of launched) await (await browser).close();
    },
    { scope: 'worker' },
  ],

  origin: async ({ hostKind: _anyHost }, use) => {
    await using origin = await startOrigin();
    await use(origin);
  },

  host: async ({ hostKind, chromiumBrowser, contextOptions }, use) => {
    const host =
      hostKind === 'desktop' ? await driveDesktop() : await driveServer(await chromiumBrowser(), contextOptions);
    await use(host);
    await host.dispose();
  },

  open: async ({ host }, use, testInfo) => {
    const opened: { readonly page: Page; readonly complaints: readonly string[] }[] = [];
    await use(async (urls) => {
      const page = await host.start(urls);
      opened.push({ page, complaints: listenForComplaints(page) });
      return new DownloadsWindow(page);
    });
    const last = opened.at(-1);
    if (testInfo.status === testInfo.expectedStatus) {
      if (last !== undefined && (await hasWindow(last.page))) await expectSoundWindow(last.page);
      expect(opened.flatMap(({ complaints }) => complaints)).toEqual([]);
      return;
    }
    await writeFile(testInfo.outputPath('host-output.txt'), host.output());
    // The window may be gone, which may be why the journey failed.
    await last?.page.screenshot({ path: testInfo.outputPath('window.png'), timeout: 5000 }).catch(() => {});
  },
});

/** A journey may end with its host, signed out, or with the window closed: then there is nothing to look at. */
async function hasWindow(page: Page): Promise<boolean> {
  return !page.isClosed() && (await page.locator('.window').count()) === 1;
}
