/** Tests when and with what a browser is opened: never with anything but a file, and by absolute path. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { browserCommand, hasDisplay } from '../src/main/open-browser.ts';

test.each<[platform: string, environment: Record<string, string>, expected: boolean]>([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
])('%s with %j', (platform, environment, expected) => {
  expect(hasDisplay(environment, platform)).toBe(expected);
});

test('the program is the system’s own, and the file its only word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-open-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const program = join(folder, 'xdg-open');
  await writeFile(program, '#!/bin/sh\n');
  await chmod(program, 0o755);
  expect(browserCommand('/f.html', { PATH: `.::${folder}` }, 'linux')).toEqual([program, '/f.html']);
  expect(browserCommand('/f.html', { PATH: '.:relative' }, 'linux')).toBeNull();
  expect(browserCommand('/f.html', {}, 'darwin')).toEqual(['/usr/bin/open', '/f.html']);
  expect(browserCommand('C:\\f.html', { SYSTEMROOT: 'D:\\Win' }, 'win32')?.[0]).toContain('rundll32.exe');
});
