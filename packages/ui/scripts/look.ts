/** Development only: takes pictures of the development page in its states, and reports what the browser complains of. */
import { mkdirSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { preview } from 'vite';

const folder = process.argv[2] ?? '/tmp/sluice-looks';
const only = process.argv[3];

const sizes = {
  wide: { width: 1100, height: 720 },
  narrow: { width: 700, height: 600 },
  phone: { width: 400, height: 720 },
};
const pastedText = `https://cdimage.debian.org/debian-13.iso
see https://example.org/a.zip and https://example.org/b.zip.
https://example.org/a.zip
htps://example.org/c.zip
magnet:?xt=urn:btih:12
not-a-link`;

const copiedCommands = `curl 'https://example.org/files/report-2026.zip?token=1' -k --cert /me.pem -H 'cookie: a=1' -H 'referer: https://example.org/'
curl 'https://example.org/files/second.iso' -o second.iso
curl -F 'x=@y' https://example.org/upload`;

/** Dropped or pasted on the window, outside of any field. */
function pasteInto(page: Page, text: string): Promise<void> {
  return page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

const scenes: Readonly<Record<string, { query: string; act?: (page: Page) => Promise<void> }>> = {
  list: { query: '' },
  imported: { query: '', act: (page) => pasteInto(page, copiedCommands) },
  importedrtl: { query: '&rtl', act: (page) => pasteInto(page, copiedCommands) },
  bottom: { query: '', act: (page) => page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, 9999)) },
  forced: { query: '', act: (page) => page.emulateMedia({ forcedColors: 'active' }) },
  changedrow: { query: '', act: (page) => page.getByText('Changed on the server').first().click() },
  changed: {
    query: '',
    act: async (page) => {
      await page.getByText('Changed on the server').first().click();
      await page.keyboard.press('i');
      await page.getByText('On the server', { exact: true }).waitFor();
    },
  },
  changedrtl: { query: '&rtl', act: (page) => page.getByText('Changed on the server').first().click() },
  sessions: {
    query: '&host=browser',
    act: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('without encryption on the server').scrollIntoViewIfNeeded();
    },
  },
  secrets: {
    query: '',
    act: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('without encryption').scrollIntoViewIfNeeded();
    },
  },
  pagerow: {
    query: '',
    act: async (page) => {
      const row = page.getByRole('row', { name: 'File_Sluice.jpg' });
      await page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, 9999));
      await row.click({ button: 'right', position: { x: 300, y: 20 } });
    },
  },
  pagedetails: {
    query: '',
    act: async (page) => {
      await page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, 9999));
      await page.getByRole('row', { name: 'File_Sluice.jpg' }).click({ position: { x: 100, y: 20 } });
      await page.keyboard.press('i');
    },
  },
  newlink: {
    query: '',
    act: (page) =>
      page
        .getByRole('button', { name: /^New link/ })
        .first()
        .click(),
  },
  empty: { query: '&empty' },
  selected: {
    query: '',
    act: async (page) => {
      await page.getByRole('row').nth(2).click();
      await page
        .getByRole('row')
        .nth(4)
        .click({ modifiers: ['Shift'] });
    },
  },
  add: {
    query: '',
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByLabel('Links').fill(pastedText);
      await page.getByText('212 GB free').first().waitFor();
    },
  },
  addone: {
    query: '&empty',
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByLabel('Links').fill('https://cdimage.debian.org/debian-13.iso');
    },
  },
  request: {
    query: '&empty',
    act: async (page) => {
      await page.keyboard.press('n');
      await page.getByLabel('Links').fill('https://cdimage.debian.org/debian-13.iso');
      await page.getByRole('button', { name: 'Sign-in, cookies' }).click();
      await page.getByLabel('User name').fill('mara');
      await page.getByRole('button', { name: /Fetched by/ }).scrollIntoViewIfNeeded();
    },
  },
  queue: {
    query: '',
    act: async (page) => {
      await page.getByRole('button', { name: /^At night/ }).click();
      await page.getByRole('button', { name: 'Change queue At night' }).click();
    },
  },
  queues: { query: '', act: (page) => page.getByRole('button', { name: /^Papers/ }).click() },
  priority: {
    query: '',
    act: async (page) => {
      await page
        .getByRole('row')
        .nth(2)
        .click({ button: 'right', position: { x: 300, y: 20 } });
      await page.getByRole('menuitem', { name: 'Priority' }).hover();
      await page.getByRole('menuitemradio', { name: 'High' }).waitFor();
    },
  },
  hosts: {
    query: '',
    act: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Limits for one server' }).click();
      await page.getByLabel('Server', { exact: true }).fill('slow.example.org');
    },
  },
  retries: {
    query: '',
    act: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('textbox', { name: 'Longest silence' }).scrollIntoViewIfNeeded();
    },
  },
  settings: { query: '', act: (page) => page.getByRole('button', { name: 'Settings' }).click() },
  details: {
    query: '',
    act: async (page) => {
      await page.getByRole('row').nth(1).click();
      await page.keyboard.press('i');
    },
  },
  remove: {
    query: '',
    act: async (page) => {
      await page.getByRole('row').nth(3).click();
      await page.keyboard.press('Delete');
      await page.getByText('Also delete').click();
    },
  },
  menu: {
    query: '',
    act: (page) =>
      page
        .getByRole('row')
        .nth(2)
        .click({ button: 'right', position: { x: 300, y: 20 } }),
  },
  adopt: {
    query: '',
    act: async (page) => {
      await page.getByRole('button', { name: 'Adopt unfinished' }).click();
      await page.getByRole('button', { name: 'Adopt', exact: true }).click();
      await page.getByText('was adopted').waitFor();
    },
  },
  limits: {
    query: '',
    act: async (page) => {
      await page
        .getByRole('row')
        .nth(2)
        .click({ button: 'right', position: { x: 300, y: 20 } });
      await page.getByRole('menuitem', { name: 'Limits' }).click();
      await page.getByRole('button', { name: /Give up/ }).click();
      await page.getByRole('option', { name: 'After this many' }).click();
    },
  },
  limit: { query: '', act: (page) => page.getByRole('button', { name: /Speed limit/ }).click() },
  help: { query: '', act: (page) => page.keyboard.press('?') },
  undo: {
    query: '',
    act: async (page) => {
      await page.getByRole('row').nth(3).click();
      await page.keyboard.press('Delete');
      await page.keyboard.press('Enter');
      await page.getByText('was removed').waitFor();
    },
  },
  lost: {
    query: '',
    act: async (page) => {
      await page.evaluate('fakeEngine.isReachable = false; fakeEngine.breakOff()');
      await page.getByText('is lost').waitFor();
    },
  },
  drop: {
    query: '',
    act: (page) =>
      page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text/plain', 'https://example.org/');
        window.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }));
      }),
  },
};

mkdirSync(folder, { recursive: true });
const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [size, viewport] of Object.entries(sizes)) {
  for (const theme of ['light', 'dark']) {
    for (const [scene, { query, act }] of Object.entries(scenes)) {
      const title = `${scene}-${size}-${theme}`;
      if (only !== undefined && !new RegExp(only).test(title)) continue;
      const page = await browser.newPage({ viewport });
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') say(`${title}: ${message.text()}`);
      });
      page.on('pageerror', (error) => say(`${title}: ${error.stack ?? error.message}`));
      await page.goto(`${address}?theme=${theme}${query}`);
      await page.locator('.status-bar').waitFor();
      await page.waitForTimeout(scene === 'list' ? 4000 : 400);
      await act?.(page);
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${folder}/${title}.png` });
      await page.close();
    }
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await browser.close();
await server.close();
