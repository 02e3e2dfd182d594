/** Hands things to a window the way the system does: dropped on it, pasted into it. */
import type { Page } from '@playwright/test';

/** What the system sends when something is dragged from another program and let go over the window. */
export async function drop(page: Page, type: string, data: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([kind = '', text = '']) => {
      const transfer = new DataTransfer();
      transfer.setData(kind, text);
      return transfer;
    },
    [type, data],
  );
  for (const event of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', event, { dataTransfer });
}

/** What the system sends when something is pasted where the focus is. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}
