/** Development only: how much of each frame the window needs with very many rows, at rest and while scrolling. */
import { chromium, type CDPSession, type Page } from 'playwright-core';
import { preview } from 'vite';

const rows = Number(process.argv[2] ?? 10_000);
const seconds = 4;

const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1100, height: 720 } });
const client = await page.context().newCDPSession(page);
await client.send('Performance.enable');
const beganMs = performance.now();
await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?rows=${String(rows)}`);
await page.getByRole('row', { name: 'file-00001.dat' }).waitFor();
say(`${String(rows)} rows, first drawn after ${(performance.now() - beganMs).toFixed(0)} ms`);
await page.waitForTimeout(1500);

await measure('100 downloads moving, 10 deltas a second', async () => page.waitForTimeout(seconds * 1000));
await measure('the same while scrolling 3000 px a second', async () => scroll(page, 50));
await measure('the same while scrolling 30 000 px a second', async () => scroll(page, 500));
await page.getByRole('button', { name: 'Sort by Speed' }).click();
await measure('sorted by speed', async () => page.waitForTimeout(seconds * 1000));
await measure('select all, then none, ten times', async () => {
  await page.getByRole('row').nth(3).click();
  for (let round = 0; round < 10; round += 1) {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Escape');
  }
});
await measure('typing a search of eight letters', async () => {
  await page.keyboard.press('Control+f');
  await page.keyboard.type('file-077', { delay: 60 });
});

async function measure(what: string, act: () => Promise<unknown>): Promise<void> {
  const before = await read(client);
  const frames = page.evaluate(countFrames, seconds * 1000);
  await act();
  const after = await read(client);
  const { count, longest } = await frames;
  const scriptMs = (after.script - before.script) * 1000;
  const layoutMs = (after.layout - before.layout) * 1000;
  const tookMs = (after.at - before.at) * 1000;
  say(
    `${what}: script ${((scriptMs / tookMs) * 100).toFixed(1)} % of the time, style and layout ` +
      `${((layoutMs / tookMs) * 100).toFixed(1)} %; ${String(count)} frames in ${String(seconds)} s, longest ${longest.toFixed(0)} ms`,
  );
}

async function read(session: CDPSession): Promise<{ script: number; layout: number; at: number }> {
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return {
    script: value('ScriptDuration'),
    layout: value('LayoutDuration') + value('RecalcStyleDuration'),
    at: value('Timestamp'),
  };
}

function countFrames(forMs: number): Promise<{ count: number; longest: number }> {
  return new Promise((resolve) => {
    const beganAt = performance.now();
    let lastAt = beganAt;
    let count = 0;
    let longest = 0;
    requestAnimationFrame(function frame(nowMs) {
      count += 1;
      longest = Math.max(longest, nowMs - lastAt);
      lastAt = nowMs;
      if (nowMs - beganAt < forMs) requestAnimationFrame(frame);
      else resolve({ count, longest });
    });
  });
}

async function scroll(target: Page, stepPx: number): Promise<void> {
  await target.evaluate(
    ([step, forMs]) =>
      new Promise<void>((resolve) => {
        const list = document.querySelector('[role=grid]');
        const beganAt = performance.now();
        requestAnimationFrame(function frame(nowMs) {
          list?.scrollBy(0, step ?? 0);
          if (nowMs - beganAt < (forMs ?? 0)) requestAnimationFrame(frame);
          else resolve();
        });
      }),
    [stepPx, seconds * 1000],
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await browser.close();
await server.close();
