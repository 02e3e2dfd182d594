/** What holds of every window at every moment: checked at the end of each journey and while each dialog is open. */
import { type Page, expect } from '@playwright/test';

/** More rows in the page than this means that rows out of sight are drawn too. */
const mostRows = 80;
/** What a browser itself reports of a request that failed is expected where a journey breaks the network. */
const networkComplaint = /^(?:Failed to load resource|WebSocket connection to|Error during WebSocket)/;

/** Collects what the console says was wrong. @returns the complaints, as they grow */
export function listenForComplaints(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !networkComplaint.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

export async function expectSoundWindow(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const { innerHeight, innerWidth } = window;
    const tolerancePx = 1;
    function isInside(selector: string): boolean {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return (
        box !== undefined &&
        box.top >= -tolerancePx &&
        box.bottom <= innerHeight + tolerancePx &&
        box.left >= -tolerancePx &&
        box.right <= innerWidth + tolerancePx
      );
    }
    const frame = document.querySelector('.window')?.getBoundingClientRect();
    const active = document.activeElement;
    const focusBox = active === null || active === document.body ? null : active.getBoundingClientRect();
    return {
      fillsViewport: frame?.height === innerHeight && frame.width === innerWidth,
      doesNotScroll: document.documentElement.scrollHeight <= innerHeight,
      hasToolbar: isInside('.toolbar'),
      hasStatusBar: isInside('.status-bar'),
      rows: document.querySelectorAll('[role=row][aria-selected]').length,
      focusIsVisible: focusBox === null || (focusBox.width > 0 && focusBox.height > 0),
    };
  });
  expect(found).toMatchObject({
    fillsViewport: true,
    doesNotScroll: true,
    hasToolbar: true,
    hasStatusBar: true,
    focusIsVisible: true,
  });
  expect(found.rows).toBeLessThan(mostRows);
}
