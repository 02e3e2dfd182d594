/** Finds the Playwright Page of a window: the same Chromium, seen by a second debugger. */
import { chromium, type Browser, type Page } from 'playwright-core';

const mostTries = 3;

async function targetIdOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  try {
    const { targetInfo } = await session.send('Target.getTargetInfo');
    return targetInfo.targetId;
  } finally {
    await session.detach();
  }
}

export class PageFinder {
  #browser: Browser | undefined;
  #page: { readonly targetId: string; readonly page: Page } | undefined;

  async find(debuggerUrl: string, targetId: string): Promise<Page> {
    if (this.#page?.targetId === targetId && !this.#page.page.isClosed()) return this.#page.page;
    // The application's own settings hold: no viewport, colour scheme or download folder of Playwright's.
    this.#browser ??= await chromium.connectOverCDP(debuggerUrl, { noDefaults: true });
    const [context] = this.#browser.contexts();
    if (context === undefined) throw new Error('Chromium has no context');
    for (let tries = 0; tries < mostTries; tries += 1) {
      for (const page of context.pages()) {
        if ((await targetIdOf(page)) !== targetId) continue;
        this.#page = { targetId, page };
        return page;
      }
      // A connection that has just been made learns of the pages one by one.
      await context.waitForEvent('page', { timeout: 2000 }).catch(() => undefined);
    }
    throw new Error(`Playwright sees no page ${targetId}`);
  }

  /** Playwright gives up on a page that crashed; a new connection sees it with new eyes. */
  async forget(): Promise<void> {
    const browser = this.#browser;
    this.#browser = undefined;
    this.#page = undefined;
    // Closing a connection over CDP leaves the browser alone.
    await browser?.close();
  }
}
